"""Tables whose head and body are parted by lines across them, their columns only by room between."""

import bisect
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from documents.importing.marks import strip_marks
from documents.importing.pdf.cell_columns import Column, Line, columns_of, fits, is_tight, line_in
from documents.importing.pdf.cells import Piece, Write, line_of, pieces_of, text_of
from documents.importing.pdf.rows import Row
from documents.importing.pdf.rules import Rule
from documents.importing.source import Cell

_NARROWEST = 100.0  # points
_SAME_EDGE = 8.0  # points: how far the ends of one table's lines may differ
_MOST_HEAD_LINES = 12
_LONGEST_HEADING = 150  # characters
_MOSTLY = 0.4  # share of a table's rows that hold several cells
_LABEL = re.compile(r"\d{1,3}\.|[A-Z]\.|[IVX]{1,5}\.|\([a-z]{1,4}\)|[•▪●·]|[-–—]")
_FIGURES = re.compile(r"[(\[]?[-–—−]?[\d][\d\s.,/%]*[)\]]?|[-–—−]")


class Part(NamedTuple):
    """Rows of a page from `start` up to `end`, between two lines across a table."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table: the places of its first row and of the one behind its last, its cells, how many of their rows head it,
    and its columns."""

    start: int
    end: int
    cells: tuple[tuple[Cell, ...], ...]
    head: int
    columns: tuple[Column, ...]


class RuledPage:
    """The rows of one page and the lines across it, among which tables are looked for. A table that no line closes goes
    on up to the row at `last`, which the page's foot follows."""

    def __init__(self, rows: list[Row], across: list[Rule], last: int, write: Write, *, has_rtl: bool) -> None:
        self._rows = rows
        self._heights = [-row.base for row in rows]
        self._rules = sorted((one for one in across if one.high - one.low >= _NARROWEST), reverse=True)
        self._last = last
        self._write = write
        self._has_rtl = has_rtl
        self._pieces = cache(lambda place: pieces_of(rows[place]))

    def tables(self) -> Iterator[Ruled]:
        """The tables from top to bottom."""
        place = 0
        while place < len(self._rules) - 1:
            found = self._table(self._rules[place:])
            if found:
                yield found
            place += 1
            while found and place < len(self._rules) and self._below(self._rules[place]) < found.end:
                place += 1

    def continued(self, start: int, columns: tuple[Column, ...]) -> Ruled | None:
        """The rows from `start` that go on with a table of these columns, its head repeated or not."""
        left, right = columns[0].left + 2 * _SAME_EDGE, columns[-1].right - 2 * _SAME_EDGE
        ends = {self._below(one) for one in self._rules if one.low < left and one.high > right}
        body: list[Part] = []
        for part in self._parts({start, self._last, *(end for end in ends if end > start)}):
            if not fits(self._lines([part], columns)):
                break
            body.append(part)
        return self._made(None, body, columns) if body else None

    def _table(self, rules: list[Rule]) -> Ruled | None:
        """The table that the first of these lines begins; they stand in order from the top."""
        top = rules[0]
        same = (one for one in rules if abs(one.low - top.low) < _SAME_EDGE and abs(one.high - top.high) < _SAME_EDGE)
        places = [self._below(one) for one in same]
        head_end = next((place for place in places if place > places[0]), None)
        if head_end is None or head_end - places[0] > _MOST_HEAD_LINES:
            return None
        head = Part(places[0], head_end)
        heads = self._pieces_in([head])
        if not any(len(pieces) > 1 for pieces in heads):
            return None
        body: list[Part] = []
        columns: tuple[Column, ...] = ()
        for part in self._parts({place for place in places if place >= head_end}):
            wider = columns_of(heads, self._pieces_in([*body, part]))
            if not all(fits(self._lines([one], wider)) for one in [*body, part]):
                break
            body.append(part)
            columns = wider
        if not body and head_end < self._last:
            body = [Part(head_end, self._last)]
            columns = columns_of(heads, self._pieces_in(body))
            if not fits(self._lines(body, columns)):
                return None
        return self._made(head, body, columns) if body else None

    def _made(self, head: Part | None, body: list[Part], columns: tuple[Column, ...]) -> Ruled | None:
        """The table of a head and the parts of a body; None where they are no head and no rows of a table."""
        writer = _RowWriter(columns, self._write, has_rtl=self._has_rtl)
        headings: list[tuple[Cell, ...]] = []
        if head is not None:
            lines = self._lines([head], columns)
            if len({column for line in lines for column in line.columns}) < 2:
                return None
            if any(first == 0 < last for line in lines for first, last, _ in line.spans):
                return None  # the heading of a chapter, or what is said of the table above
            headings = [writer.row(group, is_header=True) for group in _head_rows(lines)]
            if not _heads(headings):
                return None
        groups = [group for part in body for group in _grouped(self._lines([part], columns))]
        cells = [writer.row(group, is_header=False) for group in groups]
        if sum(sum(bool(cell.text) for cell in row) > 1 for row in cells) < len(cells) * _MOSTLY:
            return None
        start = head.start if head else body[0].start
        return Ruled(start, body[-1].end, (*headings, *cells), len(headings), columns)

    def _below(self, rule: Rule) -> int:
        """The place of the first row below a line."""
        return bisect.bisect_right(self._heights, -rule.at)

    def _parts(self, ends: set[int]) -> list[Part]:
        return [Part(*pair) for pair in itertools.pairwise(sorted(ends))]

    def _pieces_in(self, parts: list[Part]) -> list[list[Piece]]:
        return [self._pieces(place) for part in parts for place in range(part.start, part.end)]

    def _lines(self, parts: list[Part], columns: tuple[Column, ...]) -> list[Line]:
        places = [place for part in parts for place in range(part.start, part.end)]
        return [line_in(self._rows[place], self._pieces(place), columns) for place in places]


