"""From lines to paragraphs: wrapped lines joined, labels that stand alone put back, page breaks bridged."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from documents.importing import masthead_words as words
from documents.importing.cleaning import Line
from documents.importing.hyphens import Vocabulary
from documents.importing.labels import Label, certain_label, is_article_heading, read_label
from documents.importing.marks import BOLD_OFF, BOLD_ON, is_bold, strip_marks, sure_label
from documents.importing.source import Table, table_number

_WRAP_MAX = 160  # characters: a text most of whose lines are longer has one line a paragraph
_WRAP_ENDED = 0.9  # share of a wrapped text's longer lines that may end with a mark of punctuation
_SLACK = 7  # characters by which a justified line may fall short of the text's right edge
_TAIL = 400  # characters of a paragraph that tell how it ends
_LONGEST = 20_000  # characters: no paragraph is longer, so a text without an end stays fast
_LONG = 90  # characters: a paragraph cut by a page's end is longer than a heading
_END = re.compile(r"[.!?;:。；：！？؟؛…]['\"”»’)\]]*(?: ?\d{1,3}(?:, ?\d{1,3}){0,3})?$")  # a note's figure may follow
_COMMA = re.compile(r"[,，、،]$")
_LEADERS = re.compile(r"\.{5,}|(?: \.){4,}|…{3,}|·{5,}")
_TOC_END = re.compile(r"\s{2,}\d{1,3}(?:\s?[-–−‒]\s?\d{1,3})?(?:\s+\d{1,3})?$|\s\d{1,3}$")
_TOC_GAP = 5  # lines without a page number that a list of contents may hold in a row
_HEADING_LEVEL = re.compile(r"^(#{1,6})\s+")


@dataclass(slots=True)
class Paragraph:
    """One paragraph. `heading` is its level in markdown's signs, 0 without; `lines` counts the lines it was printed on;
    `rows` are the cells of a plain text's table, `table` is one that the format tells apart."""

    text: str
    page: int
    indent: int
    label: Label | None = None
    heading: int = 0
    lines: int = 1
    rows: list[list[str]] = field(default_factory=list)
    table: Table | None = None

    @property
    def plain(self) -> str:
        """The text without private marks."""
        return strip_marks(self.text)

    @property
    def tail(self) -> str:
        """The end of the text without private marks; the whole of it when it is short."""
        return strip_marks(self.text[-_TAIL:])


def is_wrapped(lines: list[Line]) -> bool:
    """Whether a text's lines are wrapped to a width, rather than one line a paragraph.

    Wrapped lines are not very long, and the longer ones mostly end in the middle of a sentence.
    """
    lengths = sorted(len(line.text) for line in lines if line.is_running())
    if not lengths or sum(length for length in lengths if length > _WRAP_MAX) > sum(lengths) / 2:
        return False
    long = lengths[int(len(lengths) * 0.9)] * 0.7
    full = [line for line in lines if len(line.text) >= long and line.is_running()]
    ended = sum(bool(_END.search(line.text) or _COMMA.search(line.text)) for line in full)
    return ended < len(full) * _WRAP_ENDED


def drop_contents(lines: list[Line]) -> list[Line]:
    """The lines without a list of contents: from its heading to its last entry with a page number."""
    kept: list[Line] = []
    place = 0
    while place < len(lines):
        if words.is_contents(strip_marks(lines[place].text).lstrip("# ")):
            end = _contents_end(lines, place)
            if end > place + 2:
                place = end
                continue
        kept.append(lines[place])
        place += 1
    return kept


def _contents_end(lines: list[Line], start: int) -> int:
    end, gap = start + 1, 0
    for place in range(start + 1, len(lines)):
        text = lines[place].text
        if _LEADERS.search(text) or _TOC_END.search(text):
            end, gap = place + 1, 0
        else:
            gap += 1
            if gap > _TOC_GAP:
                break
    return end


def build_paragraphs(
    lines: list[Line], vocabulary: Vocabulary, wrapped: bool | None, tables: Sequence[Table] = ()
) -> list[Paragraph]:
    """The paragraphs of a body's lines.

    `wrapped`: one paragraph may be many lines; None when each line surely is one, and nothing is to be joined.
    `tables` are those that lines stand for.
    """
    builder = _Builder(vocabulary, bool(wrapped), _widths(lines), tables)
    for place, line in enumerate(lines):
        builder.take(line, lines[place - 1] if place else None, lines[place + 1] if place + 1 < len(lines) else None)
    return builder.paragraphs if wrapped is None else list(_joined_over_breaks(builder.paragraphs, vocabulary))


