"""Pages set in columns: where a gutter runs, and the rows in the order in which they are read."""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from documents.importing.pdf.rows import Row, Segment

_FEWEST = 4  # lines of a column; fewer are a heading or a signature set beside each other
_NARROWEST = 0.18  # of the text's width
_FILLED = 0.7  # of a column's width: a longer line counts as full
_MOSTLY_FILLED = 0.5  # share of a column's lines that are full in running text, and are not in a table
_DEPTH = 4  # columns beside each other


class _Stretch(NamedTuple):
    """Rows from `start` up to `end` that a gutter at `gutter` parts."""

    start: int
    end: int
    gutter: float


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that follow each other, with the edge from which their indents count."""

    rows: list[Row]
    left: float


def blocks_of(rows: list[Row], left: float, *, rtl: bool = False, depth: int = 0) -> list[Block]:
    """The blocks of a page in reading order: columns one after the other, between what runs over the whole width.

    `left` is the edge of the text; `rtl` says that the right column is read first.
    """
    stretch = _stretch(rows) if depth < _DEPTH and len(rows) > _FEWEST else None
    if stretch is None:
        return [Block(rows, left)] if rows else []
    within = rows[stretch.start : stretch.end]
    sides = [_side(within, stretch.gutter, right=side) for side in ((True, False) if rtl else (False, True))]
    return [
        *blocks_of(rows[: stretch.start], left, rtl=rtl, depth=depth + 1),
        *(block for side in sides for block in blocks_of(side, _edge(side), rtl=rtl, depth=depth + 1)),
        *blocks_of(rows[stretch.end :], left, rtl=rtl, depth=depth + 1),
    ]


def _edge(rows: list[Row]) -> float:
    return min(row.left for row in rows)


def _stretch(rows: list[Row]) -> _Stretch | None:
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
            found += _stretches(rows, start * 3 - 2.5, width)
    return max(found, key=lambda one: one.end - one.start, default=None)


def _stretches(rows: list[Row], gutter: float, width: float) -> list[_Stretch]:
    """The stretches that nothing crosses at a gutter, and that hold running text on both its sides."""
    found: list[_Stretch] = []
    start = 0
    for place in range(len(rows) + 1):
        if place < len(rows) and not any(one.left < gutter < one.right for one in rows[place].segments):
            continue
        candidate = _trimmed(rows, _Stretch(start, place, gutter))
        if candidate and _is_text(rows[candidate.start : candidate.end], gutter, width):
            found.append(candidate)
        start = place + 1
    return found


def _trimmed(rows: list[Row], stretch: _Stretch) -> _Stretch | None:
    """The stretch between the first and the last row that stands on the gutter's right side."""
    on_right = [
        place
        for place in range(stretch.start, stretch.end)
        if any(segment.left > stretch.gutter for segment in rows[place].segments)
    ]
    return _Stretch(on_right[0], stretch.end, stretch.gutter) if len(on_right) >= _FEWEST else None


def _is_text(rows: list[Row], gutter: float, width: float) -> bool:
    sides = [_side(rows, gutter, right=side) for side in (False, True)]
    return all(len(side) >= _FEWEST and _is_column(side, width) for side in sides)


def _is_column(rows: list[Row], width: float) -> bool:
    """Whether rows are wide and mostly full, as lines of running text are and cells of a table are not."""
    left, right = _edge(rows), max(row.right for row in rows)
    if right - left < width * _NARROWEST or len({round(row.base) for row in rows}) < _FEWEST:
        return False
    full = sum(row.right - row.left > (right - left) * _FILLED for row in rows)
    return full >= len(rows) * _MOSTLY_FILLED


def _side(rows: list[Row], gutter: float, *, right: bool) -> list[Row]:
    """The rows' segments on one side of a gutter."""
    sides: list[Row] = []
    for row in rows:
        segments: list[Segment] = [one for one in row.segments if (one.left > gutter) == right]
        if segments:
            sides.append(Row(segments))
    return sides
