"""The texts of files as entries hold them: of a plain text file as it is stored, of others as they were read once."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import F, OuterRef, Prefetch, Subquery

from documents.file_texts import FORMATS
from documents.files import file_url
from documents.importing.plain_text import decode
from documents.importing.refusal import Refused
from documents.models import DocumentFile, FileText, LanguageVersion
from search.engines.base import Passage

logger = logging.getLogger(__name__)

Format = DocumentFile.Format

# Bytes of a text file that are searched: about 1,000 pages.
MOST_TEXT = 3_000_000
# Characters of texts that are held in memory at the same time; a single one may be longer.
MOST_HELD = 5_000_000
# Those first whose text is preferred.
SEARCHED = (Format.TXT, *FORMATS)


@dataclass(frozen=True)
class SearchedFile:
    """The file that a language version is searched by, with its text by pages; none of a plain text file."""

    file: DocumentFile
    pages: Sequence[str]

    def text(self) -> str:
        """Its text without anchors; nothing of a PDF file. Nothing, and a line in the log, where it cannot be read."""
        if self.file.format == Format.PDF:
            return ""
        if self.file.format != Format.TXT:
            return "\n\n".join(self.pages).replace("\n", "\n\n")  # a blank line parts paragraphs
        try:
            with self.file.file.open("rb") as stream:
                return decode(stream.read(MOST_TEXT))
        except (OSError, Refused) as error:
            logger.warning("The text file of version %s cannot be searched: %s", self.file.version_id, error)
        return ""

    def passages(self) -> tuple[Passage, ...]:
        """The pages of a PDF file that hold something, each with its number and the place where browsers open it."""
        if self.file.format != Format.PDF:
            return ()
        url = file_url(self.file)
        return tuple(
            Passage(f"page={number}", str(number), text, url) for number, text in enumerate(self.pages, start=1) if text
        )


def searched_files() -> Prefetch:
    """What versions are prefetched with: their files in searched formats, each with how long its known text is."""
    known = FileText.objects.filter(file=OuterRef("pk"), sha256=OuterRef("sha256"), problem="")
    files = DocumentFile.objects.filter(format__in=SEARCHED)
    return Prefetch("files", queryset=files.annotate(known_characters=Subquery(known.values("characters"))))


def lengths(versions: Iterable[int]) -> dict[int, int]:
    """About how many characters of files the versions of these primary keys are searched by. One query."""
    files = DocumentFile.objects.filter(version__in=versions, format__in=SEARCHED)
    found: dict[int, int] = {}
    for version, form, size, characters in files.values_list("version", "format", "size", "text__characters"):
        length = min(size, MOST_TEXT) if form == Format.TXT else characters or 0
        found[version] = max(found.get(version, 0), length)
    return found


def searched_by(versions: Iterable[LanguageVersion]) -> Iterator[SearchedFile | None]:
    """For each of the versions, prefetched with `searched_files`, the file that it is searched by: its plain text file,
    else the first whose text is known. One query for about five million characters of texts.
    """
    held: list[DocumentFile | None] = []
    room = MOST_HELD
    for version in versions:
        file = _preferred(version)
        needed = _known(file) if file else 0
        if held and needed > room:
            yield from _with_pages(held)
            held, room = [], MOST_HELD
        held.append(file)
        room -= needed
    yield from _with_pages(held)


def _preferred(version: LanguageVersion) -> DocumentFile | None:
    files = {file.format: file for file in version.files.all() if file.format == Format.TXT or _known(file)}
    return next((files[form] for form in SEARCHED if form in files), None)


def _known(file: DocumentFile) -> int:
    return getattr(file, "known_characters", None) or 0


def _with_pages(files: Sequence[DocumentFile | None]) -> Iterator[SearchedFile | None]:
    wanted = [file.pk for file in files if file and file.format != Format.TXT]
    known = FileText.objects.filter(file__in=wanted, sha256=F("file__sha256")) if wanted else FileText.objects.none()
    pages: dict[int, list[str]] = dict(known.values_list("file", "pages"))
    for file in files:
        yield SearchedFile(file, pages.get(file.pk, [])) if file else None
