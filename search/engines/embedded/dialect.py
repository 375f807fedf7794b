"""The conditions of a query in tantivy's terms."""

from collections.abc import Iterable, Sequence

from tantivy import FieldType, Occur, Query, Schema

from search.engines.dialects import LONGEST_BEGINNING


class TantivyDialect:
    """See `search.engines.dialects.Dialect`."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema

    def word(self, field: str, stem: str) -> Query:
        """Documents with a word in a field of text."""
        return Query.term_query(self.schema, field, stem, "freq")

    def phrase(self, field: str, stems: Sequence[str]) -> Query:
        """Documents with these words one after the other in a field of text."""
        return Query.phrase_query(self.schema, field, list(stems))

    def value(self, field: str, value: str) -> Query:
        """Documents with this very value."""
        return Query.term_query(self.schema, field, value)

    def beginning(self, field: str, beginning: str) -> Query:
        """Documents with a value that begins so."""
        if len(beginning) > LONGEST_BEGINNING:
            return Query.empty_query()
        return Query.regex_query(self.schema, field, f"{beginning}.*")

    def alike(self, field: str, word: str, distance: int) -> Query:
        """Documents with a word that differs by so many letters at most."""
        return Query.fuzzy_term_query(self.schema, field, word, distance=distance, transposition_cost_one=True)

    def between(self, field: str, lowest: int | None, highest: int | None) -> Query:
        """Documents whose number lies within bounds."""
        return Query.range_query(self.schema, field, FieldType.Integer, lowest, highest)

    def any_of(self, parts: Iterable[Query], at_least: int = 1) -> Query:
        """Documents that meet so many of the parts."""
        offered = [(Occur.Should, part) for part in parts]
        if not offered:
            return Query.empty_query()
        if at_least == 1:
            return Query.boolean_query(offered)
        return Query.boolean_query(offered, minimum_number_should_match=at_least)

    def all_of(self, parts: Iterable[Query], without: Iterable[Query] = (), better_with: Iterable[Query] = ()) -> Query:
        """Documents that meet all parts and none of `without`."""
        return Query.boolean_query(
            [
                *((Occur.Must, part) for part in parts),
                *((Occur.MustNot, part) for part in without),
                *((Occur.Should, part) for part in better_with),
            ]
        )

    def best_of(self, parts: Iterable[Query]) -> Query:
        """Documents that meet any of the parts, with the highest of the scores."""
        return Query.disjunction_max_query(list(parts))

    def boosted(self, query: Query, factor: float) -> Query:
        """The query with its score multiplied."""
        return Query.boost_query(query, factor)

    def named(self, query: Query, _name: str) -> Query:
        """The query itself: tantivy does not tell which parts of a query a document met."""
        return query

    def scored(self, query: Query, score: float) -> Query:
        """The query with one score for every document."""
        return Query.const_score_query(query, score)
