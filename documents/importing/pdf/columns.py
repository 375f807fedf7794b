"""Pages set in columns: where a gutter runs, and the rows in the order in which they are read."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import NamedTuple

from documents.importing.pdf.rows import Row, Segment

_FEWEST = 4  # lines of a column; fewer are a heading or a signature set beside each other
_NARROWEST = 0.24  # of the text's width
_SHORTEST = 22  # characters of a line on the average; columns of symbols and halves of mastheads have fewer
_FILLED = 0.7  # of a column's width: a longer line counts as full
_MOSTLY_FILLED = 0.5  # share of a column's lines that are full in running text, and are not in a table
_WIDE = re.compile("[\u2e80-\u9fff]")  # letters twice as wide as others
_CLOSE = 2.0  # of the size: lines of one column stand closer
_DEPTH = 4  # columns beside each other


class _Stretch(NamedTuple):
    """Rows from `start` up to `end` that a gutter at `gutter` parts."""

    start: int
    end: int
    gutter: float


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that follow each other, with the edge from which their indents count; a column's gaps are no cells' gaps.
    `mark` is what stands for them where they are a table: empty where they go on with one of an earlier page."""

    rows: list[Row]
    left: float
    is_column: bool = False
    mark: str | None = None


def blocks_of(rows: list[Row], left: float, *, rtl: bool = False) -> list[Block]:
    """The blocks of a page in reading order: columns one after the other, between what runs over the whole width.

    `left` is the edge of the text; `rtl` says that the right column is read first.
    """
    return _blocks(Block(rows, left), rtl, 0)


def _blocks(whole: Block, rtl: bool, depth: int) -> list[Block]:
    rows = whole.rows
    stretch = _stretch(rows, rtl) if depth < _DEPTH and len(rows) > _FEWEST else None
    if stretch is None:
        return [whole] if rows else []
    within = rows[stretch.start : stretch.end]
    sides = [_side(within, stretch.gutter, right=side) for side in ((True, False) if rtl else (False, True))]
    parts = [
        replace(whole, rows=rows[: stretch.start]),
        *(Block(side, _edge(side), is_column=True) for side in sides),
        replace(whole, rows=rows[stretch.end :]),
    ]
    return [block for part in parts for block in _blocks(part, rtl, depth + 1)]


def _edge(rows: list[Row]) -> float:
    return min(row.left for row in rows)


def _stretch(rows: list[Row], rtl: bool) -> _Stretch | None:
    """The longest stretch of rows that is set in two columns of running text."""
    left, right = _edge(rows), max(row.right for row in rows)
    width = right - left
    starts: Counter[int] = Counter()
    for row in rows:
        for segment in row.segments:
            if left + width * _NARROWEST < segment.left < right - width * _NARROWEST:
                starts[round(segment.left / 3)] += 1
    found: list[_Stretch] = []
    for start, count in starts.items():
        if count + starts[start + 1] >= _FEWEST:
            found += _stretches(rows, start * 3 - 2.5, width, rtl)
    return max(found, key=lambda one: one.end - one.start, default=None)


def _stretches(rows: list[Row], gutter: float, width: float, rtl: bool) -> list[_Stretch]:
    """The stretches that nothing crosses at a gutter, and that hold running text on both its sides."""
    found: list[_Stretch] = []
    start = 0
    for place in range(len(rows) + 1):
        if place < len(rows) and not any(one.left < gutter < one.right for one in rows[place].segments):
            continue
        candidate = _trimmed(rows, _Stretch(start, place, gutter), rtl)
        if candidate and _is_text(rows[candidate.start : candidate.end], gutter, width):
            found.append(candidate)
        start = place + 1
    return found


def _trimmed(rows: list[Row], stretch: _Stretch, rtl: bool) -> _Stretch | None:
    """The stretch from where the column that is read second begins: with its first full line and what stands close
    above it. The short lines of a masthead's second half are above that."""
    second = [
        (place, side[0])
        for place in range(stretch.start, stretch.end)
        if (side := _side(rows[place : place + 1], stretch.gutter, right=not rtl))
    ]
    if len(second) < _FEWEST:
        return None
    width = max(row.right for _, row in second) - _edge([row for _, row in second])
    first = next((order for order, (_, row) in enumerate(second) if row.right - row.left > width * _FILLED), None)
    if first is None:
        return None
    while first and second[first - 1][1].base - second[first][1].base < _CLOSE * second[first][1].size:
        first -= 1
    return _Stretch(second[first][0], stretch.end, stretch.gutter)


def _is_text(rows: list[Row], gutter: float, width: float) -> bool:
    sides = [_side(rows, gutter, right=side) for side in (False, True)]
    return all(len(side) >= _FEWEST and _is_column(side, width) for side in sides)


def _is_column(rows: list[Row], width: float) -> bool:
    """Whether rows are wide and mostly full, as lines of running text are and cells of a table are not."""
    left, right = _edge(rows), max(row.right for row in rows)
    if right - left < width * _NARROWEST or len({round(row.base) for row in rows}) < _FEWEST:
        return False
    texts = [row.text for row in rows]
    letters = sum(len(text) + len(_WIDE.findall(text)) for text in texts)
    if letters < len(rows) * _SHORTEST:
        return False
    full = sum(row.right - row.left > (right - left) * _FILLED for row in rows)
    return full >= len(rows) * _MOSTLY_FILLED


def _side(rows: list[Row], gutter: float, *, right: bool) -> list[Row]:
    """The rows' segments on one side of a gutter."""
    sides: list[Row] = []
    for row in rows:
        segments: list[Segment] = [one for one in row.segments if (one.left > gutter) == right]
        if segments:
            sides.append(Row(segments, row.is_rtl))
    return sides
