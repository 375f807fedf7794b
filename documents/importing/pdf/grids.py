"""Tables whose cells are framed by lines."""

import itertools
from collections import defaultdict
from typing import NamedTuple

from documents.importing.pdf.cells import Piece, Write, line_of, pieces_of, text_of
from documents.importing.pdf.rows import Row
from documents.importing.pdf.rules import Rule, Rules
from documents.importing.source import Cell

_NEAR = 3.0  # points: lines that end so close to another one touch it
_BESIDE = 4.0  # points: how far a word may stand out of its frame
_MOST_CELLS = 20_000
_FEWEST_ROWS, _FEWEST_COLUMNS = 2, 2

Place = tuple[int, int]  # of a cell in its grid: row and column, from the top and from the left


class Grid(NamedTuple):
    """A framed table: the places of its first row of text and of the one behind its last, its cells, and where its
    columns are parted."""

    start: int
    end: int
    cells: tuple[tuple[Cell, ...], ...]
    edges: tuple[float, ...]


def grids_of(rows: list[Row], rules: Rules, write: Write, *, has_rtl: bool) -> list[Grid]:
    """The framed tables of a page, from top to bottom. A frame is left where text runs over its lines."""
    found: list[Grid] = []
    for across, down in _components(rules):
        xs = _clustered([one.at for one in down] + [end for one in across for end in one[1:]])
        ys = _clustered([one.at for one in across] + [end for one in down for end in one[1:]])[::-1]
        if len(xs) <= _FEWEST_COLUMNS or len(ys) <= _FEWEST_ROWS or len(xs) * len(ys) > _MOST_CELLS:
            continue
        frame = _Frame(xs, ys, across, down)
        if grid := frame.read(rows, write, has_rtl=has_rtl):
            found.append(grid)
    found.sort()
    return [one for place, one in enumerate(found) if not place or one.start >= found[place - 1].end]


def _components(rules: Rules) -> list[tuple[list[Rule], list[Rule]]]:
    """The lines in groups of those that touch each other: each group's lines across and down."""
    across, down = rules
    group = list(range(len(across) + len(down)))

    def root(one: int) -> int:
        while group[one] != one:
            group[one] = group[group[one]]
            one = group[one]
        return one

    for (first, level), (second, upright) in itertools.product(enumerate(across), enumerate(down, len(across))):
        crosses = level.low - _NEAR < upright.at < level.high + _NEAR
        if crosses and upright.low - _NEAR < level.at < upright.high + _NEAR:
            group[root(first)] = root(second)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for number, one in enumerate([*across, *down]):
        groups[root(number)][number >= len(across)].append(one)
    return [one for one in groups.values() if all(one)]


def _clustered(places: list[float]) -> list[float]:
    """Places in order, those that lie close to each other as one."""
    clustered: list[float] = []
    for place in sorted(places):
        if not clustered or place - clustered[-1] > _NEAR:
            clustered.append(place)
    return clustered


class _Frame:
    """The lines of one framed table: columns between `xs` from the left, rows between `ys` from the top."""

    def __init__(self, xs: list[float], ys: list[float], across: list[Rule], down: list[Rule]) -> None:
        self._xs, self._ys = xs, ys
        self._across, self._down = across, down

    def read(self, rows: list[Row], write: Write, *, has_rtl: bool) -> Grid | None:
        """The table, where all text on its lines lies inside, and it is one: two rows and more hold several cells."""
        xs, ys = self._xs, self._ys
        within = [place for place, row in enumerate(rows) if ys[-1] < row.base + row.size * 0.3 < ys[0]]
        if not within:
            return None
        start, end = within[0], within[-1] + 1
        owners = self._owners()
        held: dict[Place, list[list[Piece]]] = defaultdict(list)
        for row in rows[start:end]:
            line: dict[Place, list[Piece]] = defaultdict(list)
            for piece in (part for whole in pieces_of(row) for part in self._parts(whole)):
                place = self._place(piece)
                if place is None:
                    return None
                line[owners[place]].append(piece)
            for place, pieces in line.items():
                held[place].append(pieces)
        filled = defaultdict(set)
        for row_number, column in held:
            filled[row_number].add(column)
        if sum(len(columns) > 1 for columns in filled.values()) < _FEWEST_ROWS:
            return None
        cells = self._cells(owners, held, write, has_rtl=has_rtl)
        return Grid(start, end, cells, tuple(xs)) if cells else None

    def _parts(self, piece: Piece) -> list[Piece]:
        """A piece parted where a line of the frame runs between two of its words."""
        runs: dict[int, list[int]] = defaultdict(list)
        for number, word in enumerate(piece.words):
            runs[self._column((word.left + word.right) / 2)].append(number)
        if len(runs) == 1:
            return [piece]
        parts = []
        for numbers in runs.values():
            words = [piece.words[number] for number in numbers]
            parts.append(piece._replace(words=words, left=words[0].left, right=words[-1].right))
        return parts

    def _column(self, x: float) -> int:
        return sum(x > edge for edge in self._xs) - 1

    def _place(self, piece: Piece) -> Place | None:
        """Where a piece stands; None where it stands out of the frame."""
        column = self._column((piece.left + piece.right) / 2)
        row = sum(piece.base + piece.size * 0.3 < edge for edge in self._ys) - 1
        inside = piece.left > self._xs[0] - _BESIDE and piece.right < self._xs[-1] + _BESIDE
        if not inside or not 0 <= column < len(self._xs) - 1 or not 0 <= row < len(self._ys) - 1:
            return None
        return row, column

    def _owners(self) -> dict[Place, Place]:
        """For each place the first one of the cell that covers it: cells are one where no line parts them."""
        owners: dict[Place, Place] = {}
        height, width = len(self._ys) - 1, len(self._xs) - 1
        for row, column in itertools.product(range(height), range(width)):
            if (row, column) in owners:
                continue
            across = column + 1
            while across < width and (row, across) not in owners and not self._has_down(row, across):
                across += 1
            deep = row + 1
            while deep < height and not any(self._has_across(deep, one) for one in range(column, across)):
                deep += 1
            for place in itertools.product(range(row, deep), range(column, across)):
                owners.setdefault(place, (row, column))
        return owners

    def _has_down(self, row: int, edge: int) -> bool:
        middle, at = (self._ys[row] + self._ys[row + 1]) / 2, self._xs[edge]
        return any(abs(one.at - at) <= _NEAR and one.low < middle < one.high for one in self._down)

    def _has_across(self, edge: int, column: int) -> bool:
        middle, at = (self._xs[column] + self._xs[column + 1]) / 2, self._ys[edge]
        return any(abs(one.at - at) <= _NEAR and one.low < middle < one.high for one in self._across)

    def _cells(
        self, owners: dict[Place, Place], held: dict[Place, list[list[Piece]]], write: Write, *, has_rtl: bool
    ) -> tuple[tuple[Cell, ...], ...]:
        extents: dict[Place, Place] = {}
        for place, owner in owners.items():
            extents[owner] = max(extents.get(owner, place), place)
        rows: list[list[Cell]] = [[] for _ in range(len(self._ys) - 1)]
        for row, column in sorted(extents):
            last_row, last_column = extents[row, column]
            lines = [line_of(pieces, has_rtl=has_rtl) for pieces in held.get((row, column), [])]
            text = text_of(lines, self._xs[column] + _NEAR, self._xs[last_column + 1] - _NEAR, write)
            rows[row].append(Cell(text, last_column - column + 1, last_row - row + 1))
        return tuple(tuple(row) for row in rows)
