"""From the words of a page to its rows: pieces of text on one line, with the gaps between them."""

import re
from dataclasses import dataclass, field

from documents.importing.pdf.words import RAISED_SIZE, Word

_SAME_BASE = 0.2  # of the size: how far the baselines of one piece's words may lie apart
_SAME_ROW = 0.3  # of the size: the same for the pieces of one row
_HIGHEST = 0.75  # of the size: how far above the line a raised figure stands at most
_LOWEST = -0.4  # of the size: how far below it a lowered one does
_RAISED = 0.12  # of the size: how far above the line a figure stands at least, to be raised
_BACK = 0.3  # of the size: by how much a word may overlap the one before it
WIDE_GAP = 1.1  # of the size: a wider gap parts columns, cells and labels from text
NO_GAP = 0.08  # of the size: what stands closer is one word
_NEAR = 0.6  # of the size: how far from its word a raised figure may stand
_BEFORE = 3.0  # of the size: the same for a figure that the text follows
_MARK = re.compile(r"(?:\d{1,3}|\*{1,3})(?:, ?(?:\d{1,3}|\*{1,3})){0,4},?|[a-z]/?")


@dataclass(slots=True)
class Segment:
    """Words that follow each other closely on one line. `size` and `base` are those of its full-sized words; it is
    `plain` where all are of one size and style and stand apart from each other."""

    words: list[Word]
    left: float
    right: float
    base: float
    size: float
    plain: bool = True

    def is_raised(self, word: Word) -> bool:
        """Whether a word is a small figure that stands above the line; one below it is part of a formula."""
        is_small = word.size < self.size * RAISED_SIZE and word.base > self.base + self.size * _RAISED
        return is_small and _MARK.fullmatch(word.text) is not None


@dataclass(slots=True)
class Row:
    """The segments of one line, from left to right. `base` and `size` are those of its largest text; `is_rtl` says that
    it is read from the right."""

    segments: list[Segment]
    is_rtl: bool = False
    left: float = field(init=False)
    right: float = field(init=False)
    base: float = field(init=False)
    size: float = field(init=False)

    def __post_init__(self) -> None:
        self.segments.sort(key=lambda one: one.left)
        largest = self.segments[0]
        self.left, self.right = largest.left, largest.right
        for segment in self.segments[1:]:
            self.right = max(self.right, segment.right)
            if segment.size > largest.size:
                largest = segment
        self.base, self.size = largest.base, largest.size

    @property
    def first(self) -> tuple[Segment, Word]:
        """The segment that is read first, and its first word."""
        segment = self.segments[-1 if self.is_rtl else 0]
        return segment, segment.words[-1 if self.is_rtl else 0]

    def without_first(self) -> "Row":
        """The row without its first word; itself where none would be left."""
        segment, word = self.first
        words = [one for one in segment.words if one is not word]
        left, right = min((one.left for one in words), default=0), max((one.right for one in words), default=0)
        kept = [Segment(words, left, right, segment.base, segment.size, plain=False)] if words else []
        rest = [one for one in self.segments if one is not segment]
        return Row([*kept, *rest], self.is_rtl) if kept or rest else self

    @property
    def text(self) -> str:
        """The row's words, for looking at."""
        return "  ".join(" ".join(word.text for word in segment.words) for segment in self.segments)


def rows_of(words: list[Word]) -> list[Row]:
    """The rows of a page from top to bottom."""
    lines: list[list[Segment]] = []
    figures: list[Segment] = []
    for segment in sorted(_segments(words), key=lambda one: -one.base):
        if len(segment.words) == 1 and _MARK.fullmatch(segment.words[0].text):
            figures.append(segment)
        elif lines and lines[-1][0].base - segment.base < _SAME_ROW * min(lines[-1][0].size, segment.size):
            lines[-1].append(segment)
        else:
            lines.append([segment])
    for segment in figures:
        _place(segment, lines)
    rows = [Row(_merged(sorted(line, key=lambda one: one.left))) for line in lines]
    return sorted(rows, key=lambda row: -row.base)


def _segments(words: list[Word]) -> list[Segment]:
    segments: list[Segment] = []
    last: Segment | None = None
    for word in words:
        _, left, right, base, size, style = word
        if last:
            gap, rise, unit = left - last.right, base - last.base, last.size
            if -_BACK * unit <= gap < WIDE_GAP * unit and _takes(last, size, rise):
                if size != unit or gap < NO_GAP * unit or style != last.words[0].style:
                    last.plain = False
                if unit < size * RAISED_SIZE:
                    last.base = base  # the raised figure came first, as a footnote's own does
                last.words.append(word)
                last.right = max(last.right, right)
                last.size = max(unit, size)
                continue
        last = Segment([word], left, right, base, size)
        segments.append(last)
    return segments


def _takes(last: Segment, size: float, rise: float) -> bool:
    """Whether a word of this size, its baseline so much higher, stands on a segment's line or is a figure at it."""
    unit = last.size
    if size > unit * 0.5 and -_SAME_BASE * unit < rise < _SAME_BASE * unit:
        return unit >= size * RAISED_SIZE or len(last.words) > 1
    if size < unit * RAISED_SIZE:
        return _LOWEST * unit < rise < _HIGHEST * unit
    return len(last.words) == 1 and unit < size * RAISED_SIZE and -_HIGHEST * size < rise < 0


def _place(segment: Segment, lines: list[list[Segment]]) -> None:
    """Puts a figure that stands alone into the line whose text it stands beside, else into a line of its own."""
    best, distance = None, 0.0
    for line in lines:
        for other in line:
            rise, unit = segment.base - other.base, other.size
            if not _LOWEST * unit < rise < _HIGHEST * unit:
                continue
            is_raised = segment.size < unit * RAISED_SIZE
            is_level = abs(rise) < _SAME_ROW * unit
            if not (is_raised or is_level):
                continue
            apart = max(0.0, segment.left - other.right, other.left - segment.right)
            near = _NEAR if segment.left > other.left else _BEFORE  # a note's own figure may stand before a tab
            if (is_level or apart < near * unit) and (best is None or apart < distance):
                best, distance = line, apart
    if best is None:
        lines.append([segment])
    else:
        best.append(segment)


def _merged(segments: list[Segment]) -> list[Segment]:
    """A row's segments with those put together that no wide gap parts."""
    merged = [segments[0]]
    for segment in segments[1:]:
        last = merged[-1]
        unit = max(last.size, segment.size)
        if segment.left - last.right < WIDE_GAP * min(last.size, segment.size):
            if segment.size > last.size:
                last.base = segment.base
            last.words = sorted(last.words + segment.words, key=lambda one: one.left)
            last.plain = False
            last.right, last.size = max(last.right, segment.right), unit
        else:
            merged.append(segment)
    return merged
