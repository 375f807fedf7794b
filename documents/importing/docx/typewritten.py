"""Word files that were written as on a typewriter, or made from a page: every line a paragraph of its own."""

import re

from documents.importing.cleaning import Line
from documents.importing.marks import strip_marks
from documents.importing.paragraphs import is_wrapped

_FEWEST = 10  # full lines that tell anything
_LONGEST_LINE = 160  # characters of a line across a page; whole paragraphs are longer
_FULL = 0.75  # share of the text's width from which a line is a full one
_GOING_ON = 0.35  # share of full lines after which the sentence goes on in small letters; whole paragraphs give none
_OF_ONE_WIDTH = 0.5  # share of all lines that are full ones, in scripts without small letters
_ENDED = re.compile(r"[.!?;:,。；：！？，、،؛؟…]['\"”»’)\]]*(?: ?\d{1,3})?$")
_CASELESS = re.compile("[\u0600-\u06ff\u3400-\u9fff]")


def is_typewritten(lines: list[Line]) -> bool:
    """Whether a file's lines are wrapped to a width, so that its paragraphs are not those of the text.

    Paragraphs without an end, such as the items of an agenda, are not: they begin with a capital or a label.
    """
    texts = [strip_marks(line.text) for line in lines if line.is_running()]
    lengths = sorted(len(text) for text in texts)
    if len(lengths) < _FEWEST or not is_wrapped(lines):
        return False
    width = min(lengths[int(len(lengths) * 0.9)], _LONGEST_LINE)
    full = [number for number, text in enumerate(texts[:-1]) if width * _FULL <= len(text) <= width * 1.3]
    if len(full) < _FEWEST:
        return False
    going_on = [number for number in full if not _ENDED.search(texts[number])]
    caseless = sum(bool(_CASELESS.search(texts[number])) for number in full) > len(full) / 2
    if caseless:
        return len(full) > len(texts) * _OF_ONE_WIDTH and len(going_on) > len(full) * _GOING_ON
    return sum(texts[number + 1][:1].islower() for number in going_on) > len(full) * _GOING_ON
