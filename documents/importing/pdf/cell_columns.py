"""Columns that nothing but room parts: where they run, and in which of them the pieces of a line stand."""

import itertools
from typing import NamedTuple

from documents.importing.pdf.cells import Piece
from documents.importing.pdf.rows import Row

_GUTTER = 3.0  # points: the least room between two columns
_OVER = 1.5  # points: a piece that reaches so far into a column stands in it
_ODD = 20  # one line in so many may run over the room between two columns
_MOST_CROSSING = 0.4  # share of a table's lines that may run over several columns, as headings inside it do
_LONG = 0.6  # of a table's width
_TIGHT = 1.32  # of the size: lines of one cell stand closer

Span = tuple[int, int, Piece]  # the first and the last column that a piece stands in


class Column(NamedTuple):
    """From where to where a column's text stands, in points."""

    left: float
    right: float


class Line(NamedTuple):
    """A line of a table: its row, and the spans of its pieces."""

    row: Row
    spans: list[Span]

    @property
    def columns(self) -> set[int]:
        """The columns that hold a piece of their own."""
        return {first for first, last, _ in self.spans if first == last}

    @property
    def crosses(self) -> bool:
        """Whether a piece runs over several columns."""
        return any(last > first for first, last, _ in self.spans)


def columns_of(head: list[list[Piece]], body: list[list[Piece]]) -> tuple[Column, ...]:
    """The columns that the pieces of a table's lines stand in; none where fewer than two are told apart."""
    several = [pieces for pieces in body if len(pieces) > 1]
    if not several:
        several = [pieces for pieces in head if len(pieces) > 1] + body
    found = _covered([piece for pieces in several for piece in pieces], len(several) // _ODD)
    columns = [one for one in found if any(_is_within(piece, one) for pieces in several for piece in pieces)]
    # From below: the headings of single columns stand under those of several.
    for piece in itertools.chain.from_iterable(reversed(head)):
        over = [place for place, one in enumerate(columns) if _overlap(piece, one) > _OVER]
        if not over:
            columns.append(Column(piece.left, piece.right))
            columns.sort()
        elif len(over) == 1:
            one = columns[over[0]]
            columns[over[0]] = Column(min(one.left, piece.left), max(one.right, piece.right))
    return tuple(columns) if len(columns) > 1 else ()


def _covered(pieces: list[Piece], odd: int) -> list[Column]:
    """The stretches that pieces stand over, parted where there is room; so many `odd` ones may run over that."""
    ends = sorted([(piece.left, 1) for piece in pieces] + [(piece.right, -1) for piece in pieces])
    stretches: list[Column] = []
    depth, start = 0, 0.0
    for at, step in ends:
        if depth <= odd < depth + step:
            start = at
        elif depth + step <= odd < depth:
            stretches.append(Column(start, at))
        depth += step
    joined: list[Column] = []
    for one in stretches:
        if joined and one.left - joined[-1].right < _GUTTER:
            joined[-1] = Column(joined[-1].left, one.right)
        else:
            joined.append(one)
    return joined


def _is_within(piece: Piece, column: Column) -> bool:
    return piece.left > column.left - _GUTTER and piece.right < column.right + _GUTTER


def _overlap(piece: Piece, column: Column) -> float:
    return min(piece.right, column.right) - max(piece.left, column.left)


def line_in(row: Row, pieces: list[Piece], columns: tuple[Column, ...]) -> Line:
    """A row's pieces in their columns. A piece that reaches into a column in which another one stands is not in it."""
    spans: list[Span] = []
    for piece in pieces:
        over = [place for place, one in enumerate(columns) if _overlap(piece, one) > _OVER]
        if not over and columns:
            middle = (piece.left + piece.right) / 2
            over = [min(range(len(columns)), key=lambda place: abs(sum(columns[place]) / 2 - middle))]
        if over:
            spans.append((over[0], over[-1], piece))
    alone = {first for first, last, _ in spans if first == last}
    return Line(row, [_narrowed(span, alone, columns) for span in spans])


def _narrowed(span: Span, taken: set[int], columns: tuple[Column, ...]) -> Span:
    first, last, piece = span
    over = range(first, last + 1)
    if first == last or not taken & set(over):
        return span
    free = [place for place in over if place not in taken] or [first]
    best = max(free, key=lambda place: _overlap(piece, columns[place]))
    return best, best, piece


def fits(lines: list[Line]) -> bool:
    """Whether lines are those of a table: several columns hold text, and few lines run over them, never two close to
    each other as in a paragraph."""
    if not any(len(line.columns) > 1 for line in lines):
        return False
    if sum(line.crosses for line in lines) > len(lines) * _MOST_CROSSING:
        return False
    width = max(line.row.right for line in lines) - min(line.row.left for line in lines)
    return not any(
        _is_text(above, width) and below.crosses and len(below.spans) == 1 and is_tight(above, below)
        for above, below in itertools.pairwise(lines)
    )


def _is_text(line: Line, width: float) -> bool:
    """Whether a line runs over most of the table, as those of a paragraph do and headings inside it do not."""
    return line.crosses and len(line.spans) == 1 and line.row.right - line.row.left > width * _LONG


def is_tight(above: Line, below: Line) -> bool:
    """Whether two lines stand so close as those of one cell do."""
    return above.row.base - below.row.base < _TIGHT * max(above.row.size, below.row.size)
