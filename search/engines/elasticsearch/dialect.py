"""The conditions of a query in Elasticsearch's terms."""

from collections.abc import Iterable, Sequence
from typing import Any

from search.engines.dialects import LONGEST_BEGINNING

Condition = dict[str, Any]

# Conditions on one field: their options stand under its name.
_OF_A_FIELD = {"term", "match_phrase", "prefix", "fuzzy", "range"}


class ElasticsearchDialect:
    """See `search.engines.dialects.Dialect`.

    No condition stands in another one that only wraps it: requests would be twice as long, and the server reads them.
    """

    def word(self, field: str, stem: str) -> Condition:
        """Documents with a word in a field of text."""
        return {"term": {field: {"value": stem}}}

    def phrase(self, field: str, stems: Sequence[str]) -> Condition:
        """Documents with these words one after the other in a field of text."""
        return {"match_phrase": {field: {"query": " ".join(stems)}}}

    def value(self, field: str, value: str) -> Condition:
        """Documents with this very value."""
        return {"term": {field: {"value": value}}}

    def beginning(self, field: str, beginning: str) -> Condition:
        """Documents with a value that begins so."""
        if len(beginning) > LONGEST_BEGINNING:
            return {"match_none": {}}
        return {"prefix": {field: {"value": beginning}}}

    def alike(self, field: str, word: str, distance: int) -> Condition:
        """Documents with a word that differs by so many letters at most; all such words, not the 50 likeliest."""
        options = {"value": word, "fuzziness": distance, "transpositions": True, "rewrite": "constant_score"}
        return {"fuzzy": {field: options}}

    def between(self, field: str, lowest: int | None, highest: int | None) -> Condition:
        """Documents whose number lies within bounds."""
        bounds = {"gte": lowest, "lte": highest}
        return {"range": {field: {name: bound for name, bound in bounds.items() if bound is not None}}}

    def any_of(self, parts: Iterable[Condition], at_least: int = 1) -> Condition:
        """Documents that meet so many of the parts."""
        offered = list(parts)
        if len(offered) == at_least == 1:
            return offered[0]
        return {"bool": {"should": offered, "minimum_should_match": at_least}} if offered else {"match_none": {}}

    def all_of(
        self, parts: Iterable[Condition], without: Iterable[Condition] = (), better_with: Iterable[Condition] = ()
    ) -> Condition:
        """Documents that meet all parts and none of `without`."""
        clauses = {"must": list(parts), "must_not": list(without), "should": list(better_with)}
        used = {name: found for name, found in clauses.items() if found}
        if list(used) == ["must"] and len(used["must"]) == 1:
            return used["must"][0]
        return {"bool": used}

    def best_of(self, parts: Iterable[Condition]) -> Condition:
        """Documents that meet any of the parts, with the highest of the scores."""
        offered = list(parts)
        return offered[0] if len(offered) == 1 else {"dis_max": {"queries": offered}}

    def boosted(self, query: Condition, factor: float) -> Condition:
        """The query with its score multiplied."""
        return _with(query, "boost", factor * _options(query).get("boost", 1.0))

    def named(self, query: Condition, name: str) -> Condition:
        """The query with a name that hits tell when they met it."""
        return _with(query, "_name", name)

    def scored(self, query: Condition, score: float) -> Condition:
        """The query with one score for every document; as a filter, which Elasticsearch caches, where that is 0."""
        return {"constant_score": {"filter": query, "boost": score}} if score else {"bool": {"filter": [query]}}


def _options(query: Condition) -> dict[str, Any]:
    """The options of a condition."""
    ((kind, options),) = query.items()
    return next(iter(options.values())) if kind in _OF_A_FIELD else options


def _with(query: Condition, name: str, value: object) -> Condition:
    """The condition with one more option."""
    ((kind, options),) = query.items()
    if kind in _OF_A_FIELD:
        ((field, options),) = options.items()
        return {kind: {field: {**options, name: value}}}
    return {kind: {**options, name: value}}
