"""What an engine is asked beside searches: how many documents meet a condition, and what the first of them are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic

from search.engines.base import Entry
from search.engines.dialects import Q


@dataclass(frozen=True)
class Question(Generic[Q]):
    """A condition, and how many of the documents that meet it are wanted, in an order of `search.engines.counting`.

    Of a document, the entry in the language `read` is wanted whole, the others without text and passages.
    """

    condition: Q
    most: int = 0
    order: str = "newest"
    read: str = ""


@dataclass(frozen=True)
class Found:
    """The number of documents that meet a condition, and those wanted, each as its entries by language."""

    total: int
    documents: Sequence[Mapping[str, Entry]] = ()


# Answers some questions, each in its place: one call to the engine, however many they are.
Look = Callable[[Sequence[Question[Q]]], list[Found]]
