"""The conditions of a query in Elasticsearch's terms."""

from collections.abc import Iterable, Sequence
from typing import Any

from search.engines.dialects import LONGEST_BEGINNING

Condition = dict[str, Any]


class ElasticsearchDialect:
    """See `search.engines.dialects.Dialect`."""

    def word(self, field: str, stem: str) -> Condition:
        """Documents with a word in a field of text."""
        return {"term": {field: {"value": stem}}}

    def phrase(self, field: str, stems: Sequence[str]) -> Condition:
        """Documents with these words one after the other in a field of text."""
        return {"match_phrase": {field: " ".join(stems)}}

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
        return {"bool": {"should": offered, "minimum_should_match": at_least}} if offered else {"match_none": {}}

    def all_of(
        self, parts: Iterable[Condition], without: Iterable[Condition] = (), better_with: Iterable[Condition] = ()
    ) -> Condition:
        """Documents that meet all parts and none of `without`."""
        clauses = {"must": list(parts), "must_not": list(without), "should": list(better_with)}
        return {"bool": {name: found for name, found in clauses.items() if found}}

    def best_of(self, parts: Iterable[Condition]) -> Condition:
        """Documents that meet any of the parts, with the highest of the scores."""
        return {"dis_max": {"queries": list(parts)}}

    def boosted(self, query: Condition, factor: float) -> Condition:
        """The query with its score multiplied."""
        return {"bool": {"must": [query], "boost": factor}}

    def named(self, query: Condition, name: str) -> Condition:
        """The query with a name that hits tell when they met it."""
        return {"bool": {"must": [query], "_name": name}}

    def scored(self, query: Condition, score: float) -> Condition:
        """The query with one score for every document; as a filter, which Elasticsearch caches, where that is 0."""
        return {"constant_score": {"filter": query, "boost": score}} if score else {"bool": {"filter": [query]}}
