"""A document in two or three languages side by side: which languages, and which paragraphs belong together."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.http import HttpRequest

from cms.core.languages import from_short, html_lang
from cms.core.languages import language as language_entry
from cms.core.navigation import language_links
from cms.core.visibility import Viewer, viewer_for, visible_pages
from documents.addresses import document_url, parallel_url
from documents.models import Citation, OfficialDocument, ReportPage
from documents.parallel_html import notes_html, rows_html
from documents.presentation import FEWEST_COLUMNS, VersionCell, document_line, with_versions
from documents.rendering import Note
from documents.units import Text, Unit, texts_of

MOST_COLUMNS = 3

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Choice:
    """A language of the chooser: whether it is shown, and whether it can be (it has a text that can be read)."""

    cell: VersionCell
    chosen: bool
    readable: bool

    @property
    def value(self) -> str:
        """What the address says for it."""
        return language_entry(self.cell.language).short


@dataclass(frozen=True)
class Cell(Generic[T]):
    """What stands in one language in a row; ``item`` is None where that language has nothing there."""

    language: str
    item: T | None


@dataclass(frozen=True)
class Row(Generic[T]):
    """What belongs together in all columns. ``anchor`` is its name in the address, or empty."""

    cells: list[Cell[T]]
    anchor: str = ""
    kind: str = ""
    level: int = 0


def parallel_context(document: OfficialDocument, language: str, request: HttpRequest) -> dict[str, Any] | None:
    """What the page shows; None where fewer than two languages can be read. Ten queries and at most eight for links.

    Languages that mean nothing or cannot be read are ignored; where fewer than two are left, others join them.
    """
    viewer = viewer_for(request)
    line = document_line(with_versions(OfficialDocument.objects.filter(pk=document.pk), viewer).get(), language)
    readable = line.readable
    if not line.parallel_url:
        return None
    asked = [from_short(short) for short in request.GET.getlist("lang")]
    wanted = [code for code in readable if code in asked]
    columns = columns_for(wanted, readable, document.original_language)
    pages = _pages(document, columns, viewer)
    texts = dict(zip(columns, texts_of([pages[code] for code in columns], _cited(document, columns)), strict=True))
    titles = {cell.language: cell.title for cell in line.cells}
    shown = {code: parallel_url(document, code, columns) for code in readable}
    return {
        "document": line.document,
        "line": line,
        "columns": [next(cell for cell in line.cells if cell.language == code) for code in columns],
        "choices": [Choice(cell, cell.language in columns, cell.language in readable) for cell in line.cells],
        "left_out": wanted[MOST_COLUMNS:],
        "titles": Row([Cell(code, titles[code]) for code in columns]),
        "text": rows_html(rows_of(texts)),
        "notes": notes_html(note_rows(texts)),
        "parallel_url": parallel_url(document, language),
        "document_url": document_url(document, language),
        "language_links": language_links(shown | {language: parallel_url(document, language, columns)}, language),
        "alternates": [(html_lang(code), request.build_absolute_uri(url)) for code, url in shown.items()],
    }


def columns_for(wanted: Sequence[str], readable: Sequence[str], original: str) -> list[str]:
    """Two or three languages in the reader's order: those wanted, else the reader's own and the original.

    ``readable`` holds at least two.
    """
    chosen = list(wanted[:MOST_COLUMNS])
    for code in [readable[0], original, *readable]:
        if len(chosen) < FEWEST_COLUMNS and code in readable and code not in chosen:
            chosen.append(code)
    return [code for code in readable if code in chosen]


def rows_of(texts: Mapping[str, Text]) -> list[Row[Unit]]:
    """The texts by language, paragraph beside paragraph."""
    rows = []
    seen: set[str] = set()
    for cells in _rows({code: _counted([(unit.key, unit) for unit in text.units]) for code, text in texts.items()}):
        first = next(cell.item for cell in cells if cell.item)
        anchor = first.anchor if first.anchor not in seen else ""
        seen.add(anchor)
        rows.append(Row(cells, anchor, first.kind, first.level))
    return rows


def note_rows(texts: Mapping[str, Text]) -> list[Row[Note]]:
    """The notes of the texts by language, each beside the same note in the others."""
    keyed = {
        code: _counted([(note.anchor.rpartition(".")[0], note) for note in text.notes]) for code, text in texts.items()
    }
    return [Row(cells) for cells in _rows(keyed)]


def _rows(columns: Mapping[str, Mapping[Any, T]]) -> list[list[Cell[T]]]:
    order = merged_order([list(column) for column in columns.values()])
    return [[Cell(code, column.get(key)) for code, column in columns.items()] for key in order]


def _counted(items: Sequence[tuple[str, T]]) -> dict[tuple[str, int], T]:
    """The items by key and how often it came before: a key that stands twice in a text is two places."""
    counts: dict[str, int] = defaultdict(int)
    found = {}
    for key, item in items:
        found[key, counts[key]] = item
        counts[key] += 1
    return found


def merged_order(columns: Sequence[Sequence[K]]) -> list[K]:
    """One order for the keys of all columns: that of the first, what only another has behind what precedes it there."""
    order: list[K] = list(columns[0]) if columns else []
    for column in columns[1:]:
        known = set(order)
        behind: dict[K | None, list[K]] = defaultdict(list)
        last: K | None = None
        for key in column:
            if key in known:
                last = key
            else:
                behind[last].append(key)
        order = [*behind[None], *(item for key in order for item in (key, *behind[key]))]
    return order


def _pages(document: OfficialDocument, columns: Sequence[str], viewer: Viewer) -> dict[str, ReportPage]:
    """The web editions in these languages, with document, locale and notes. Two queries."""
    editions = ReportPage.objects.filter(document=document, locale__language_code__in=columns, alias_of=None)
    pages = visible_pages(editions, viewer).select_related("locale", "document").prefetch_related("footnotes")
    return {page.locale.language_code: page for page in pages}


def _cited(document: OfficialDocument, columns: Sequence[str]) -> dict[str, dict[str, str]]:
    """By language, the symbols that the texts cite, by what they print for them. One query."""
    citations = Citation.objects.filter(document=document, version__language__in=columns).exclude(printed="")
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for language, printed, symbol in citations.values_list("version__language", "printed", "symbol"):
        found[language][printed] = symbol
    return found
