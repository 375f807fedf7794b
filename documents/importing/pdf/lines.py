"""Rows written as lines of text: on a grid of columns as on the page, with emphasis and footnote references."""

import itertools
import math
import re
import statistics
from collections import Counter
from dataclasses import dataclass

from documents.importing.cleaning import clean_characters
from documents.importing.marks import BOLD_OFF, BOLD_ON, FULL_LINE, ITALIC_OFF, ITALIC_ON, note_mark, strip_marks
from documents.importing.pdf.bidi import has_rtl, reading_order
from documents.importing.pdf.columns import Block
from documents.importing.pdf.rows import NO_GAP, Row, Segment
from documents.importing.pdf.words import BOLD, BROKEN, ITALIC, Word

_LONG_ROW = 40  # characters; a row of so many tells how wide a character is
_USUAL_WIDTH = 0.45  # of the size: a character's width where no row tells
_USUAL_LEADING = 1.2  # of the size
_LOOSE = 1.3  # of the leading: more room above a row parts paragraphs
_MOST_BLANKS = 5
_CLEAR_GAP = 1.5  # of the size: a gap that surely parts two cells
_CLEAR_SPACES = 3  # and how many spaces say so
_NEARLY = 0.5  # of the size: how far from the edge a full line may end
_STRETCHED = 2.0  # of the size: the widest space of a justified line
_FEWEST_STRETCHED = 3  # fewer wide gaps are those between cells
# What must be cleaned out of a word; pages mostly hold none of it.
_UNCLEAN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u0640\u200b-\u200f\u202a-\u202e\u2060-\u206f\ue000-\uf8ff"
    "\ufb00-\ufb06\ufb50-\ufdff\ufe70-\uffff\u2e80-\u2fdf\uf900-\ufaff\U000f0000-\U0010ffff]|[\u2010]$"
)
_BULLETS = str.maketrans(dict.fromkeys("\uf0b7\uf0a8\uf0d8\uf0fc\uf076", "•") | {"\uf0a7": "▪", "\uf02d": "–"})
_HYPHEN = re.compile(f"[\u00ad\u2010{BROKEN}\x02]$")
_FIGURES = re.compile(r"\d{1,3}|\*{1,3}|[a-z](?=/?$)")
_BAR_CODE = re.compile(r"\*[A-Z]?\d{6,8}\*")
_TURNED = re.compile(r"^[^\u0590-\u08ff\ufb1d-\ufefc]*$(?<=[(*])|^[.,:;)][^\u0590-\u08ff\ufb1d-\ufefc]*$")  # ".1 A"
_TURNED_DATE = re.compile(r"^([A-Z][a-z]+ \d{4}) (\d{1,2})$")  # how a line of Arabic prints "1 July 2020"
_PLACEHOLDER = 0xE100  # private characters that stand for raised figures while an Arabic line is put into order
_PLACEHOLDERS = re.compile("([\ue100-\ue1ff])")
_ON = {BOLD: BOLD_ON, ITALIC: ITALIC_ON, BOLD | ITALIC: BOLD_ON + ITALIC_ON}
_OFF = {BOLD: BOLD_OFF, ITALIC: ITALIC_OFF, BOLD | ITALIC: ITALIC_OFF + BOLD_OFF}


@dataclass(frozen=True, slots=True)
class Measures:
    """A document's usual text, in points: its size, the width of a character, the leading; and its style bits."""

    size: float
    character: float
    leading: float
    style: int


def measure(pages: list[list[Row]]) -> Measures:
    """The measures of the text that most characters of these pages are set in."""
    sizes: Counter[float] = Counter()
    styles: Counter[int] = Counter()
    for row in itertools.chain.from_iterable(pages):
        sizes[round(row.size * 2) / 2] += round(row.right - row.left)
        styles[row.segments[-1].words[-1].style] += round(row.right - row.left)
    size = (sizes.most_common(1)[0][0] if sizes else 0) or 10.0
    widths: list[float] = []
    leadings: Counter[float] = Counter()
    for rows in pages:
        usual = [row for row in rows if abs(row.size - size) < 0.5]
        for row in usual:
            words = row.segments[-1].words
            length = len(words) - 1 + sum([len(word.text) for word in words])
            if length > _LONG_ROW:
                widths.append((row.segments[-1].right - row.segments[-1].left) / length)
        for above, below in itertools.pairwise(usual):
            apart = round((above.base - below.base) * 2) / 2
            if size * 0.9 < apart < size * 4:
                leadings[apart] += 1
    return Measures(
        size=size,
        character=statistics.median(widths) if widths else size * _USUAL_WIDTH,
        leading=leadings.most_common(1)[0][0] if leadings else size * _USUAL_LEADING,
        style=styles.most_common(1)[0][0] if styles else 0,
    )