class _Builder:
    """Takes lines one by one; keeps the paragraph that is open, and labels that still wait for their text."""

    def __init__(self, vocabulary: Vocabulary, wrapped: bool, widths: dict[int, int], tables: Sequence[Table]) -> None:
        self.paragraphs: list[Paragraph] = []
        self._vocabulary = vocabulary
        self._wrapped = wrapped
        self._widths = widths
        self._tables = tables
        self._lone: Label | None = None  # a label alone on its line: the next text is its own
        self._waiting: Label | None = None  # a lone label that another one overtook: it takes the next free text
        self._open = False
        self._last_number = 0

    def take(self, line: Line, before: Line | None, after: Line | None) -> None:
        label = read_label(strip_marks(line.text).lstrip("# "))
        table = table_number(line.text)
        if table is not None and table < len(self._tables):
            self.paragraphs.append(Paragraph("", line.page, line.indent, table=self._tables[table]))
            self._open = False
        elif label and label.length >= len(strip_marks(line.text)) and label.style != "bullet":
            self._take_lone(label, line)
        elif self._lone:
            self._begin(f"{self._lone.printed} {line.text}", line)
            self._lone = None
        elif self._wrapped and _is_row(line, before, after):
            self._take_row(line)
        elif self._begins(line, before, after, label):
            self._begin_unlabelled(line, label)
        else:
            last = self.paragraphs[-1]
            last.text = self._vocabulary.join(last.text, line.text)
            last.lines += 1

    def _take_lone(self, label: Label, line: Line) -> None:
        if self._lone and self._lone.style in {"number", "capital", "roman_capital"}:
            self._waiting, self._lone = self._lone, label
        elif self._lone:
            self._waiting = label
        else:
            self._lone = label
        self._open = False

    def _begin_unlabelled(self, line: Line, label: Label | None) -> None:
        if self._waiting and not label and self.paragraphs and _END.search(self.paragraphs[-1].tail):
            self._begin(f"{self._waiting.printed} {line.text}", line)
            self._waiting = None
        else:
            self._begin(line.text, line)

    def _begin(self, text: str, line: Line) -> None:
        heading = _HEADING_LEVEL.match(text)
        if heading:
            text = text[heading.end() :]
        label = certain_label(sure_label(text)) or read_label(strip_marks(text))
        self.paragraphs.append(Paragraph(text, line.page, line.indent, label, len(heading[1]) if heading else 0))
        self._open = True
        if label and label.style == "number":
            self._last_number = label.value

    def _take_row(self, line: Line) -> None:
        row = [cell for _, cell in line.cells()]
        if self.paragraphs and self.paragraphs[-1].rows and self.paragraphs[-1].page == line.page:
            self.paragraphs[-1].rows.append(row)
        else:
            self.paragraphs.append(Paragraph(" | ".join(row), line.page, line.indent, rows=[row]))
        self._open = False

    def _begins(self, line: Line, before: Line | None, after: Line | None, label: Label | None) -> bool:
        """Whether a line begins a paragraph."""
        if not self._open or not before or line.text.startswith("#"):
            return True
        last = self.paragraphs[-1]
        if last.text.rfind(BOLD_ON) > last.text.rfind(BOLD_OFF):
            return False  # emphasis goes on over the line's end, so the paragraph does
        if len(last.text) > _LONGEST or not self._wrapped or line.blanks or line.page != before.page or last.heading:
            return True
        if label and self._label_is_plausible(label, line, last.tail):
            return True
        if is_article_heading(last.tail) or is_article_heading(line.text):
            return True
        return self._is_new_by_shape(line, before, after, last)

    def _label_is_plausible(self, label: Label, line: Line, last: str) -> bool:
        """Whether a label at a wrapped line's beginning is one, and not a number or bracket of the sentence."""
        if (
            _END.search(last)
            or _COMMA.search(last)
            or last.rsplit(" ", 1)[-1] in {"and", "or", "et", "ou", "y", "o", "и"}
        ):
            return label.style != "roman_capital" or label.printed.endswith(".")
        starts_sentence = line.text[label.length : label.length + 1].isupper()
        if label.style == "number" and label.value == self._last_number + 1 and starts_sentence:
            return last.rsplit(" ", 1)[-1] not in words.SMALL_WORDS
        return label.style == "number" and _is_heading_like(last) and line.text[label.length : label.length + 1] != ""

    def _is_new_by_shape(self, line: Line, before: Line, after: Line | None, last: Paragraph) -> bool:
        """Whether the line before was left short on purpose, or the indent changes as between paragraphs."""
        first_word = line.text.split(maxsplit=1)[0]
        edge = self._widths.get(line.page, 0)
        room = 0 if before.is_full else edge - before.right - 1 - len(first_word)
        ended = bool(_END.search(last.tail))
        if room > _SLACK and (ended or (_COMMA.search(last.tail) and first_word[0].isupper())):
            return True
        leaves_heading = len(last.text) < _LONG * 2 and first_word[0].isupper() and not _goes_on(last, line)
        if room > _SLACK and leaves_heading and not _is_second_line(last, line, after, edge):
            return True
        text_column = last.indent + (last.label.length if last.label else 0) + 6
        if last.label and last.label.style in {"roman_capital", "capital"} and line.indent > text_column:
            return True
        return ended and abs(line.indent - last.indent) >= 3 and line.indent > before.indent