def _heads(rows: list[tuple[Cell, ...]]) -> bool:
    """Whether rows may head a table: they are short, and do not begin with the label of a paragraph."""
    texts = [strip_marks(cell.text) for row in rows for cell in row]
    return all(len(text) <= _LONGEST_HEADING for text in texts) and not any(_LABEL.fullmatch(text) for text in texts)


def _head_rows(lines: list[Line]) -> list[list[Line]]:
    """The lines of a head in one row; in two where a heading stands over those of several columns."""
    cut = 0
    for number, line in enumerate(lines):
        if line.crosses:
            cut = number + 1
    return [group for group in (lines[:cut], lines[cut:]) if group]


def _grouped(lines: list[Line]) -> list[list[Line]]:
    """The lines in rows. Lines of one row stand closer to each other than rows do; where all stand alike, each that
    begins in the first column begins a row."""
    tight = [is_tight(above, below) for above, below in itertools.pairwise(lines)]
    if all(tight):
        return _by_first_column(lines)
    groups = [lines[:1]]
    for stands_close, line in zip(tight, lines[1:], strict=True):
        if stands_close:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [part for group in groups for part in (_by_first_column(group) if _has_rows(group) else [group])]


def _has_rows(group: list[Line]) -> bool:
    """Whether lines that stand close are rows all the same: a column has figures in several of them."""
    count: dict[int, int] = defaultdict(int)
    for line in group:
        for first, last, piece in line.spans:
            count[first] += first == last and _FIGURES.fullmatch(piece.text) is not None
    return max(count.values(), default=0) > 1


def _by_first_column(lines: list[Line]) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for line in lines:
        goes_on = groups and (0 not in {first for first, _, _ in line.spans} or _goes_on(groups[-1][-1], line))
        if goes_on:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _goes_on(above: Line, line: Line) -> bool:
    """Whether a line goes on with the text that the one above began in the first column."""
    return len(line.spans) == 1 and line.spans[0][2].text[:1].islower()


class _RowWriter:
    """Writes rows of cells."""

    def __init__(self, columns: tuple[Column, ...], write: Write, *, has_rtl: bool) -> None:
        self._columns = columns
        self._write = write
        self._has_rtl = has_rtl

    def row(self, lines: list[Line], *, is_header: bool) -> tuple[Cell, ...]:
        """The cells of the lines of one row."""
        ends: dict[int, int] = {}
        for first, last, _ in (span for line in lines for span in line.spans):
            ends[first] = max(ends.get(first, first), last)
        cells: list[Cell] = []
        column = 0
        while column < len(self._columns):
            wanted = ends.get(column, column)
            taken = [first for first in ends if column < first <= wanted]
            last = min(taken) - 1 if taken else wanted
            texts = [
                line_of(pieces, has_rtl=self._has_rtl)
                for line in lines
                if (pieces := [piece for first, _, piece in line.spans if first == column])
            ]
            text = text_of(texts, self._columns[column].left, self._columns[last].right, self._write)
            cells.append(Cell(text, last - column + 1, is_header=is_header))
            column = last + 1
        return tuple(cells)
