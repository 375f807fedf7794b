"""Which paragraph of one language version answers which of another.

The two texts are gone through once, in order, and the cheapest way to pair them is taken: paragraph with paragraph,
one with two, or one left alone. A pair is cheap when labels agree, when both name the same figures, symbols and
abbreviations, and when the lengths are those of translations (W. Gale and K. Church, "A program for aligning sentences
in bilingual corpora", Computational Linguistics 19, 1993: lengths of translations are proportional, and their
difference varies with the root of the length). No dictionary is needed, so any two languages can be tied.
"""

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from documents.importing.anchors import free_anchor
from documents.importing.model import Block, DocumentReading
from documents.symbols.folding import fold_lookalikes

# The cost of leaving a paragraph alone; a pair that costs more than two of these is never made.
_ALONE = 4.0
_MERGED = 2.5  # added where one paragraph answers two
_OTHER_LABEL = 5.0
_ONE_LABEL = 2.0  # only one of the two has a label
_OTHER_KIND = 1.0
_NAMES = 4.0  # at most, where figures and names do not agree at all
_SPREAD = 6.8  # variance of a length's difference for each character, after Gale and Church
_BAND = 30  # paragraphs by which the two texts may run apart, besides a twentieth of their length

_NAME = re.compile(r"\d+(?:[.,]\d+)*|[A-Z][A-Za-z]*[A-Z][A-Za-z\d]*|[A-Z]{2,}")
_NOT_LABEL = re.compile(r"[\s().．、•–-]+")


@dataclass(frozen=True, slots=True)
class Unit:
    """What is paired: a paragraph, heading, clause, item or footnote, with its kind and its label as printed."""

    kind: str
    label: str
    text: str

    @property
    def printed(self) -> str:
        """The label and the text as they are read together."""
        return f"{self.label} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Pair:
    """Places, counted from 0, in the first and the second text that answer each other; one side may be empty."""

    first: tuple[int, ...]
    second: tuple[int, ...]


def units_of(reading: DocumentReading) -> list[Unit]:
    """A reading's title, blocks and footnotes, in the order in which they are read."""
    units = [Unit("title", "", reading.masthead.title)] if reading.masthead.title else []
    units += [Unit(block.kind, block.label, block.text) for block in reading.blocks]
    return units + [Unit("footnote", note.mark, re.sub(r"<[^>]*>", "", note.html)) for note in reading.footnotes]


def align(first: Sequence[Unit], second: Sequence[Unit]) -> list[Pair]:
    """The pairs of two texts, in order, each unit in exactly one. Takes time and memory by the longer text alone."""
    if not first or not second:
        return [Pair((place,), ()) for place in range(len(first))] + [
            Pair((), (place,)) for place in range(len(second))
        ]
    return _Aligner(first, second).pairs()


def anchored_like(blocks: Sequence[Block], known: Sequence[tuple[str, Unit]]) -> tuple[Block, ...]:
    """The blocks of a language version with the anchors of one that was there before, wherever the two answer.

    `known` are the anchors and units of the other version's blocks, in order. A block that nothing answers keeps its
    own anchor, or a like one that neither version has.
    """
    own = [block.anchor for block in blocks]
    if not known or own == [anchor for anchor, _ in known]:
        return tuple(blocks)
    pairs = align([Unit(block.kind, block.label, block.text) for block in blocks], [unit for _, unit in known])
    answers = {pair.first[0]: known[pair.second[0]][0] for pair in pairs if pair.first and pair.second}
    taken = {anchor for anchor, _ in known}
    anchors: list[str] = []
    for place, anchor in enumerate(own):
        anchors.append(answers.get(place) or free_anchor(anchor, taken))
        taken.add(anchors[-1])
    return tuple(replace(block, anchor=anchor) for block, anchor in zip(blocks, anchors, strict=True))


@dataclass(frozen=True, slots=True)
class _Side:
    """What the cost of a pair is made of, taken once for each unit."""

    kind: str
    label: str
    length: int
    names: Counter[str]


def _side(unit: Unit) -> _Side:
    names = Counter(fold_lookalikes(name) for name in _NAME.findall(fold_lookalikes(unit.text)))
    return _Side(unit.kind, _NOT_LABEL.sub("", fold_lookalikes(unit.label)).casefold(), len(unit.text), names)


