"""The names and types under which files of documents are served."""

import re

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


def file_url(file: DocumentFile) -> str:
    """The file's address without the host. Reads ``file.version.document``."""
    return reverse("document_file", args=[file.uid, file_name(file)])
