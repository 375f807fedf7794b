"""Marks in shown text: which words of a title or passage are what the reader looked for, and which part to show.

Engines store texts and find documents; the marks are made here from the same analysis, so an inflected form is marked
for the reason that it was found. Text stays text: pieces with a flag, never HTML.
"""

from collections.abc import Iterable, Sequence
from itertools import islice

from search.engines.analysis import is_han, stems_of, token_spans, tokens
from search.engines.base import Piece, Snippet
from search.engines.kept_texts import KeptText
from search.engines.synonyms import Unit

SNIPPET_LENGTH = 260  # characters
HAN_SNIPPET_LENGTH = 110  # a Chinese character says more
_FIRST_HAN = "\u3400"  # no character before it is Chinese
_LEAD = 60  # characters shown before the first mark, at most

Span = tuple[int, int]


class Marker:
    """Finds what a reader looked for, and its synonyms, in texts of one language.

    `terms` is the number of different terms; a synonym stands for all the terms of its unit.
    """

    def __init__(self, sought: Iterable[Unit], language: str) -> None:
        self._stems = stems_of(language)
        sought = list(sought)
        numbers: dict[tuple[str, ...], frozenset[int]] = {}
        for stems in (term.stems(language) for unit in sought for term in unit.terms):
            numbers.setdefault(stems, frozenset({len(numbers)}))
        self.terms = len(numbers)
        for unit in sought:
            whole = frozenset().union(*(numbers[term.stems(language)] for term in unit.terms))
            for other in unit.others:
                numbers.setdefault(other.stems(language), whole)
        self._sequences = list(numbers)
        self._stand_for = list(numbers.values())
        self._needles = [(f" {' '.join(stems)} ", whole) for stems, whole in numbers.items()]
        self._by_first: dict[str, list[int]] = {}
        for number, sequence in enumerate(self._sequences):
            self._by_first.setdefault(sequence[0], []).append(number)

    def matches(self, text: str) -> tuple[frozenset[int], int]:
        """Which terms a text holds, by number, and how many occurrences of any."""
        stems = [self._stems[token] for token in tokens(text)]
        found = [self._stand_for[number] for number, _start, _end in self._occurrences(stems)]
        return frozenset().union(*found), len(found)

    def held(self, stems: str) -> frozenset[int]:
        """Which terms are among stems that have spaces around each of them."""
        return frozenset().union(*(whole for needle, whole in self._needles if needle in stems))

    def ranked(self, stems: str) -> list[int]:
        """The places of the lines of stems that hold a term, the best first.

        Those come first that hold most different terms, then those with most occurrences, then the earlier ones. Of two
        occurrences without a word between them, one is counted.
        """
        needles = [found for found in self._needles if found[0] in stems]
        if not needles:
            return []
        ranked = []
        for place, line in enumerate(stems.split("\n")):
            counted = [(line.count(needle), whole) for needle, whole in needles if needle in line]
            if counted:
                different = frozenset().union(*(whole for _count, whole in counted))
                ranked.append((-len(different), -sum(count for count, _whole in counted), place))
        return [place for _different, _occurrences, place in sorted(ranked)]

    def spans(self, text: str) -> list[Span]:
        """Where the terms stand in a text; what overlaps, or touches in Chinese, is one span."""
        placed = token_spans(text)
        stems = [self._stems[token] for _start, _end, token in placed]
        spans: list[Span] = []
        for _number, first, last in sorted(self._occurrences(stems), key=lambda found: found[1:]):
            start, end = placed[first][0], placed[last][1]
            if spans and start <= spans[-1][1]:
                spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
            else:
                spans.append((start, end))
        return spans

    def _occurrences(self, stems: Sequence[str]) -> list[tuple[int, int, int]]:
        """Number, first and last word of each occurrence of a sequence among stems."""
        found = []
        starts = self._by_first
        for place in [place for place, word in enumerate(stems) if word in starts]:
            for number in starts[stems[place]]:
                sequence = self._sequences[number]
                if tuple(stems[place : place + len(sequence)]) == sequence:
                    found.append((number, place, place + len(sequence) - 1))
        return found


