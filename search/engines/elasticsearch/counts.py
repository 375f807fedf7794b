"""What is counted beside a search, in the same request: the facets, and what matches under no filter.

Whatever can share a condition shares it, and what needs none stands alone: every filter around a count costs the server
about as much as the count.
"""

from collections.abc import Mapping
from typing import Any

from search.engines.base import FACETS, Facet, Query
from search.engines.compiler import CompiledQuery
from search.engines.counting import MOST_FACET_VALUES, facet_of
from search.engines.elasticsearch.dialect import Condition
from search.engines.grouping import COUNTED_FACETS

_MATCHING = "matching"  # the documents that match under no filter
_OPEN = "open"  # the facets without a choice, counted under all filters


def narrowed(compiled: CompiledQuery[Condition], without: str = "", *more: Condition) -> Condition:
    """The filters of a query but the one of the facet `without`, and further conditions."""
    return {"bool": {"filter": [*compiled.narrowing(without), *more]}}


def counts(compiled: CompiledQuery[Condition]) -> dict[str, Any]:
    """The aggregations of a query: each facet is counted under every filter but its own."""
    values = {name: {"terms": {"field": field, "size": MOST_FACET_VALUES}} for name, field in COUNTED_FACETS.items()}
    in_language = {language: narrowed(compiled, "language", seen) for language, seen in compiled.visible.items()}
    wanted: dict[str, Any] = {"language": {"filters": {"filters": in_language}}}
    if not compiled.filters:
        return wanted | values
    chosen = {name: values.pop(name) for name in compiled.filters if name in values}
    wanted[_MATCHING] = {"filter": {"match_all": {}}}
    if values:
        wanted[_OPEN] = {"filter": narrowed(compiled), "aggs": values}
    return wanted | {
        name: {"filter": narrowed(compiled, name), "aggs": {name: counted}} for name, counted in chosen.items()
    }


def matching_of(counted: Mapping[str, Any], total: int) -> int:
    """The number of documents that match under no filter; `total` is that under all of them."""
    return int(counted[_MATCHING]["doc_count"]) if _MATCHING in counted else total


def facets_of(counted: Mapping[str, Any], query: Query) -> tuple[Facet, ...]:
    """The facets from the server's counts."""
    found = {"language": {name: one["doc_count"] for name, one in counted["language"]["buckets"].items()}}
    for name in COUNTED_FACETS:
        place = counted if _MATCHING not in counted else counted[name] if name in counted else counted[_OPEN]
        found[name] = {bucket["key"]: bucket["doc_count"] for bucket in place[name]["buckets"]}
    return tuple(facet_of(name, found[name], query.chosen(name)) for name in FACETS)
