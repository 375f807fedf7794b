"""From a reader's query to tantivy's: words per language behind that language's gate, symbols, filters."""

from collections.abc import Iterable, Sequence

from tantivy import FieldType, Occur, Schema
from tantivy import Query as TantivyQuery

from search.engines.base import FACETS, Query, Visibility
from search.engines.embedded.schema import COUNTED_FACETS, field_of
from search.engines.typed import Term, Typed, required_matches
from search.engines.weights import WEIGHTS


class CompiledQuery:
    """A reader's query in tantivy's terms, in the parts that hits and facets put together in their own ways."""

    def __init__(self, schema: Schema, languages: Sequence[str], query: Query, typed: Typed) -> None:
        self.schema = schema
        self.languages = languages
        self.typed = typed
        self.reader = query.language
        self.visible = {language: self._visible(language, query.visibility) for language in languages}
        self.any_visible = _any_of(self.visible.values())
        self.filters = self._filters(query)
        self.only = query.only
        self.matching = self._matching()

    def documents(self, without: str = "") -> TantivyQuery:
        """The documents found and visible, under every filter but the one of the facet `without`."""
        parts = [(Occur.Must, self.matching)]
        parts += [(Occur.Must, _unscored(chosen)) for name, chosen in self.filters.items() if name != without]
        if self.only:
            parts.append((Occur.Must, _unscored(self._term("kind", self.only))))
        for term in self.typed.excluded:
            holding = [_all_of(self._anywhere(term, language), self.visible[language]) for language in self.languages]
            parts.append((Occur.MustNot, _any_of(holding)))
        return TantivyQuery.boolean_query(parts)

    def documents_in(self, language: str) -> TantivyQuery:
        """The documents found that have a visible version in a language, under every filter but that of languages."""
        return _all_of(self.documents(without="language"), self.visible[language])

    def _term(self, name: str, value: str) -> TantivyQuery:
        return TantivyQuery.term_query(self.schema, name, value)

    def _one_of(self, name: str, values: Iterable[str]) -> TantivyQuery:
        # Measured: tantivy's own query for a set of terms takes ten times as long as so many single terms.
        return _any_of(self._term(name, value) for value in values)

    def _visible(self, language: str, visibility: Visibility) -> TantivyQuery:
        """Documents whose version in a language the reader may see: `Visibility.allows` in tantivy's terms."""
        open_gates = {"public", *visibility.levels, *(f"{level}:{process}" for level, process in visibility.granted)}
        now = int(visibility.now.timestamp() // 1)

        def moment(name: str, lowest: int | None, highest: int | None) -> TantivyQuery:
            name = field_of(name, language)
            return TantivyQuery.range_query(self.schema, name, FieldType.Integer, lowest, highest)

        return _unscored(
            _all_of(
                self._one_of(field_of("gate", language), sorted(open_gates)),
                moment("opens", None, now),
                moment("closes", now + 1, None),
            )
        )

    def _filters(self, query: Query) -> dict[str, TantivyQuery]:
        filters = {}
        for name in FACETS:
            chosen = query.chosen(name)
            if not chosen:
                continue
            if name == "language":
                filters[name] = _any_of(self.visible[value] for value in chosen if value in self.visible)
            else:
                filters[name] = self._one_of(COUNTED_FACETS[name], chosen)
        return filters

    def _matching(self) -> TantivyQuery:
        """What was typed: the best of the languages, or the symbol. Everything visible when nothing was."""
        if not self.typed.terms:
            return self.any_visible
        by_language = []
        for language in self.languages:
            found = _all_of(self._words(language), self.visible[language])
            factor = WEIGHTS.readers_language if language == self.reader else 1.0
            by_language.append(TantivyQuery.boost_query(found, factor))
        symbols = [_all_of(found, self.any_visible) for found in self._whole_symbol()]
        return _any_of([TantivyQuery.disjunction_max_query(by_language), *symbols])

    def _whole_symbol(self) -> Iterable[TantivyQuery]:
        """Documents whose symbol is all of what was typed, or begins with it."""
        loose = self.typed.loose_symbol
        if not loose:
            return
        yield _scored(self._term("symbol_keys", self.typed.symbol), WEIGHTS.exact_symbol)
        yield _scored(self._term("loose_keys", loose), WEIGHTS.loose_symbol)
        if self.typed.may_begin_a_symbol:
            beginning = TantivyQuery.regex_query(self.schema, "loose_keys", f"{loose}.*")
            yield _scored(beginning, WEIGHTS.begins_symbol)

    def _words(self, language: str) -> TantivyQuery:
        """Documents that hold enough of the terms in a language; those with the words near each other rank higher."""
        terms = self.typed.insisted(language)
        words = TantivyQuery.boolean_query(
            [(Occur.Should, self._anywhere(term, language)) for term in terms],
            minimum_number_should_match=required_matches(len(terms)),
        )
        stems = [stem for term in terms for stem in term.stems(language)]
        if len(terms) < 2 or len(stems) > 8:
            return words
        fields = [field_of(name, language) for name in ("title", "body")]
        near = [TantivyQuery.phrase_query(self.schema, name, list(stems), slop=2) for name in fields]
        boosted = [(Occur.Should, TantivyQuery.boost_query(query, WEIGHTS.in_sequence)) for query in near]
        return TantivyQuery.boolean_query([(Occur.Must, words), *boosted])

    def _anywhere(self, term: Term, language: str) -> TantivyQuery:
        """Documents that hold a term in the title or the body of a language, or by its symbol."""
        stems = list(term.stems(language))
        found = []
        weights = {field_of("title", language): WEIGHTS.title, field_of("body", language): WEIGHTS.text}
        for name, weight in weights.items():
            if len(stems) == 1:
                query = TantivyQuery.term_query(self.schema, name, stems[0], "freq")
            else:
                query = TantivyQuery.phrase_query(self.schema, name, list(stems))
            found.append(TantivyQuery.boost_query(query, weight))
        if term.symbol:
            found.append(_scored(self._term("loose_keys", term.symbol), WEIGHTS.loose_symbol))
            found.append(_scored(self._term("cites", term.symbol), WEIGHTS.cites_symbol))
        return _any_of(found)


def _any_of(queries: Iterable[TantivyQuery]) -> TantivyQuery:
    parts = [(Occur.Should, query) for query in queries]
    return TantivyQuery.boolean_query(parts) if parts else TantivyQuery.empty_query()


def _all_of(*queries: TantivyQuery) -> TantivyQuery:
    return TantivyQuery.boolean_query([(Occur.Must, query) for query in queries])


def _scored(query: TantivyQuery, score: float) -> TantivyQuery:
    """The query with one score for every document, whatever its words weigh."""
    return TantivyQuery.const_score_query(query, score)


def _unscored(query: TantivyQuery) -> TantivyQuery:
    """The query as a condition that adds nothing to the score."""
    return TantivyQuery.const_score_query(query, 0.0)
