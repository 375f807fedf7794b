"""Facets from an engine's counts, and the order of its hits: the same for every engine."""

from collections.abc import Mapping, Sequence

from search.engines.base import Facet, FacetValue, Query
from search.engines.typed import Typed

MOST_FACET_VALUES = 1_000
ENOUGH = 10  # documents that hold the words; with fewer, others follow that hold some of them
# Orders other than by score: the field, and whether it descends. Documents without a value come last.
ORDERS = {"newest": ("day", True), "oldest": ("day", False), "symbol": ("symbol_order", False)}


def order_of(query: Query, typed: Typed) -> str:
    """The order asked for; newest first where relevance would say nothing."""
    if query.sort in ORDERS:
        return query.sort
    return "relevance" if typed.terms or typed.series or query.similar_to else "newest"


def is_relaxed(query: Query, typed: Typed, held: int) -> bool:
    """Whether documents follow that hold only some of the words: those that hold enough of them are too few.

    In other orders than that of relevance they would stand among the others, so there they come only where nothing is.
    """
    enough = ENOUGH if order_of(query, typed) == "relevance" else 1
    return held < enough and typed.may_be_relaxed and not query.similar_to


def facet_of(name: str, counts: Mapping[str, int], chosen: Sequence[str]) -> Facet:
    """A facet from its counts. A chosen value stays even when nothing is left of it, so that it can be taken back."""
    values = [
        FacetValue(value, counts.get(value, 0), value in chosen)
        for value in {**counts, **dict.fromkeys(chosen)}
        if counts.get(value, 0) or value in chosen
    ]
    if name == "year":
        return Facet(name, tuple(sorted(values, key=lambda item: item.value, reverse=True)))
    return Facet(name, tuple(sorted(values, key=lambda item: (-item.count, item.value))))