def _is_second_line(last: Paragraph, line: Line, after: Line | None, edge: int) -> bool:
    """Whether a short line that stands alone under another one ends a heading of two lines."""
    alone = after is None or after.blanks > 0 or read_label(strip_marks(after.text)) is not None
    return alone and last.lines == 1 and line.right < edge * 0.8 and not _END.search(line.text)


def _goes_on(last: Paragraph, line: Line) -> bool:
    """Whether a short line may still be part of one heading or title: it ends in a small word, or hangs."""
    small_word = last.tail.rsplit(" ", 1)[-1].lower() in words.SMALL_WORDS
    hanging = bool(last.label) and line.indent >= last.indent + 3
    return small_word or hanging or _COMMA.search(last.tail) is not None


def _is_row(line: Line, before: Line | None, after: Line | None) -> bool:
    """Whether a line is a row of a table: wide gaps, and a neighbour that has them too."""
    if len(line.cells(gap=4)) < 2 or read_label(strip_marks(line.text)):
        return False
    return any(near is not None and len(near.cells(gap=4)) > 1 and near.page == line.page for near in (before, after))


def _is_heading_like(text: str) -> bool:
    return len(text) < _LONG * 2 and not _END.search(text)


def _widths(lines: Iterable[Line]) -> dict[int, int]:
    """The right edge of the text on every page: where its longer lines end."""
    edges: dict[int, list[int]] = {}
    for line in lines:
        if len(line.text) > 40 and line.is_running():
            edges.setdefault(line.page, []).append(line.right)
    return {page: sorted(rights)[int(len(rights) * 0.85)] for page, rights in edges.items()}


def _joined_over_breaks(paragraphs: list[Paragraph], vocabulary: Vocabulary) -> Iterable[Paragraph]:
    """The paragraphs with those put together that a page's end cut in two."""
    last: Paragraph | None = None
    for paragraph in paragraphs:
        if last and _was_cut(last, paragraph):
            last.text = vocabulary.join(last.text, paragraph.text)
            continue
        if last:
            yield last
        last = paragraph
    if last:
        yield last


def _is_table(*paragraphs: Paragraph) -> bool:
    return any(paragraph.rows or paragraph.table for paragraph in paragraphs)


def _was_cut(last: Paragraph, following: Paragraph) -> bool:
    """Whether a paragraph goes on in the next one: nothing ended, and no label, heading or table begins."""
    if last.heading or following.heading or following.label or is_bold(last.text) or _is_table(last, following):
        return False
    start = following.plain[:1]
    if _END.search(last.tail) or words.is_enactor(following.tail):
        return False
    numbered = last.label is not None and last.label.style == "number"
    if len(last.text) < _LONG and not (numbered and last.page != following.page):
        return False
    if last.page != following.page:
        if start.islower() or start.isdigit() or start in '([“«"':
            return True
        return not _COMMA.search(last.tail) and len(following.text) > _LONG // 2
    return bool(re.search(r"[^\W\d_]$", last.tail)) and start.islower()
