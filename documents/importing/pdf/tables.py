"""The tables of a document's pages, each where its rows stand; one that goes on over the page is one."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from documents.importing import masthead_words as words
from documents.importing.cleaning import is_page_furniture
from documents.importing.marks import strip_marks
from documents.importing.pdf.cell_columns import Column
from documents.importing.pdf.cells import Write
from documents.importing.pdf.grids import Grid, grids_of
from documents.importing.pdf.rows import Row
from documents.importing.pdf.ruled import Ruled, RuledPage
from documents.importing.pdf.rules import Rule, Rules
from documents.importing.source import Cell, Table

_FEWEST = 3  # rows of several columns among so many, from which a page may hold a table
_AMONG = 12
_FAR = 0.2  # of the text's width: what stands further from the left is no label's text
_MANY = 4  # pieces of a row: more are cells, however close they stand
_WIDE = 1.8  # of the size: a gap wider than those of justified lines
_SAME_COLUMN = 8.0  # points
_FURNITURE = re.compile(r"\d{1,4}|(?:[\w.()\[\]*-]+/)+[\w.()\[\]*-]+")  # a page's number, a symbol
_MASTHEAD = re.compile(r"\bDistr\.")
_PAGES = re.compile(
    r"pages?|paragraphs?|p[áa]ginas?|p[áa]rrafos?|paragraphes?|стр(?:аница|\.)?|пункты?|الصفحة|页次", re.IGNORECASE
)


Rows = tuple[tuple[Cell, ...], ...]


class Place(NamedTuple):
    """Rows of a page from `start` up to `end` that a table holds: its number, None for one begun on an earlier page."""

    start: int
    end: int
    number: int | None


@dataclass(slots=True)
class _Open:
    """A table at the end of a page."""

    number: int
    page: int
    columns: tuple[Column, ...]
    edges: tuple[float, ...]
    head: Rows


def may_hold_tables(rows: list[Row]) -> bool:
    """Whether rows of a page suggest columns, so that its lines are worth looking at."""
    several: list[int] = []
    left, right = min((row.left for row in rows), default=0), max((row.right for row in rows), default=0)
    far = left + _FAR * (right - left)
    for place, row in enumerate(rows):
        if len(row.segments) < 2:
            continue
        before, last = row.segments[-2:]
        if last.left > far and (len(row.segments) > _MANY or last.left - before.right > _WIDE * last.size):
            several.append(place)
            if len(several) >= _FEWEST and place - several[-_FEWEST] < _AMONG:
                return True
    return False


class TableFinder:
    """Finds the tables of one page after the other; `tables` are those found so far."""

    def __init__(self, write: Write) -> None:
        """`write` gives a line's text."""
        self.tables: list[Table] = []
        self._write = write
        self._open: _Open | None = None

    def take(self, rows: list[Row], rules: Rules, page: int, *, has_rtl: bool) -> list[Place]:
        """Where tables stand among a page's rows, from top to bottom."""
        if not rules.across or not rows:
            return []
        top, last = _top(rows), _last(rows)
        ruled = RuledPage(rows, rules.across, last, self._write, has_rtl=has_rtl)
        grids = grids_of(rows, rules, self._write, has_rtl=has_rtl)
        places: list[Place] = []
        before = self._open if self._open and self._open.page == page - 1 else None
        self._open = None
        free = [one for one in ruled.tables() if not _is_framed(rows, one, rules.down)]
        found: list[Grid | Ruled] = [*grids, *free]
        found.sort(key=lambda one: one.start)
        if before and before.columns and not any(one.start <= top and _same(before, one) for one in found):
            more = ruled.continued(top, before.columns)
            found = [more, *(one for one in found if one.start >= more.end)] if more else found
        end = 0
        for one in found:
            if one.start < end or _is_none(rows, one):
                continue
            end = one.end
            is_rtl = has_rtl and _is_rtl(rows, one)
            number = None
            if before and one.start <= top and (rest := _rows_under(before, one)):
                table = self.tables[before.number]
                more_rows = table.rows + _mirrored(rest, is_rtl=is_rtl)
                self.tables[before.number] = Table(more_rows, turns=(*table.turns, len(table.rows)))
            else:
                number = len(self.tables)
                self.tables.append(Table(_mirrored(one.cells, is_rtl=is_rtl)))
            places.append(Place(one.start, one.end, number))
            if one.end >= last:
                head = before.head if before and number is None else None
                self._open = _open(len(self.tables) - 1, page, one, head)
        return places


def _rows_under(before: _Open, one: Grid | Ruled) -> Rows:
    """What a page's first table adds to the one that ended the page before, without the head that is repeated; nothing
    where it is another table."""
    if not _same(before, one):
        return ()
    heads = len(before.head)
    if _texts(one.cells[:heads]) == _texts(before.head):
        return one.cells[heads:]
    return () if isinstance(one, Ruled) and one.head else one.cells


def _open(number: int, page: int, one: Grid | Ruled, head: Rows | None) -> _Open:
    """A table as it ends a page. `head` is that of its first page where this is a later one."""
    if isinstance(one, Grid):
        return _Open(number, page, (), one.edges, head or one.cells[:1])
    return _Open(number, page, one.columns, (), head or one.cells[: one.head])


def _same(before: _Open, after: Grid | Ruled) -> bool:
    """Whether two tables have the same columns."""
    first = before.edges or [one.left for one in before.columns]
    second = after.edges if isinstance(after, Grid) else [one.left for one in after.columns]
    same = len(first) == len(second) and bool(before.edges) == isinstance(after, Grid)
    return same and all(abs(one - other) < _SAME_COLUMN for one, other in zip(first, second, strict=True))


def _texts(rows: Rows) -> list[list[str]]:
    return [[" ".join(strip_marks(cell.text).split()) for cell in row] for row in rows]


def _mirrored(rows: Rows, *, is_rtl: bool) -> Rows:
    """The rows with their cells in reading order."""
    return tuple(tuple(reversed(row)) for row in rows) if is_rtl else rows


def _is_rtl(rows: list[Row], one: Grid | Ruled) -> bool:
    return sum(row.is_rtl for row in rows[one.start : one.end]) * 2 > one.end - one.start


def _is_framed(rows: list[Row], one: Ruled, down: list[Rule]) -> bool:
    """Whether lines run down between a table's columns: where they frame no cells, nobody knows which row heads it."""
    top, bottom = rows[one.start].base, rows[one.end - 1].base
    left, right = one.columns[0].right, one.columns[-1].left
    return any(left < line.at < right and line.low < top and line.high > bottom for line in down)


def _is_none(rows: list[Row], one: Grid | Ruled) -> bool:
    """Whether what looks like a table is a masthead or a list of contents."""
    if any(_MASTHEAD.search(row.text) for row in rows[one.start : one.end]):
        return True
    if any(words.is_contents(row.text) for row in rows[: one.end]):
        return True
    head = " ".join(one.cells[0][-1].text.split()) if one.cells and one.cells[0] else ""
    return _PAGES.fullmatch(strip_marks(head)) is not None


def _is_furniture(row: Row) -> bool:
    parts = [" ".join(word.text for word in segment.words) for segment in row.segments]
    return all(_FURNITURE.fullmatch(part) or is_page_furniture(part) for part in parts)


def _top(rows: list[Row]) -> int:
    """The place of the first row below a page's running head."""
    return next((place for place, row in enumerate(rows) if not _is_furniture(row)), 0)


def _last(rows: list[Row]) -> int:
    """The place behind the last row above a page's foot."""
    last = len(rows)
    while last and _is_furniture(rows[last - 1]):
        last -= 1
    return last
