"""What the cells of a table hold: the pieces of its lines, and the text of several lines put together."""

import itertools
from collections.abc import Callable
from typing import NamedTuple

from documents.importing.marks import FULL_LINE
from documents.importing.pdf.lines import is_rtl
from documents.importing.pdf.rows import Row, Segment
from documents.importing.pdf.words import Word

_WORD_GAP = 0.6  # of the size: words that stand closer belong to one cell
_SPACE = 0.25  # of the size

Write = Callable[[Row], str]  # a line's text, with its marks


class Piece(NamedTuple):
    """Words of one line that stand close to each other; base and size are those of the line they stand on."""

    words: list[Word]
    left: float
    right: float
    base: float
    size: float

    @property
    def text(self) -> str:
        """The words, for looking at."""
        return " ".join(word.text for word in self.words)


def pieces_of(row: Row) -> list[Piece]:
    """The pieces of a line from left to right: what a table may hold in different cells."""
    pieces: list[Piece] = []
    for segment in row.segments:
        run: list[Word] = []
        right = 0.0
        for word in segment.words:
            if run and word.left - right > _WORD_GAP * segment.size:
                pieces.append(_piece(run, segment))
                run = []
            run.append(word)
            right = max(right, word.right) if len(run) > 1 else word.right
        pieces.append(_piece(run, segment))
    return pieces


def _piece(words: list[Word], segment: Segment) -> Piece:
    return Piece(words, min(one.left for one in words), max(one.right for one in words), segment.base, segment.size)


def line_of(pieces: list[Piece], *, has_rtl: bool) -> Row:
    """Pieces of one cell that stand on one line, as a line of its own."""
    row = Row([Segment(one.words, one.left, one.right, one.base, one.size, plain=False) for one in pieces])
    row.is_rtl = has_rtl and is_rtl(row)
    return row


def text_of(lines: list[Row], left: float, right: float, write: Write) -> str:
    """A cell's text. `left` and `right` are the edges of its column: a line that had room for the next word ends a
    paragraph, any other one goes on (FULL_LINE at its end)."""
    texts = [write(line) for line in lines]
    joined = texts[0] if texts else ""
    for (above, below), text in zip(itertools.pairwise(lines), texts[1:], strict=True):
        segment, word = below.first
        first = word.text.split()[0] if word.text.split() else word.text
        needed = (word.right - word.left) * len(first) / max(len(word.text), 1) + _SPACE * segment.size
        room = above.left - left if above.is_rtl else right - above.right
        goes_on = needed > room and not joined.endswith(":")
        joined += (FULL_LINE if goes_on else "") + "\n" + text
    return joined
