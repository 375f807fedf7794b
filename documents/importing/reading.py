"""From a file to its text: by the reader of its format, in one place for all of them."""

import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path

from documents.importing import libreoffice
from documents.importing.docx.text import read_docx
from documents.importing.formats import Format, sniff
from documents.importing.pdf.text import read_pdf
from documents.importing.plain_text import read_plain_text
from documents.importing.refusal import Refused
from documents.importing.source import SourceText

__all__ = ["MAX_BYTES", "READERS", "Refused", "read_source", "source_of"]

MAX_BYTES = 100 * 1024 * 1024
_NO_READER = "The file is in a format that cannot be read. Save it as DOCX or PDF."

# A format's reader gives the text of a file's bytes.
READERS: dict[Format, Callable[[bytes], SourceText]] = {
    "txt": read_plain_text,
    "docx": read_docx,
    "pdf": read_pdf,
    "doc": libreoffice.reader("doc"),
    "odt": libreoffice.reader("odt"),
    "rtf": libreoffice.reader("rtf"),
}


def read_source(path: Path) -> tuple[SourceText, str]:
    """A file's text by the reader of its format, and the SHA-256 of its bytes in hexadecimal.

    The format is told by the content, whatever the file is called. Raises Refused when the file cannot be opened, is
    no ordinary file, is larger than 100 MB, is of no format that can be read, or its reader refuses it.
    """
    data = read_bytes(path)
    source, _form = source_of(data)
    return source, hashlib.sha256(data).hexdigest()


def source_of(data: bytes) -> tuple[SourceText, Format]:
    """The text of a file's bytes, and the format that its content says.

    Raises Refused when it is of no format that can be read, or its reader refuses it.
    """
    form = sniff(data)
    reader = READERS.get(form)
    if reader is None:
        raise Refused(_NO_READER)
    return reader(data), form


def read_bytes(path: Path) -> bytes:
    """A file's content.

    Raises Refused when the file cannot be opened, is no ordinary file, or is larger than 100 MB.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            readable = os.access(path, os.R_OK | os.X_OK)
            raise Refused("It is a folder, not a file." if readable else "The folder cannot be opened.")
        if not stat.S_ISREG(status.st_mode):
            raise Refused("It is no ordinary file.")  # reading a pipe or a device may never end
        if status.st_size > MAX_BYTES:
            raise Refused("The file is larger than 100 MB.")
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"The file cannot be opened: {error.strerror or 'unknown error'}.") from error
