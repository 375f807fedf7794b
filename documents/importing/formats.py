"""Which format a file's bytes are in. Names and endings are not looked at: they are what a sender says."""

import io
import zipfile
from typing import Literal

from documents.importing.refusal import Refused

Format = Literal["txt", "docx", "pdf", "doc", "odt", "rtf"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF_START = 1024  # bytes within which other programs still take a file for PDF
_MOST_CONTENTS = 1_000_000  # bytes of the part that names a package's kind
_MACROS = "The file holds macros; save it as DOCX or PDF without them."
_DAMAGED = "The file is a damaged Word or ZIP file; open it, save it again and send that copy."
# First bytes of files that are no documents, and what to call them.
_SIGNATURES = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
)


def sniff(data: bytes) -> Format:
    """The format of a file's bytes; "txt" for what is none of the others, which decoding then judges.

    Raises Refused, with one plain sentence, for an empty file, a picture, an archive, a program, a spreadsheet, a file
    with macros or a password, and one that is two formats at once.
    """
    if not data:
        raise Refused("The file is empty.")
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise Refused(f"The file is {name}, not a document.")
    if data.startswith(b"%PDF-"):
        return "pdf"
    if b"%PDF-" in data[:_PDF_START]:
        raise Refused("The file has something before its PDF part; save it as PDF again.")
    if data.startswith(_OLE):
        return _sniff_ole(data)
    if data.startswith(b"{\\rtf"):
        return "rtf"
    return _sniff_package(data) if data.startswith(b"PK\x03\x04") else "txt"


def _sniff_ole(data: bytes) -> Format:
    """An old Office file names its streams in UTF-16."""
    if "EncryptedPackage".encode("utf-16le") in data:
        raise Refused("The file is protected with a password.")
    if "_VBA_PROJECT".encode("utf-16le") in data:
        raise Refused(_MACROS)
    if "WordDocument".encode("utf-16le") in data:
        return "doc"
    raise Refused("The file is an old Office file, but not a Word document.")


def _sniff_package(data: bytes) -> Format:
    """A zip package says in one part of its own what it holds."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            if any(info.flag_bits & 1 for info in package.infolist()):
                raise Refused("The file is protected with a password.")
            named = next((name for name in ("[Content_Types].xml", "mimetype") if name in names), None)
            if named is None:
                raise Refused("The file is a ZIP archive, not a document.")
            if package.getinfo(named).file_size > _MOST_CONTENTS:
                raise Refused(_DAMAGED)
            with package.open(named) as stream:
                contents = stream.read(_MOST_CONTENTS)
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused(_DAMAGED) from error
    if b"macroEnabled" in contents or any("vbaproject" in name.casefold() for name in names):
        raise Refused(_MACROS)
    if b"wordprocessingml.document.main+xml" in contents:
        return "docx"
    if contents.startswith(b"application/vnd.oasis.opendocument.text"):
        if any(name.startswith(("Basic/", "Scripts/")) for name in names):
            raise Refused(_MACROS)
        return "odt"
    raise Refused("The file is a package of another program, not a Word document.")
