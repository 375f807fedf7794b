"""The lines below a masthead parted into blocks: agenda items' titles, the paper's title, who presents it."""

import re

from documents.importing import masthead_words as words
from documents.importing.head_items import Item
from documents.importing.kinds import kind_of_line
from documents.importing.marks import BOLD_OFF, BOLD_ON, is_bold, strip_marks

ADOPTED = re.compile(
    r"^(?:r[eé]solution|resoluci[oó]n|резолюция|d[eé]cision|decisi[oó]n|решение|قرار|مقرر),?\s+"
    r"(?:adopted|adopt[eé]e?|aprobada|adoptada|принят|اتخذ)|^(?:\d{4}年\d{1,2}月\d{1,2}日)?大会(?:决议|决定|.{0,20}通过的决议)",
    re.IGNORECASE,
)


def blocks_of(items: list[Item], attached: bool) -> tuple[list[Item], list[list[Item]]]:
    """Items parted at empty lines: those that follow the anchor without one, and the other blocks."""
    first: list[Item] = []
    blocks: list[list[Item]] = []
    open_bold = False
    for item in items:
        if (
            (item.blanks and not open_bold)
            or (not blocks and not attached)
            or (blocks and _stands_alone(item, blocks[-1]))
        ):
            blocks.append([item])
        elif blocks:
            blocks[-1].append(item)
        else:
            first.append(item)
        opened, closed = item.text.rfind(BOLD_ON), item.text.rfind(BOLD_OFF)
        open_bold = opened > closed or (open_bold and closed < 0)
    return first, blocks


def split_at_title(in_block: list[Item], blocks: list[list[Item]]) -> tuple[list[Item], list[list[Item]]]:
    """Parts the lines under the anchor where one of them can only begin a title: a letter's, a resolution's."""
    for place, item in enumerate(in_block):
        text = strip_marks(item.text)
        if ADOPTED.match(text) or kind_of_line(text) == "letter":
            return in_block[:place], [in_block[place:], *blocks]
    return in_block, blocks


def split_close_set(in_block: list[Item], blocks: list[list[Item]]) -> tuple[list[Item], list[list[Item]]]:
    """Parts an item's title from the paper's where no empty line does, before who presents it: two beginnings only."""
    presenter = next((place for place, item in enumerate(in_block) if place > 1 and presents([item])), None)
    if presenter is None:
        return in_block, blocks
    starts = [place for place in range(1, presenter) if _begins_anew(in_block[place - 1], in_block[place])]
    if len(starts) != 1:
        return in_block, blocks
    return in_block[: starts[0]], [in_block[starts[0] : presenter], in_block[presenter:], *blocks]


def _begins_anew(above: Item, item: Item) -> bool:
    """Whether a line can only begin something else than the line above it goes on to say."""
    before, text = strip_marks(above.text).rstrip("* "), strip_marks(item.text)
    going_on = before.endswith((",", ":", "-", "–", "،")) or before.rsplit(" ", 1)[-1] in words.SMALL_WORDS
    return text[:1].isupper() and not going_on


def _stands_alone(item: Item, block: list[Item]) -> bool:
    """Whether a line begins a block of its own without an empty line: who presents the paper, or a whole bold line."""
    before = block[-1].text
    return (
        words.is_presented_by(strip_marks(item.text))
        or is_bold(item.text) != is_bold(before)
        or len(before) > 100 < len(item.text)
    )


def presents(block: list[Item]) -> bool:
    """Whether a block begins with who presents the paper."""
    return words.is_presented_by(strip_marks(block[0].text))
