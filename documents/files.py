"""The names and types under which files of documents are served."""

import re
from urllib.parse import quote

from django.urls import reverse

from cms.core.languages import short_code
from documents.models.versions import DocumentFile

CONTENT_TYPES: dict[str, str] = {
    DocumentFile.Format.PDF: "application/pdf",
    DocumentFile.Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    DocumentFile.Format.DOC: "application/msword",
    DocumentFile.Format.TXT: "text/plain; charset=utf-8",
    DocumentFile.Format.ODT: "application/vnd.oasis.opendocument.text",
    DocumentFile.Format.RTF: "application/rtf",
    DocumentFile.Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def file_name(file: DocumentFile) -> str:
    """The name that readers save: the symbol and the language, CTOC_COP_2020_3.ru.pdf. ASCII only.

    Reads ``file.version.document``: load them with the file.
    """
    document = file.version.document
    stem = re.sub(r"[^A-Za-z0-9.()-]+", "_", document.symbol or f"archive_{document.archive_number}").strip("_.")
    stem = stem or f"document_{document.pk}"  # a symbol without any Latin letter or figure
    return f"{stem}.{short_code(file.version.language)}.{file.format}"


def disposition(file: DocumentFile) -> str:
    """The Content-Disposition header: PDF opens in the browser, all else is saved.

    A symbol that is printed with letters beyond ASCII is given as it stands too (RFC 5987), for systems that know how.
    """
    kind = "inline" if file.format == DocumentFile.Format.PDF else "attachment"
    header = f'{kind}; filename="{file_name(file)}"'
    symbol = file.version.document.symbol or ""
    if symbol.isascii():
        return header
    # Letters and figures only: no signs that turn the line around, and none that mean something to a file system.
    stem = "".join(character if character.isalnum() or character in ".()-" else "_" for character in symbol).strip("_.")
    name = f"{stem}.{short_code(file.version.language)}.{file.format}"
    return f"{header}; filename*=UTF-8''{quote(name, safe='()')}"


def file_url(file: DocumentFile) -> str:
    """The file's address without the host. Reads ``file.version.document``."""
    return reverse("document_file", args=[file.uid, file_name(file)])


def picture_url(file: DocumentFile) -> str | None:
    """The address of the picture of the file's first page; None where there is none."""
    return reverse("document_picture", args=[file.uid]) if file.picture else None