def mark(text: str, marker: Marker) -> tuple[Piece, ...]:
    """A whole text in pieces."""
    return _pieces(text, marker.spans(text), 0, len(text))


def snippets(text: KeptText, marker: Marker, count: int, title: str = "") -> tuple[Snippet, ...]:
    """The best parts of the best passages, in the order of `Marker.ranked`; none that only repeats the title.

    When none holds a term, the beginning of the first passage, without marks.
    """
    found = _snippets(text, marker.ranked(text.stems), marker, count, title) if count else ()
    return found or _snippets(text, range(len(text)), marker, min(count, 1), title)


def _snippets(text: KeptText, places: Iterable[int], marker: Marker, count: int, title: str) -> tuple[Snippet, ...]:
    passages = (passage for passage in map(text.passage, places) if not _is_title(passage.text, title))
    return tuple(
        Snippet(passage.anchor, passage.label, excerpt(passage.text, marker), passage.url)
        for passage in islice(passages, count)
    )


def _is_title(text: str, title: str) -> bool:
    """Whether a passage only repeats the title, as the head of a file does."""
    return bool(title) and text.casefold().split() == title.casefold().split()


def excerpt(text: str, marker: Marker) -> tuple[Piece, ...]:
    """The stretch of a text with the most marks, cut between words, with an ellipsis where it is cut."""
    length = HAN_SNIPPET_LENGTH if _is_chinese(text[:40]) else SNIPPET_LENGTH
    spans = marker.spans(text)
    start, end = _window(text, spans, length)
    pieces = list(_pieces(text, spans, start, end))
    if start > 0:
        pieces.insert(0, Piece("… ", False))
    if end < len(text.rstrip()):
        pieces.append(Piece(" …", False))
    return tuple(pieces)


def _is_chinese(text: str) -> bool:
    """Whether there is a Chinese character; most texts are told without looking at each of theirs."""
    return max(text, default="") >= _FIRST_HAN and any(map(is_han, text))


def _window(text: str, spans: Sequence[Span], length: int) -> Span:
    """Where an excerpt of about this length starts and ends so that it holds as many spans as can be."""
    if len(text) <= length:
        return 0, len(text)
    if not spans:
        return 0, _word_end(text, length)
    room = length - _LEAD
    first = max(spans, key=lambda span: (sum(span[0] <= other[0] < span[0] + room for other in spans), -span[0]))[0]
    start = _word_start(text, max(0, min(first - _LEAD, len(text) - length)), first)
    return start, _word_end(text, max(start + length, first + 1))


def _word_start(text: str, place: int, limit: int) -> int:
    """The first beginning of a word from `place` on, before `limit`; `place` itself where there is no space."""
    if place == 0 or text[place - 1].isspace():
        return place
    space = text.find(" ", place, limit)
    return space + 1 if space >= 0 else place


def _word_end(text: str, place: int) -> int:
    """The last end of a word up to `place`; `place` itself where there is no space near it."""
    if place >= len(text):
        return len(text)
    space = text.rfind(" ", place - 30, place + 1)
    return space if space > 0 else place


def _pieces(text: str, spans: Iterable[Span], start: int, end: int) -> tuple[Piece, ...]:
    """Marked and unmarked stretches of `text[start:end]` in their order; line breaks become spaces."""
    pieces = []
    place = start
    for first, last in spans:
        if last <= start or first >= end:
            continue
        marked = slice(max(first, start), min(last, end))
        pieces += [Piece(text[place : marked.start], False), Piece(text[marked], True)]
        place = marked.stop
    pieces.append(Piece(text[place:end], False))
    return tuple(Piece(part.text.replace("\n", " "), part.is_match) for part in pieces if part.text)