class LineWriter:
    """Writes the pages of one document; remembers its footnotes' keys for marks that are set again on a later page."""

    def __init__(self, measures: Measures) -> None:
        self._measures = measures
        self._keys: dict[str, str] = {}

    def turn_page(self, keys: dict[str, str]) -> None:
        """Begins a page. `keys` are those of its footnotes by the mark printed."""
        self._keys = {mark: key for mark, key in self._keys.items() if mark.isdecimal()} | keys

    def page(self, blocks: list[Block], right: float, *, has_rtl: bool) -> str:
        """The lines of the page that was begun. `right` is the right edge of its text."""
        lines: list[str] = []
        above: Row | None = None
        for block in (block for block in blocks if block.rows):
            if block.mark is not None:
                lines += [block.mark] if block.mark else []
                above = block.rows[-1]
                continue
            edge = max(row.right for row in block.rows) if block.is_column else right
            edges = _usual_edges(block.rows)
            for row in block.rows:
                if above is not None:
                    lines += [""] * self._blanks(above, row)
                is_stretched = block.is_column or _is_justified(row, edge)
                line = self._line(row, block.left, edge, has_rtl=has_rtl, is_stretched=is_stretched)
                lines.append(line + FULL_LINE if _is_full(row, edges) else line)
                above = row
        return "\n".join(lines)

    def alone(self, row: Row) -> str:
        """A row of a footnote or of a cell, its segments parted by one space."""
        return self._line(row, row.left, row.right, has_rtl=has_rtl(row.text), is_stretched=True).strip()

    def _blanks(self, above: Row, row: Row) -> int:
        """How many empty lines the room between two rows is worth; none where the text goes up to another column."""
        measures = self._measures
        apart = above.base - row.base
        if apart <= measures.leading * _LOOSE:
            return 0
        leading = measures.leading * max(1.0, max(row.size, above.size) / measures.size)
        if apart <= leading * _LOOSE:
            return 0
        return min(_MOST_BLANKS, max(1, round(apart / leading) - 1))

    def _line(self, row: Row, left: float, right: float, *, has_rtl: bool, is_stretched: bool) -> str:
        """A row as a line. A row of Arabic begins at the right edge; the gaps of a stretched row are plain spaces."""
        mirrored = row.is_rtl
        line = ""
        last: Segment | None = None
        for segment in reversed(row.segments) if mirrored else row.segments:
            text = self._mirrored(segment) if mirrored else self._text(segment, has_rtl=has_rtl)
            if not text:
                continue
            offset = right - segment.right if mirrored else segment.left - left
            length = len(strip_marks(line)) if line else 0
            spaces = max(0, round(offset / self._measures.character) - length)
            if last:
                gap = last.left - segment.right if mirrored else segment.left - last.right
                spaces = max(spaces, _CLEAR_SPACES if gap > _CLEAR_GAP * segment.size else 1)
                spaces = 1 if is_stretched else spaces
            line += " " * spaces + text
            last = segment
        return line

    def _text(self, segment: Segment, *, has_rtl: bool) -> str:
        """A segment's words as text, with emphasis and references to footnotes as private marks."""
        words = _in_reading_order(segment.words) if has_rtl else segment.words
        style = self._measures.style
        if segment.plain and words[0].style == style and not has_rtl:
            text = " ".join([word.text for word in words])
            if not _UNCLEAN.search(text):
                return self._with_stars(text)
        parts: list[str] = []
        emphasis = 0
        last: Word | None = None
        for word in words:
            parted = last is not None and word.left - last.right > NO_GAP * segment.size
            text = word.text
            if word.size < segment.size and segment.is_raised(word):
                text, is_reference = self._reference(text)
                parted = parted and not is_reference
            elif _UNCLEAN.search(text):
                text = _clean(text, is_last=word is words[-1])
            shown = word.style if word.style != style else 0
            if shown != emphasis:
                if emphasis:
                    parts.append(_OFF[emphasis])
                parts.append(" " if parted else "")
                if shown:
                    parts.append(_ON[shown])
                emphasis = shown
            elif parted:
                parts.append(" ")
            parts.append(text)
            last = word
        if emphasis:
            parts.append(_OFF[emphasis])
        text = "".join(parts)
        return self._with_stars(_TURNED_DATE.sub(r"\2 \1", text) if has_rtl else text)

    def _reference(self, figures: str) -> tuple[str, bool]:
        """Raised figures as references to the footnotes that bear them; as they are where no footnote does."""
        marks = _FIGURES.findall(figures)
        if not marks or not all(mark in self._keys for mark in marks):
            return figures, False
        return "".join(note_mark(self._keys[mark]) for mark in marks), True

    def _with_stars(self, text: str) -> str:
        """The text with the asterisks behind its words as references, where the page has such a footnote."""
        if "*" not in text or _BAR_CODE.fullmatch(text):
            return text
        return re.sub(
            r"(?<=[^\s*]) ?(?<!\*)(\*{1,3})(?![*\w])",
            lambda match: note_mark(self._keys[match[1]]) if match[1] in self._keys else match[0],
            text,
        )

    def _mirrored(self, segment: Segment) -> str:
        """A segment of Arabic as it is read."""
        figures: list[str] = []
        printed: list[str] = []
        last: Word | None = None
        for word in segment.words:
            if last and word.left - last.right > NO_GAP * segment.size:
                printed.append(" ")
            last = word
            if segment.is_raised(word) and self._reference(word.text)[1] and len(figures) < 256:
                printed.append(chr(_PLACEHOLDER + len(figures)))
                figures.append(self._reference(word.text)[0])
            else:
                printed.append(word.text)
        text = reading_order("".join(printed), is_rtl=True)
        pieces = _PLACEHOLDERS.split(text)
        for place, piece in enumerate(pieces):
            is_figure = len(piece) == 1 and _PLACEHOLDERS.match(piece)
            pieces[place] = figures[ord(piece) - _PLACEHOLDER] if is_figure else _clean(piece, is_last=False)
        joined = re.sub(r" (?=\ue000)", "", "".join(pieces)).strip()
        shown = {word.style for word in segment.words if word.text.isalpha()}
        if len(shown) == 1 and (style := shown.pop()) and style != self._measures.style:
            joined = _ON[style] + joined + _OFF[style]
        return self._with_stars(joined)


