"""What a file must be before it is taken in: of its format, of a bearable size, without macros.

Only the first bytes and the table of contents are looked at; nothing of the file is parsed in a request.
"""

import zipfile
from pathlib import PurePath
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
# What the main part of a package calls itself, or the file that names its kind.
PACKAGES = {
    "docx": b"wordprocessingml.document.main+xml",
    "xlsx": b"spreadsheetml.sheet.main+xml",
    "odt": b"application/vnd.oasis.opendocument.text",
}
RTF = b"{\\rtf"
FORMATS = ("pdf", "doc", "rtf", "txt", *PACKAGES)
MOST_PARTS = 2_000
MOST_CONTENTS = 1_000_000


def check_upload(file: IO[bytes], size: int, wanted: str) -> None:
    """Raises ValidationError, in words an editor understands, unless the file may be kept as this format.

    ``size`` is in bytes, ``wanted`` a value of ``DocumentFile.Format``. The file is left at its beginning.
    """
    if size > settings.IMPORT_MAX_BYTES:
        limit = filesizeformat(settings.IMPORT_MAX_BYTES)
        raise ValidationError(_("The file is larger than %(limit)s.") % {"limit": limit})
    file.seek(0)
    head = file.read(4096)
    if not head:
        raise ValidationError(_("The file is empty."))
    if not _is(file, head, wanted):
        raise ValidationError(_("The file is not what its format says: %(format)s.") % {"format": wanted.upper()})
    file.seek(0)


def format_of(file: IO[bytes], size: int, name: str) -> str:
    """The format that a file has by its content, a value of ``DocumentFile.Format``.

    Raises ValidationError, in words an editor understands, for what is of no format that is kept, and where the name's
    ending says another one. ``size`` is in bytes. The file is left at its beginning.
    """
    file.seek(0)
    head = file.read(8)
    found = next((wanted for wanted in ("pdf", "doc", "rtf", *PACKAGES) if _is(file, head, wanted)), "txt")
    ending = PurePath(name).suffix.lower().lstrip(".")
    if ending in FORMATS and ending != found:
        raise ValidationError(_("Its name says %(format)s, but it is no such file.") % {"format": ending.upper()})
    if found == "txt" and head.startswith(ZIP):
        raise ValidationError(_("This is a ZIP file of no known kind, or one with macros."))
    check_upload(file, size, found)
    return found


def _is(file: IO[bytes], head: bytes, wanted: str) -> bool:
    """Whether the file is of the format, by what it begins with and, for packages, by what it says it is."""
    if wanted == "pdf":
        return head.startswith(b"%PDF-")
    if wanted == "doc":
        return head.startswith(OLE)
    if wanted == "rtf":
        return head.startswith(RTF)
    if wanted == "txt":
        return b"\x00" not in head or head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return head.startswith(ZIP) and _is_package(file, PACKAGES[wanted])


def _is_package(file: IO[bytes], kind: bytes) -> bool:
    """Whether a zip file is a package of the kind. One with macros, or with a hostile table of contents, is not."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as package:
            parts = package.infolist()
            if len(parts) > MOST_PARTS or any("vbaproject" in part.filename.casefold() for part in parts):
                return False
            names = {part.filename: part for part in parts}
            named = names.get("[Content_Types].xml") or names.get("mimetype")
            if named is None or named.file_size > MOST_CONTENTS:
                return False
            with package.open(named) as contents:
                return kind in contents.read(MOST_CONTENTS)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError):
        return False
