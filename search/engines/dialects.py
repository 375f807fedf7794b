"""What a query is made of, whatever the engine: each engine says these few things in its own language."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

Q = TypeVar("Q")

LONGEST_BEGINNING = 200  # characters; symbols are shorter, and the automata of engines end


class Dialect(Protocol[Q]):
    """The conditions that the compiler puts together. Fields are named as `search.engines.grouping` names them."""

    def word(self, field: str, stem: str) -> Q:
        """Documents with a word in a field of text, scored by how rare and how frequent it is.

        The score is BM25 with k1 = 1.2, b = 0.75 and the factor k1 + 1, over all documents of the index.
        """

    def phrase(self, field: str, stems: Sequence[str]) -> Q:
        """Documents with these words one after the other in a field of text, scored as one word is."""

    def value(self, field: str, value: str) -> Q:
        """Documents with this very value in a field of values."""

    def beginning(self, field: str, beginning: str) -> Q:
        """Documents with a value that begins so (letters and digits only); none for more than LONGEST_BEGINNING."""

    def alike(self, field: str, word: str, distance: int) -> Q:
        """Documents with a word that differs by so many letters at most (1 or 2), none of them scored above another.

        A letter too many, one missing, one for another: each is one difference, and so are two in each other's place.
        """

    def between(self, field: str, lowest: int | None, highest: int | None) -> Q:
        """Documents whose number lies within bounds, both included, None for no bound."""

    def any_of(self, parts: Iterable[Q], at_least: int = 1) -> Q:
        """Documents that meet so many of the parts; the scores of those met add up. Nothing without parts."""

    def all_of(self, parts: Iterable[Q], without: Iterable[Q] = (), better_with: Iterable[Q] = ()) -> Q:
        """Documents that meet all parts and none of `without`; what they meet of `better_with` adds to the score."""

    def best_of(self, parts: Iterable[Q]) -> Q:
        """Documents that meet any of the parts, with the score of the one that scores highest."""

    def boosted(self, query: Q, factor: float) -> Q:
        """The query with its score multiplied."""

    def named(self, query: Q, name: str) -> Q:
        """The query with a name by which an engine may tell that a document met it."""

    def scored(self, query: Q, score: float) -> Q:
        """The query with one score for every document, whatever its words weigh."""