def _usual_edges(rows: list[Row]) -> tuple[float, float]:
    """Where the lines of a block mostly begin and end; nowhere, as it were, where no two do so in one place."""
    starts, ends = Counter([round(row.left) for row in rows]), Counter([round(row.right) for row in rows])
    left, right = starts.most_common(1)[0], ends.most_common(1)[0]
    return left[0] if left[1] > 1 else -math.inf, right[0] if right[1] > 1 else math.inf


def _is_full(row: Row, edges: tuple[float, float]) -> bool:
    """Whether a row goes on to where the lines around it mostly end."""
    left, right = edges
    return row.left < left + row.size * _NEARLY if row.is_rtl else row.right > right - row.size * _NEARLY


def _clean(text: str, *, is_last: bool) -> str:
    """A word without what belongs to its font or line only; a hyphen at a line's end is a plain one."""
    if is_last:
        text = _HYPHEN.sub("-", text)
    return clean_characters(text.translate(_BULLETS))


def _is_justified(row: Row, right: float) -> bool:
    """Whether a row's wide gaps are only the spaces of a line that was stretched to the right edge."""
    if len(row.segments) <= _FEWEST_STRETCHED:
        return False
    gaps = [after.left - before.right for before, after in itertools.pairwise(row.segments)]
    stretched = [gap for gap in gaps if gap < _STRETCHED * row.size]
    return len(stretched) >= _FEWEST_STRETCHED and len(gaps) - len(stretched) <= 1 and row.right > right - row.size


def is_rtl(row: Row) -> bool:
    """Whether a row of a page with Arabic runs from right to left: by its letters, or by the signs at its ends."""
    if _TURNED.search(row.text):
        return True
    letters = [letter for segment in row.segments for word in segment.words for letter in word.text if letter.isalpha()]
    return sum(map(has_rtl, letters)) * 2 >= len(letters) and any(map(has_rtl, letters))


def _in_reading_order(words: list[Word]) -> list[Word]:
    """The words of a line that runs from left to right, with the Arabic words in it put into order."""
    ordered: list[Word] = []
    for is_rtl, run in itertools.groupby(words, key=lambda word: has_rtl(word.text)):
        if not is_rtl:
            ordered += run
            continue
        printed = list(run)
        texts = reading_order(" ".join(word.text for word in printed)).split(" ")
        if len(texts) == len(printed):
            ordered += [word._replace(text=text) for word, text in zip(printed, texts, strict=True)]
        else:
            ordered += printed
    return ordered
