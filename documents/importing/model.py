"""What a reader makes of one document: plain, frozen data that a builder turns into records and pages."""

import datetime
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

BlockKind = Literal[
    "heading", "paragraph", "preambular", "operative", "lettered", "text", "quotation", "table", "annex"
]


@dataclass(frozen=True, slots=True)
class TableText:
    """A table's headings as plain text, one a column and all empty where it has none, and its rows of as many cells,
    each a safe fragment as a block's."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of the body.

    label: as printed, "4", "(a)", "III", "i."        level: depth among headings or lists, from 1
    anchor: ASCII, unique in the document, and the same in every language version
    table: set for a table whose columns are known; its html is then empty
    html: a safe fragment with <b>, <i>, <br> and <a linktype="footnote|symbol"> only       text: the same without marks
    """

    kind: BlockKind
    label: str
    anchor: str
    html: str
    level: int
    text: str
    table: TableText | None = None


@dataclass(frozen=True, slots=True)
class Footnote:
    """One footnote: its mark as printed ("1", "*"), the anchor that body links name, and its text as a fragment."""

    mark: str
    anchor: str
    html: str


@dataclass(frozen=True, slots=True)
class Citation:
    """Another document that the text names. `annexes` are the labels of annexes cited with it: ("I", "II")."""

    printed: str
    canonical: str
    key: str
    annexes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """An agenda item that the masthead names: its number ("11 (f) (i)"), its title where it is printed."""

    number: str
    title: str = ""
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """How sure a value is, and where it stands: page and line of the text from 1, and that line; 0 where nowhere.

    sure: printed where and as such values are printed        likely: concluded from something else
    """

    confidence: Literal["sure", "likely"]
    page: int = 0
    line: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Masthead:
    """The facts at a document's head. What is not printed, or not printed clearly, is None or empty.

    symbols: canonical, the principal one first        symbols_printed: the same as printed
    body_lines: the organisation's bodies, as printed, from the highest        session_label: as printed
    presented_by: "Note by the Secretariat" and its like        meeting_dates: first and last day
    sources: for each field that has a value, how sure it is and where it stands; "language" also for a guessed one
    """

    symbols: tuple[str, ...] = ()
    symbols_printed: tuple[str, ...] = ()
    organisation: str = ""
    body_lines: tuple[str, ...] = ()
    date: datetime.date | None = None
    distribution: str | None = None
    language: str | None = None
    original_language: str | None = None
    title: str = ""
    presented_by: str = ""
    kind: str | None = None
    session: int | None = None
    session_label: str = ""
    venue: str = ""
    meeting_dates: tuple[datetime.date, datetime.date] | None = None
    agenda_items: tuple[AgendaItem, ...] = ()
    job_number: str | None = None
    sources: Mapping[str, Found] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """Everything read from one file. `sha256` is that of the file's bytes; `text` is the plain full text.

    pages_without_text: the numbers, from 1, of pages that are pictures of text        pages_unusable: of those whose
    text was left out, since their fonts do not say which letters they show
    """

    file_name: str
    sha256: str
    language: str
    masthead: Masthead
    blocks: tuple[Block, ...]
    footnotes: tuple[Footnote, ...]
    citations: tuple[Citation, ...]
    numbered_paragraphs: int
    text: str = field(repr=False)
    pages_without_text: tuple[int, ...] = ()
    pages_unusable: tuple[int, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The facts under the keys that `read_document --json` prints, ready for a JSON encoder."""
        head = self.masthead
        return {
            "file": self.file_name,
            "rejected": None,
            "symbols": list(head.symbols),
            "language": self.language,
            "original_language": head.original_language,
            "date": head.date.isoformat() if head.date else None,
            "distribution": head.distribution,
            "kind": head.kind,
            "title": head.title or None,
            "session": head.session,
            "venue": head.venue or None,
            "meeting_dates": _dates_as_json(head.meeting_dates),
            "agenda_items": [item.number for item in head.agenda_items],
            "paragraphs": self.numbered_paragraphs,
            "footnotes": len(self.footnotes),
            "cited_symbols": [citation.canonical for citation in self.citations],
            "job_number": head.job_number,
            "pages_without_text": list(self.pages_without_text),
            "pages_unusable": list(self.pages_unusable),
            "sources": {name: asdict(found) for name, found in head.sources.items()},
        }


@dataclass(frozen=True, slots=True)
class PageTexts:
    """The text of a file's pages in order, one paragraph a line, empty where a page has none; one text where the format
    knows no pages. `silent` are the numbers, from 1, of pages that are pictures or whose letters cannot be told."""

    pages: tuple[str, ...]
    silent: tuple[int, ...] = ()


def page_ranges(pages: Sequence[int]) -> str:
    """Numbers of pages in order as they are printed: "2, 5-7"."""
    parts: list[str] = []
    for _, run in itertools.groupby(enumerate(pages), key=lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in run]
        parts.append(str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}")
    return ", ".join(parts)


def refusal_as_json(file_name: str, reason: str) -> dict[str, Any]:
    """The same keys as `DocumentReading.as_json` gives, for a file that was refused."""
    empty = DocumentReading(file_name, "", "", Masthead(), (), (), (), 0, "").as_json()
    return {**empty, "language": None, "rejected": reason}


def _dates_as_json(dates: tuple[datetime.date, datetime.date] | None) -> dict[str, str] | None:
    return {"start": dates[0].isoformat(), "end": dates[1].isoformat()} if dates else None
