"""Files of several pages as one ZIP file: written while it is sent, and taken apart without trust."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import IO

from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail_localize.models import Translation

from cms.localization.exchange.formats import Format, file_name, write
from cms.localization.exchange.units import MOST_BYTES
from cms.localization.foreign import FileRefusedError
from documents.packs.writing import Sink

MOST_FILES = 1_000
MOST_UNPACKED = 200 * 1024 * 1024  # bytes of all files together; a hundred long documents have 40 MB
MOST_PACKED = 50 * 1024 * 1024
ZIP = b"PK\x03\x04"
# What a file of an office program has in it, which is a ZIP file too.
OFFICE = {"[Content_Types].xml", "mimetype"}
# What systems put into ZIP files beside what was asked for.
BESIDES = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


def stream(form: Format, translations: Iterable[Translation]) -> Iterator[bytes]:
    """The bytes of a ZIP file with a file for each translation. Its memory is that of one file."""
    sink = Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as bundle:
        for number, translation in enumerate(translations, start=1):
            name = f"{number:03}-{file_name(form, translation, translation.source.object_repr)}"
            entry = zipfile.ZipInfo(name, timezone.now().timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            bundle.writestr(entry, write(form, translation))
            yield sink.take()
    yield sink.take()


def contents(name: str, size: int, file: IO[bytes]) -> Iterator[tuple[str, bytes | str]]:
    """What somebody brought: the file itself, or the files in a ZIP file by name; a sentence for one that is refused.

    ``size`` is in bytes. Nothing is written anywhere under the names that a ZIP file gives. Raises FileRefusedError
    where the whole file cannot be used.
    """
    file.seek(0)
    is_zip = file.read(len(ZIP)) == ZIP
    most = MOST_PACKED if is_zip else MOST_BYTES
    if size > most:
        raise FileRefusedError(_("The file is larger than %(most)s.") % {"most": filesizeformat(most)})
    file.seek(0)
    if not is_zip:
        yield name, file.read()
        return
    try:
        bundle = zipfile.ZipFile(io.BytesIO(file.read()))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise FileRefusedError(_("The ZIP file is damaged.")) from error
    if OFFICE & set(bundle.namelist()):
        raise FileRefusedError(_("This is a Word file or the like, which is for reading: bring XLIFF, PO or TMX back."))
    # Not is_dir(), which fails for a file without a name.
    entries = [one for one in bundle.infolist() if not one.filename.endswith("/") and not _is_beside(one.filename)]
    if len(entries) > MOST_FILES or sum(one.file_size for one in entries) > MOST_UNPACKED:
        raise FileRefusedError(
            _("The ZIP file holds more than %(files)s files, or more than %(most)s.")
            % {"files": MOST_FILES, "most": filesizeformat(MOST_UNPACKED)}
        )
    if not entries:
        raise FileRefusedError(_("The ZIP file is empty."))
    for entry in entries:
        yield entry.filename, _content(bundle, entry)


def _is_beside(name: str) -> bool:
    return name.startswith(BESIDES[0]) or name.rpartition("/")[2] in BESIDES[1:]


def _content(bundle: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes | str:
    """What is in a file of a ZIP file, or in a sentence why it is not read. Sizes in its table may lie."""
    if entry.flag_bits & 1:
        return _("It is protected with a password.")
    try:
        with bundle.open(entry) as content:
            data = content.read(MOST_BYTES + 1)
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError, zlib.error):
        return _("It is damaged.")
    if len(data) > MOST_BYTES:
        return _("It is larger than %(most)s.") % {"most": filesizeformat(MOST_BYTES)}
    if data.startswith(ZIP):
        return _("It is a ZIP or Word file: only XLIFF, PO and TMX files are taken.")
    return data
