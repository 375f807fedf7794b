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


# Passages, and text without anchors.
Content = tuple[tuple[Passage, ...], str]


@dataclass(frozen=True)
class SearchedFile:
    """The file that a language version is searched by, with its text by pages; none of a plain text file.

    `instead` is the file whose text is known, if there is one, in case that a plain text file cannot be read.
    """

    file: DocumentFile
    pages: Sequence[str]
    instead: DocumentFile | None = None

    def content(self) -> Content:
        """Of a PDF file its pages that hold something, as passages, each with its number and the place where browsers
        open it; of other files their text.

        One query where a plain text file cannot be read, which the log tells, and another is read instead.
        """
        if self.file.format == Format.PDF:
            url = file_url(self.file)
            numbered = enumerate(self.pages, start=1)
            return tuple(Passage(f"page={number}", str(number), text, url) for number, text in numbered if text), ""
        if self.file.format != Format.TXT:
            return (), "\n\n".join(self.pages).replace("\n", "\n\n")  # a blank line parts paragraphs
        try:
            with self.file.file.open("rb") as stream:
                return (), decode(stream.read(MOST_TEXT))
        except (OSError, Refused) as error:
            logger.warning("The text file of version %s cannot be searched: %s", self.file.version_id, error)
        if self.instead is None:
            return (), ""
        pages = _known_pages([self.instead]).get(self.instead.pk, [])
        return SearchedFile(self.instead, pages).content()


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
    held: list[list[DocumentFile]] = []
    room = MOST_HELD
    for version in versions:
        files = _preferred(version)
        needed = _known(files[0]) if files else 0
        if held and needed > room:
            yield from _with_pages(held)
            held, room = [], MOST_HELD
        held.append(files)
        room -= needed
    yield from _with_pages(held)


def _preferred(version: LanguageVersion) -> list[DocumentFile]:
    """The files of a version that it can be searched by, the best one first."""
    files = {file.format: file for file in version.files.all() if file.format == Format.TXT or _known(file)}
    return [files[form] for form in SEARCHED if form in files]


def _known(file: DocumentFile) -> int:
    return getattr(file, "known_characters", None) or 0


def _with_pages(held: Iterable[Sequence[DocumentFile]]) -> Iterator[SearchedFile | None]:
    held = list(held)
    pages = _known_pages(files[0] for files in held if files)
    for files in held:
        yield SearchedFile(files[0], pages.get(files[0].pk, []), next(iter(files[1:]), None)) if files else None


def _known_pages(files: Iterable[DocumentFile]) -> dict[int, list[str]]:
    """The known texts of files, by primary key. One query, none for plain text files alone."""
    wanted = [file.pk for file in files if file.format != Format.TXT]
    known = FileText.objects.filter(file__in=wanted, sha256=F("file__sha256")) if wanted else FileText.objects.none()
    return dict(known.values_list("file", "pages"))
