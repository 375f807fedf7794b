"""The text of a version as an index keeps it for snippets: passages in blocks, and their stems apart from them.

What a reader looked for is looked for in the stems, as it was in the index, and only the blocks with the passages shown
are read. So a file of some hundred pages costs little more than a short text, and its last page is found as well
as its first.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import accumulate
from typing import Any

from search.engines.base import Entry, Passage

MOST_READ = 200_000  # characters of a version that are read for its words, where a part of it tells enough

LONGEST_PASSAGE = 6_000  # characters; what is longer is parted, at the end of a line or between words
_BLOCK = 60_000  # characters of passages that are kept together
_END = "\0"  # of a passage in a block; no cleaned text holds it

as_json = json.JSONEncoder(ensure_ascii=False).encode
_BLANK_LINE = re.compile(r"\n\s*\n")


def all_passages(entry: Entry) -> Iterator[Passage]:
    """The passages of an entry, and the paragraphs of its text without anchors as further ones; none is very long.

    They are the same again for an entry that was given back what was kept of it.
    """
    for passage in entry.passages:
        for text in _parts(passage.text):
            yield passage if text == passage.text else replace(passage, text=text)
    for paragraph in _BLANK_LINE.split(entry.text):
        for text in _parts(paragraph):
            yield Passage("", "", text)


def passages_of(entry: Entry) -> list[Passage]:
    """The first of them: MOST_READ characters."""
    found = []
    room = MOST_READ
    for passage in all_passages(entry):
        if room <= 0:
            break
        found.append(replace(passage, text=passage.text[:room]))
        room -= len(passage.text)
    return found


def _parts(text: str) -> list[str]:
    """The text in parts that are not very long, without spaces around them; none of nothing."""
    parts = []
    start = 0
    while len(text) - start > LONGEST_PASSAGE:
        end = start + LONGEST_PASSAGE
        cut = max(text.rfind("\n", start + 1, end), text.rfind(" ", start + LONGEST_PASSAGE // 2, end))
        cut = cut if cut > start else end
        parts.append(text[start:cut].strip())
        start = cut
    parts.append(text[start:].strip())
    return [part for part in parts if part]


def keep(passages: Sequence[Passage], stems: Iterable[str]) -> list[str]:
    """What is kept of passages, in an order of its own: `stems` are those of each, separated by spaces."""
    return ["\n".join([f" {line} " for line in stems]), *in_blocks(passages)]


def in_blocks(passages: Sequence[Passage]) -> list[str]:
    """What is kept of passages but their stems: where each of them is, and the blocks."""
    blocks: list[list[str]] = []
    room = 0
    for passage in passages:
        if room <= 0:
            blocks.append([])
            room = _BLOCK
        blocks[-1].append(passage.text)
        room -= len(passage.text)
    heads = [[(part.anchor, part.label, part.url) for part in passages], [len(block) for block in blocks]]
    return [as_json(heads), *map(_END.join, blocks)]


class KeptText:
    """A version's text, read as far as it is asked for.

    `kept` are the parts that `keep` gave, in the form that an engine has for them; `unpacked` gives the part again.
    """

    def __init__(self, kept: Sequence[Any] = (), unpacked: Callable[[Any], str] = str) -> None:
        self._kept = kept or keep([], [])
        self._unpacked = unpacked if kept else str
        self._blocks: dict[int, list[str]] = {}

    @cached_property
    def stems(self) -> str:
        """A line for each passage: its stems with spaces around each of them."""
        return self._unpacked(self._kept[0])

    @cached_property
    def _heads(self) -> tuple[list[list[str]], list[int]]:
        heads, sizes = json.loads(self._unpacked(self._kept[1]))
        return heads, list(accumulate(sizes))

    def __len__(self) -> int:
        return len(self._heads[0])

    def passage(self, place: int) -> Passage:
        """A passage by its place."""
        heads, ends = self._heads
        block = next(number for number, end in enumerate(ends) if place < end)
        if block not in self._blocks:
            self._blocks[block] = self._unpacked(self._kept[2 + block]).split(_END)
        anchor, label, url = heads[place]
        return Passage(anchor, label, self._blocks[block][place - (ends[block - 1] if block else 0)], url)

    def passages(self) -> Iterator[Passage]:
        """All passages in their order."""
        return map(self.passage, range(len(self)))

    def given_to(self, entry: Entry) -> Entry:
        """The entry with its text and passages."""
        passages = list(self.passages())
        text = "\n\n".join(part.text for part in passages if not part.anchor)
        return replace(entry, text=text, passages=tuple(part for part in passages if part.anchor))
