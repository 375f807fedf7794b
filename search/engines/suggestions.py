"""Suggestions while a reader types: symbols that begin so, and titles with words that do."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Generic

from documents.symbols.folding import loose_key, symbol_order
from search.engines.analysis import clean, fold, is_han, stem, tokens, unstemmed
from search.engines.base import Entry, EntryKind, Query, Suggestion
from search.engines.compiler import CompiledQuery
from search.engines.dialects import Q
from search.engines.grouping import field_of
from search.engines.hits import version_of
from search.engines.looking import Look, Question
from search.engines.typed import Term, plain_terms, read_typed

SHORTEST = 2  # letters or digits of a title; a Chinese character is a word
SHORTEST_SYMBOL = 3
LONGEST = 100  # characters read of what was typed
MOST_WORDS = 8
MOST_SUGGESTIONS = 20
MOST_READ = 25  # documents looked at for one kind of suggestion, so that the order among them is everywhere the same


class Beginning:
    """What was typed so far, as titles are compared with it: whole words, then the beginning of one.

    `last` is that beginning, folded; empty when Chinese was typed last, where every character is whole.
    """

    def __init__(self, typed: str) -> None:
        terms = list(plain_terms(typed))[:MOST_WORDS]
        self.last = ""
        if terms and not is_han(terms[-1].tokens[0]):
            *before, last = terms.pop().tokens
            terms += [Term((word,)) for word in before]
            self.last = fold(last)
        self.terms = terms

    @property
    def says_little(self) -> bool:
        """Whether nearly every title would do."""
        return not self.terms and len(self.last) < SHORTEST

    def begins(self, title: str, language: str) -> bool:
        """Whether a title in a language has all the words, one of them only begun."""
        words = tokens(title)
        stems = [stem(word, language) for word in words]
        return all(_holds(stems, term.stems(language)) for term in self.terms) and any(
            word.startswith(self.last) for word in unstemmed(words, language)
        )


class Suggester(Generic[Q]):
    """Finds the suggestions for what was typed so far. `compiled` is of a query without words."""

    def __init__(self, query: Query, compiled: CompiledQuery[Q], look: Look[Q]) -> None:
        self.query = query
        self.compiled = compiled
        self.look = look

    def suggestions(self, typed: str, count: int) -> tuple[Suggestion, ...]:
        """Symbols first, then titles of pages and of documents, those in the reader's language before the others."""
        typed = clean(typed)[:LONGEST]
        read, beginning = read_typed(typed), Beginning(typed)
        if beginning.says_little or not read.is_plain:
            return ()
        key = read.loose_symbol
        own = [language for language in self.compiled.languages if language == self.query.language]
        others = [language for language in self.compiled.languages if language != self.query.language]
        titled: list[tuple[EntryKind, list[str]]] = [
            (kind, languages) for languages in (own, others) if languages for kind in ("page", "document")
        ]
        asked = [self._of_titles(beginning, kind, languages) for kind, languages in titled]
        if len(key) >= SHORTEST_SYMBOL:
            asked.append(self._of_symbols(key))
        answers = [[self._visible(entries) for entries in found.documents] for found in self.look(asked)]
        suggested: list[tuple[str, Suggestion]] = []
        if len(key) >= SHORTEST_SYMBOL:
            suggested += _symbols(key, answers.pop(), self.query.language)
        for (kind, languages), documents in zip(titled, answers, strict=True):
            suggested += _titles(beginning, kind, languages, documents)
        first: dict[str, Suggestion] = {}
        for document, suggestion in suggested:
            first.setdefault(document, suggestion)
        return tuple(first.values())[: min(max(count, 1), MOST_SUGGESTIONS)]

    def _visible(self, entries: Mapping[str, Entry]) -> dict[str, Entry]:
        return {language: entry for language, entry in entries.items() if self.query.visibility.allows(entry)}

    def _of_symbols(self, key: str) -> Question[Q]:
        """The documents with a symbol that begins so."""
        begin = self.compiled.dialect.beginning("loose_keys", key)
        return Question(self.compiled.dialect.all_of([begin, self.compiled.any_visible]), MOST_READ, order="symbol")

    def _of_titles(self, beginning: Beginning, kind: EntryKind, languages: Sequence[str]) -> Question[Q]:
        """The documents or pages with a title that begins so in one of the languages."""
        dialect = self.compiled.dialect
        in_languages = [
            dialect.all_of([*self._conditions(beginning, language), self.compiled.visible[language]])
            for language in languages
        ]
        return Question(dialect.all_of([dialect.any_of(in_languages), dialect.value("kind", kind)]), MOST_READ)

    def _conditions(self, beginning: Beginning, language: str) -> Iterable[Q]:
        dialect, field = self.compiled.dialect, field_of("title", language)
        for term in beginning.terms:
            stems = term.stems(language)
            yield dialect.word(field, stems[0]) if len(stems) == 1 else dialect.phrase(field, stems)
        if beginning.last:
            yield dialect.beginning(field_of("title_words", language), beginning.last)


def _symbols(key: str, documents: Iterable[Mapping[str, Entry]], language: str) -> list[tuple[str, Suggestion]]:
    """The symbols that begin so, in their order, each by its document, in the reader's language if it has that."""
    found = []
    for entries in documents:
        entry = entries.get(language) or next(iter(entries.values()), None)
        begun = [symbol for symbol in entry.symbols if loose_key(symbol).startswith(key)] if entry else []
        if entry and begun:
            found.append((entry.document_key, Suggestion("symbol", version_of(entry), begun[0])))
    return sorted(found, key=lambda suggested: symbol_order(suggested[1].symbol))


def _titles(
    beginning: Beginning, kind: EntryKind, languages: Sequence[str], documents: Iterable[Mapping[str, Entry]]
) -> list[tuple[str, Suggestion]]:
    """The titles that begin so, each by its document: the shortest names of pages first, the newest documents first."""
    begun = [
        entry
        for entries in documents
        for entry in [entries.get(language) for language in languages]
        if entry and beginning.begins(entry.title, entry.language)
    ]
    if kind == "page":
        begun.sort(key=lambda entry: (len(entry.title), entry.title))
    else:
        begun.sort(key=lambda entry: (entry.date.toordinal() if entry.date else 0, entry.id), reverse=True)
    return [
        (entry.document_key, Suggestion(kind, version_of(entry), entry.symbols[0] if entry.symbols else ""))
        for entry in begun
    ]


def _holds(stems: Sequence[str], sequence: Sequence[str]) -> bool:
    """Whether stems follow each other among others."""
    return any(tuple(stems[place : place + len(sequence)]) == tuple(sequence) for place in range(len(stems)))
