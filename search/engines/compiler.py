"""From a reader's query to an engine's: words per language behind that language's gate, symbols, filters.

The same for every engine, which only lends its `Dialect`: so engines find the same documents for the same reasons.
"""

from collections.abc import Iterable, Sequence
from typing import Generic

from documents.symbols.folding import loose_key
from search.engines.analysis import clean, stem
from search.engines.base import FACETS, Query, Visibility
from search.engines.dialects import Dialect, Q
from search.engines.grouping import COUNTED_FACETS, TEXT_FIELDS, field_of
from search.engines.synonyms import Unit, units
from search.engines.typed import MAX_CHARACTERS, Term, Typed, insisted, relaxed_matches, required_matches
from search.engines.weights import WEIGHTS

# The fields of the document's own words: excluding a word does not exclude all of a body that is called so.
OWN_FIELDS = ("title", "body")
# Where words near each other are worth more.
IN_SEQUENCE = ("title", "names", "agenda", "body")


class CompiledQuery(Generic[Q]):
    """A reader's query in an engine's terms, in the parts that hits and facets put together in their own ways.

    `matching` are the documents that match and are visible, `filters` the choices by facet. Those that match hold
    enough of the words in one language; where it is `relaxed`, they come first, then those that hold them in several
    languages, then those that hold some. `marked` is what to mark in them.
    """

    def __init__(
        self, dialect: Dialect[Q], languages: Sequence[str], query: Query, typed: Typed, *, relaxed: bool = False
    ) -> None:
        self.dialect = dialect
        self.languages = languages
        self.typed = typed
        self.reader = query.language
        self.synonyms = query.synonyms
        self.visible = {language: self._visible(language, query.visibility) for language in languages}
        self.any_visible = dialect.any_of(self.visible.values())
        self.filters = self._filters(query)
        self.marked = typed.relaxed() if relaxed else typed
        self._conditions = [*self._in_series(), *self._citing(query), *self._only(query)]
        self._without = self._excluded()
        self.matching = self._meeting(self._relaxed() if relaxed else self._matching())

    def keep(self, condition: Q) -> None:
        """Narrows what is found by a further condition, whose score is added."""
        self.matching = self.dialect.all_of([self.matching, condition])
        self._conditions.append(condition)

    def documents(self, without: str = "") -> Q:
        """The documents found and visible, under every filter but the one of the facet `without`."""
        return self.dialect.all_of([self.matching, *self.narrowing(without)])

    def holding(self, term: Term) -> Q:
        """The documents, whatever the query, whose visible versions hold a term or a synonym of it."""
        return self.dialect.any_of(
            self.dialect.all_of([self._widened(unit, language), self.visible[language]])
            for language in self.languages
            for unit in units([term], self.synonyms.get(language, ()), language)
        )

    def documents_in(self, language: str) -> Q:
        """The documents found that have a visible version in a language, under every filter but that of languages."""
        seen = self.visible[language]
        if self.typed.terms:
            return self.dialect.all_of([self.documents(without="language"), seen])
        # Without words all that is visible is found: putting the other languages together took most of the time.
        return self.dialect.all_of([self._meeting(seen), *self.narrowing("language")])

    def narrowing(self, without: str = "") -> list[Q]:
        """The conditions of every filter but the one of the facet `without`; they add nothing to the score."""
        return [self._unscored(chosen) for name, chosen in self.filters.items() if name != without]

    def _meeting(self, found: Q) -> Q:
        """Those found that meet the query's conditions beside words and filters."""
        return self.dialect.all_of([found, *self._conditions], without=self._without)

    def _citing(self, query: Query) -> list[Q]:
        """Documents with a visible version that cites one of the symbols."""
        if not query.citing:
            return []
        folded = (loose_key(clean(symbol)[:MAX_CHARACTERS]) for symbol in query.citing)
        keys = list(dict.fromkeys(key for key in folded if key))
        found = (
            self.dialect.all_of([self._one_of(field_of("cites", language), keys), self.visible[language]])
            for language in (self.languages if keys else ())
        )
        return [self._unscored(self.dialect.any_of(found))]

    def _only(self, query: Query) -> list[Q]:
        return [self._unscored(self.dialect.value("kind", query.only))] if query.only else []

    def _in_series(self) -> list[Q]:
        """Documents whose symbol begins with each of the symbols asked for; the symbol itself comes first."""
        return [
            self.dialect.any_of(
                [
                    self.dialect.scored(self.dialect.value("loose_keys", key), WEIGHTS.loose_symbol),
                    self.dialect.scored(self.dialect.beginning("loose_keys", key), WEIGHTS.begins_symbol),
                ]
            )
            for key in self.typed.series
        ]

    def _excluded(self) -> list[Q]:
        return [
            self.dialect.all_of([self._anywhere(term, language, OWN_FIELDS), self.visible[language]])
            for term in self.typed.excluded
            for language in self.languages
        ]

    def _one_of(self, name: str, values: Iterable[str]) -> Q:
        # Measured: tantivy's own query for a set of terms takes ten times as long as so many single terms.
        return self.dialect.any_of(self.dialect.value(name, value) for value in values)

    def _visible(self, language: str, visibility: Visibility) -> Q:
        """Documents whose version in a language the reader may see: `Visibility.allows` in the engine's terms."""
        open_gates = {"public", *visibility.levels, *(f"{level}:{process}" for level, process in visibility.granted)}
        now = int(visibility.now.timestamp() // 1)
        parts = [
            self._one_of(field_of("gate", language), sorted(open_gates)),
            self.dialect.between(field_of("opens", language), None, now),
            self.dialect.between(field_of("closes", language), now + 1, None),
        ]
        return self._unscored(self.dialect.all_of(parts))

    def _filters(self, query: Query) -> dict[str, Q]:
        filters = {}
        for name in FACETS:
            chosen = query.chosen(name)
            if not chosen:
                continue
            if name == "language":
                filters[name] = self.dialect.any_of(self.visible[value] for value in chosen if value in self.visible)
            else:
                filters[name] = self._one_of(COUNTED_FACETS[name], chosen)
        return filters

    def _matching(self) -> Q:
        """What was typed: the best of the languages, or the symbol. Everything visible when nothing was."""
        if not self.typed.terms:
            return self.any_visible
        by_language = []
        for language in self.languages:
            found = self.dialect.all_of([self._words(language), self.visible[language]])
            by_language.append(self.dialect.named(self.dialect.boosted(found, self._factor(language)), language))
        symbols = [self.dialect.all_of([found, self.any_visible]) for found in self._whole_symbol()]
        return self.dialect.any_of([self.dialect.best_of(by_language), *symbols])

    def _whole_symbol(self) -> Iterable[Q]:
        """Documents whose symbol is all of what was typed, or begins with it."""
        loose = self.typed.loose_symbol
        if not loose:
            return
        yield self.dialect.scored(self.dialect.value("symbol_keys", self.typed.symbol), WEIGHTS.exact_symbol)
        yield self.dialect.scored(self.dialect.value("loose_keys", loose), WEIGHTS.loose_symbol)
        if self.typed.may_begin_a_symbol:
            yield self.dialect.scored(self.dialect.beginning("loose_keys", loose), WEIGHTS.begins_symbol)

    def _words(self, language: str) -> Q:
        """Documents that hold enough of the terms in a language; those with the words near each other rank higher."""
        terms = self.typed.insisted(language)
        words = self._enough_of([self._anywhere(term, language) for term in terms])
        found = units(terms, self.synonyms.get(language, ()), language)
        if any(unit.others for unit in found):
            # Beside the words as they were typed, not in their place: a synonym never loses what they find.
            widened = self._enough_of([self._widened(unit, language) for unit in found])
            words = self.dialect.best_of([words, widened])
        if len(terms) < 2:
            return words
        return self.dialect.all_of([words], better_with=[*self._near(language), self._in_title(terms, language)])

    def _near(self, language: str) -> Iterable[Q]:
        """Documents that hold words beside each other as they were typed."""
        for words in self.typed.neighbours(language):
            stems = [stem(word, language) for word in words]
            for name in IN_SEQUENCE:
                phrase = self.dialect.phrase(field_of(name, language), stems)
                yield self.dialect.boosted(phrase, WEIGHTS.fields[name] * WEIGHTS.in_sequence)

    def _in_title(self, terms: Sequence[Term], language: str) -> Q:
        """Documents that hold all terms in their title."""
        title = [self.in_field(term, "title", language) for term in terms]
        return self.dialect.boosted(self.dialect.all_of(title), WEIGHTS.in_title)

    def _relaxed(self) -> Q:
        """What matches, and what holds only some of the words, or holds them in several languages."""
        terms = self.typed.relaxed()
        loose = [self._in_any_language(term) for term in insisted(terms.loose, self.reader)]
        strict = [self._in_any_language(term) for term in terms.terms if term not in terms.loose]
        some = self.dialect.all_of([*strict, self.dialect.any_of(loose, at_least=relaxed_matches(len(loose)))])
        tiers = [
            self.dialect.scored(self._matching(), WEIGHTS.one_language),
            self.dialect.scored(self.dialect.all_of([*strict, *loose]), WEIGHTS.all_words),
        ]
        return self.dialect.any_of([self._matching(), some, *tiers])

    def _in_any_language(self, term: Term) -> Q:
        """Documents that hold a term in a version that the reader may see."""
        by_language = []
        for language in self.languages:
            (unit,) = units([term], self.synonyms.get(language, ()), language)
            found = self.dialect.all_of([self._widened(unit, language), self.visible[language]])
            by_language.append(self.dialect.boosted(found, self._factor(language)))
        return self.dialect.best_of(by_language)

    def _factor(self, language: str) -> float:
        return WEIGHTS.readers_language if language == self.reader else 1.0

    def _enough_of(self, parts: Sequence[Q]) -> Q:
        return self.dialect.any_of(parts, at_least=required_matches(len(parts)))

    def _widened(self, unit: Unit, language: str) -> Q:
        """Documents that hold the terms of a unit, or one of its synonyms, which counts for a little less."""
        own = [self._anywhere(term, language) for term in unit.terms]
        others = [self.dialect.boosted(self._anywhere(term, language), WEIGHTS.synonym) for term in unit.others]
        return self.dialect.best_of([own[0] if len(own) == 1 else self.dialect.all_of(own), *others])

    def _anywhere(self, term: Term, language: str, fields: Sequence[str] = TEXT_FIELDS) -> Q:
        """Documents that hold a term in a field of a language, or by its symbol."""
        names = ("title",) if term.in_title else ("names",) if term.in_names else fields
        found = [self.dialect.boosted(self.in_field(term, name, language), WEIGHTS.fields[name]) for name in names]
        if term.symbol and not (term.in_title or term.in_names):
            found.append(self.dialect.scored(self.dialect.value("loose_keys", term.symbol), WEIGHTS.loose_symbol))
            found.append(
                self.dialect.scored(self.dialect.value(field_of("cites", language), term.symbol), WEIGHTS.cites_symbol)
            )
        return self.dialect.any_of(found)

    def in_field(self, term: Term, name: str, language: str) -> Q:
        """Documents that hold a term in one field of a language."""
        stems = term.stems(language)
        field = field_of(name, language)
        return self.dialect.word(field, stems[0]) if len(stems) == 1 else self.dialect.phrase(field, stems)

    def _unscored(self, query: Q) -> Q:
        """The query as a condition that adds nothing to the score."""
        return self.dialect.scored(query, 0.0)