class _Runs:
    """The units of one text alone, and each together with the one before it."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.single = [_side(unit) for unit in units]
        self._double = [
            _Side(one.kind, one.label, one.length + other.length, one.names + other.names)
            for one, other in itertools.pairwise(self.single)
        ]

    def ending_at(self, end: int, count: int) -> _Side:
        """The one or two units before a place."""
        return self.single[end - 1] if count == 1 else self._double[end - 2]


class _Aligner:
    """The table of least costs over a band around the diagonal, and the way back through it."""

    def __init__(self, first: Sequence[Unit], second: Sequence[Unit]) -> None:
        self._first, self._second = _Runs(first), _Runs(second)
        self._ratio = _length_ratio(self._first.single, self._second.single)
        self._slope = len(second) / len(first)
        self._band = _BAND + max(len(first), len(second)) // 20

    def pairs(self) -> list[Pair]:
        costs: list[dict[int, float]] = []
        steps: list[dict[int, tuple[int, int]]] = []
        for row in range(len(self._first.single) + 1):
            costs.append({})
            steps.append({})
            for column in self._columns(row):
                cost, step = min(self._ways(costs, row, column), default=(math.inf, (0, 0)))
                costs[row][column] = 0.0 if row == column == 0 else cost
                steps[row][column] = step
        return self._way_back(steps)

    def _columns(self, row: int) -> range:
        middle = int(row * self._slope)
        width = len(self._second.single)
        end = width if row == len(self._first.single) else min(width, middle + self._band)
        return range(0 if row == 0 else max(0, middle - self._band), end + 1)

    def _ways(self, costs: list[dict[int, float]], row: int, column: int) -> Iterator[tuple[float, tuple[int, int]]]:
        """The costs of getting to a place, with how many units of each text the last step takes."""
        for taken, answered in ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2)):
            if taken > row or answered > column:
                continue
            before = costs[row - taken].get(column - answered)
            if before is not None:
                yield before + self._cost(row, column, taken, answered), (taken, answered)

    def _cost(self, row: int, column: int, taken: int, answered: int) -> float:
        if not taken or not answered:
            return _ALONE
        first, second = self._first.ending_at(row, taken), self._second.ending_at(column, answered)
        cost = _MERGED * (taken + answered - 2) + self._length_cost(first.length, second.length)
        if first.label != second.label:
            cost += _OTHER_LABEL if first.label and second.label else _ONE_LABEL
        if first.kind != second.kind:
            cost += _OTHER_KIND + (_OTHER_LABEL if "footnote" in {first.kind, second.kind} else 0)
        return cost + _NAMES * (1 - _overlap(first.names, second.names))

    def _length_cost(self, first: int, second: int) -> float:
        """How unlikely the two lengths are for translations: 0 for the same, 2 for a rare difference, 6 at most."""
        expected = first * self._ratio
        deviation = abs(second - expected) / math.sqrt(max(1.0, (expected + second) / 2) * _SPREAD)
        return min(6.0, deviation * deviation / 2)

    def _way_back(self, steps: list[dict[int, tuple[int, int]]]) -> list[Pair]:
        pairs: list[Pair] = []
        row, column = len(self._first.single), len(self._second.single)
        while row or column:
            taken, answered = steps[row][column]
            pairs.append(Pair(tuple(range(row - taken, row)), tuple(range(column - answered, column))))
            row, column = row - taken, column - answered
        return pairs[::-1]


def _length_ratio(first: Sequence[_Side], second: Sequence[_Side]) -> float:
    """How much longer the second text is, by what stands under the same labels in both; by all where no label does."""
    totals = [0, 0]
    mine, theirs = _by_own_label(first), _by_own_label(second)
    for label in mine.keys() & theirs.keys():
        totals[0] += mine[label]
        totals[1] += theirs[label]
    if not all(totals):
        totals = [sum(side.length for side in sides) for sides in (first, second)]
    return max(1, totals[1]) / max(1, totals[0])


def _by_own_label(sides: Sequence[_Side]) -> dict[str, int]:
    """The lengths of the units whose label no other one bears."""
    count = Counter(side.label for side in sides)
    return {side.label: side.length for side in sides if side.label and count[side.label] == 1}


def _overlap(first: Counter[str], second: Counter[str]) -> float:
    """How far two texts name the same things, from 0 to 1 (Dice's coefficient); 0.75 where neither names any."""
    if not first and not second:
        return 0.75
    shared = sum(min(count, second[name]) for name, count in first.items() if name in second)
    return 2 * shared / (first.total() + second.total())
