"""Writing a pack as a stream: a ZIP file whose memory does not grow with what is in it."""

import hashlib
import logging
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any

from django.template.loader import render_to_string
from django.utils import timezone, translation

from cms.core.languages import direction, html_lang, reading_order
from documents.addresses import neutral_url
from documents.models import DocumentFile
from documents.packs.contents import PackIndex, in_order, names_in_pack
from documents.symbols.folding import symbol_order

logger = logging.getLogger(__name__)

CHUNK = 256 * 1024
# Of what is packed already there is little to gain; all is deflated, since not every program reads a stream otherwise.
LEVEL = 1
OLDEST = datetime(1980, 1, 1, tzinfo=UTC)  # no ZIP file knows an earlier day


@dataclass(frozen=True)
class PackedFile:
    """A file as it went into a pack."""

    file: DocumentFile
    name: str
    sha256: str
    address: str


class Sink:
    """What `zipfile` writes to: gives away what was written, and cannot be sought."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        """Keeps a piece until it is taken."""
        self._pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""

    def close(self) -> None:
        """Nothing is open."""

    def take(self) -> bytes:
        """What was written since the last time."""
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken


def pack_stream(
    files: Iterable[DocumentFile], index: PackIndex, moved: Callable[[int], None] | None = None
) -> Iterator[bytes]:
    """The bytes of a pack: files by language, ``index.html``, ``SHA256SUMS``, all in one folder.

    A file that storage does not hold is left out, and reported; index and sums tell of what is there. ``moved`` is told
    the number of files done.
    """
    files = in_order(files)
    names = names_in_pack(files)
    packed: list[PackedFile] = []
    sink = Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as pack:
        for count, file in enumerate(files, 1):
            try:
                content = file.file.open("rb")
            except FileNotFoundError:
                logger.exception("The file %s of %s is not in storage", file.file.name, file)
                continue
            digest = hashlib.sha256()
            with content, pack.open(_entry(f"{index.folder}/{names[file.pk]}", _moment(file)), "w") as target:
                for piece in _pieces(content):
                    digest.update(piece)
                    target.write(piece)
                    yield sink.take()
            address = f"{index.site}{neutral_url(file.version.document)}"
            packed.append(PackedFile(file, names[file.pk], digest.hexdigest(), address))
            if moved is not None:
                moved(count)
        page = index_page(packed, index).encode()
        sums = "".join(f"{one.sha256}  {one.name}\n" for one in packed)
        sums += f"{hashlib.sha256(page).hexdigest()}  index.html\n"
        for name, text in (("index.html", page), ("SHA256SUMS", sums.encode())):
            with pack.open(_entry(f"{index.folder}/{name}", timezone.now()), "w") as target:
                target.write(text)
            yield sink.take()
    yield sink.take()


def index_page(packed: list[PackedFile], index: PackIndex) -> str:
    """The page that lists what is in a pack, in the asker's language; it needs nothing but itself."""
    order = reading_order(index.language)
    documents: dict[int, list[PackedFile]] = {}
    for one in sorted(packed, key=lambda one: _place(one.file, order)):
        documents.setdefault(one.file.version.document_id, []).append(one)
    with translation.override(index.language):
        context = {
            "index": index,
            "documents": list(documents.values()),
            "lang": html_lang(index.language),
            "dir": direction(index.language),
            "made_at": timezone.now(),
        }
        return str(render_to_string("documents/packs/index.html", context))


def _place(file: DocumentFile, order: list[str]) -> tuple[Any, ...]:
    """Documents by symbol, and each in the reader's language first."""
    symbol = str(file.version.document)
    return symbol_order(symbol), symbol, order.index(file.version.language), file.format


def _pieces(content: IO[bytes]) -> Iterator[bytes]:
    while piece := content.read(CHUNK):
        yield piece


def _moment(file: DocumentFile) -> datetime:
    return file.added_at or file.version.released_at or OLDEST


def _entry(name: str, moment: datetime) -> zipfile.ZipInfo:
    day = max(moment, OLDEST).astimezone(UTC)
    entry = zipfile.ZipInfo(name, day.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
