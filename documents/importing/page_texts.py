"""A file's text by pages, for those who look for words in it: in reading order, one paragraph a line, words broken at
line ends healed, without page numbers and running heads. Nothing is told apart beside that."""

import math
import re
from collections import Counter, defaultdict
from functools import reduce
from itertools import pairwise
from pathlib import Path

from documents.importing.cleaning import Line, furniture, split_lines
from documents.importing.hyphens import Vocabulary
from documents.importing.marks import FULL_LINE, strip_marks
from documents.importing.masthead import own_symbols
from documents.importing.model import PageTexts
from documents.importing.paragraphs import Paragraph, build_paragraphs, is_wrapped
from documents.importing.reading import read_bytes, source_of
from documents.importing.source import SourceText, table_number

_EDGE = 2  # lines at the top and at the foot of a page that may be running heads
_FEWEST_HEADS = 3  # pages that begin or end alike, and
_SHARE_OF_PAGES = 0.3  # of all: left and right pages have heads of their own, and some pages none
_DIGITS = re.compile(r"\d+")
_LETTER = re.compile(r"[^\W\d_]")
_LEADERS = re.compile(r"(?:\.[ \xa0]?){4,}|(?:…[ \xa0]?){2,}|·{4,}")


def read_page_texts(path: Path) -> PageTexts:
    """The text of a file of any format that there is a reader for, in this process: `contained` keeps a hostile one in
    bounds.

    Raises Refused, with one plain sentence, when the file is no document that can be read.
    """
    source, form = source_of(read_bytes(path))
    return page_texts(source, source.pages if form == "pdf" else 0)


def page_texts(source: SourceText, count: int) -> PageTexts:
    """The text of so many pages that a format's reader gave; with none, all of it as one text."""
    vocabulary = Vocabulary(source.text.replace(FULL_LINE, ""))
    lines = split_lines(source.text)
    printed, _canonical = own_symbols(lines)
    left_out = furniture(lines, printed) | (_running_heads(lines, count) if count else set())
    kept = [line for place, line in enumerate(lines) if place not in left_out]
    known = source.one_line_a_paragraph
    wrapped = None if known else is_wrapped(kept) if known is None else True

    by_page: dict[int, list[Line]] = defaultdict(list)
    for line in kept:
        by_page[line.page if count else 0].append(line)
    texts: dict[int, list[str]] = defaultdict(list)
    # A paragraph that goes on over a page's end is left in two, so that every word is on the page that prints it.
    for page, on_page in by_page.items():
        for paragraph in build_paragraphs(on_page, vocabulary, wrapped, source.tables):
            for turned, text in enumerate(_texts(paragraph)):
                texts[page + turned if count else 0].append(text)
    for note in source.notes:
        texts[note.page if count else 0].append(reduce(vocabulary.join, note.text.split("\n")))
    return PageTexts(
        tuple(_one_a_line(texts[page]) for page in range(max(count, 1))),
        tuple(sorted({*source.pages_without_text, *source.pages_unusable})),
    )


def _texts(paragraph: Paragraph) -> list[str]:
    """A paragraph's text; of a table, that of its cells row by row, for each page that it goes on over."""
    if paragraph.table is None:
        return [" ".join(cell for row in paragraph.rows for cell in row) or paragraph.text]
    table = paragraph.table
    bounds = pairwise((0, *table.turns, len(table.rows)))
    parts = [" ".join(cell.text for row in table.rows[first:end] for cell in row) for first, end in bounds]
    return [f"{table.caption} {parts[0]}", *parts[1:]]


def _one_a_line(paragraphs: list[str]) -> str:
    plain = (" ".join(_LEADERS.sub(" ", strip_marks(text.replace(FULL_LINE, ""))).split()) for text in paragraphs)
    return "\n".join(text for text in plain if text)


def _running_heads(lines: list[Line], pages: int) -> set[int]:
    """The places of lines at the edges of pages that stand on many of them, whatever their figures; the first of each
    stays, so that its words are found."""
    edges: dict[int, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        edges[line.page].append(place)
    places = [place for on_page in edges.values() for place in {*on_page[:_EDGE], *on_page[-_EDGE:]}]
    keys = {place: _key(lines[place]) for place in sorted(places) if table_number(lines[place].text) is None}
    counts = Counter(keys.values())
    fewest = max(_FEWEST_HEADS, math.ceil(pages * _SHARE_OF_PAGES))
    heads = {key for key, count in counts.items() if count >= fewest}
    first = {key: place for place, key in reversed(keys.items()) if _LETTER.search(key)}
    return {place for place, key in keys.items() if key in heads and first.get(key) != place}


def _key(line: Line) -> str:
    """What running heads have in common: their words, wherever they stand."""
    return " ".join(_DIGITS.sub("0", strip_marks(line.text)).casefold().split())
