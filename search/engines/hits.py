"""From a document that an engine found to the hit that is shown: which version, which matched, marks and snippets."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache

from documents.symbols.folding import loose_key
from search.engines.base import Entry, Hit, Piece, Query, Version
from search.engines.highlighting import Marker, mark, snippets
from search.engines.kept_texts import KeptText
from search.engines.synonyms import units
from search.engines.typed import Typed

# Every hit is asked twice, and the same documents are found again and again.
_loose_key = lru_cache(maxsize=20_000)(loose_key)


class HitBuilder:
    """Makes the hits of one query.

    `languages` is every language of the index in reading order. Documents are given as their entries by language,
    without text and passages, and a function that gives the text kept in a language. `found_in` are the languages that
    the engine found the words in, where it tells: no other one holds more of them.
    """

    def __init__(self, query: Query, typed: Typed, languages: Sequence[str]) -> None:
        self.query = query
        self.typed = typed
        self.languages = sorted(languages, key=lambda language: language != query.language)
        self._markers: dict[str, Marker] = {}

    def build(
        self, entries: Mapping[str, Entry], text: Callable[[str], KeptText], found_in: Collection[str] = ()
    ) -> Hit | None:
        """The hit of a document; None when the reader may see no version of it."""
        visible = self._visible(entries)
        if not visible:
            return None
        preferred = self._preferred(visible)
        is_exact = self._is_exact_symbol(next(iter(visible.values())).symbols)
        # A symbol is the same in all languages: no version matches better, and no words are worth showing. Without
        # passages it does not matter either which of them matched, where it is known which to show.
        if is_exact or (preferred and not self.query.passages):
            matched = preferred or next(iter(visible))
        else:
            matched = self._matched(visible, preferred, text, found_in)
        shown = visible[preferred or matched]
        quoted = text(matched) if self.query.passages and not is_exact else KeptText()
        return Hit(
            document_key=shown.document_key,
            kind=shown.kind,
            symbol=shown.symbols[0] if shown.symbols else "",
            shown=version_of(shown),
            matched=version_of(visible[matched]),
            versions=tuple(version_of(entry) for entry in visible.values()),
            title=(Piece(shown.title, False),) if is_exact else mark(shown.title, self._marker(shown.language)),
            snippets=snippets(quoted, self._marker(matched), self.query.passages, shown.title),
            process=shown.process,
            body=shown.body,
            session=shown.session,
            doc_kind=shown.doc_kind,
            date=shown.date,
            is_exact_symbol=is_exact,
        )

    def _marker(self, language: str) -> Marker:
        if language not in self._markers:
            groups = self.query.synonyms.get(language, ())
            self._markers[language] = Marker(units(self.typed.insisted(language), groups, language), language)
        return self._markers[language]

    def _preferred(self, visible: Mapping[str, Entry]) -> str:
        """The language to show whatever matched: one filtered by, else the reader's; empty when there is neither."""
        chosen = self.query.chosen("language")
        wanted = [language for language in visible if language in chosen] or [self.query.language]
        return next((language for language in wanted if language in visible), "")

    def likely(self, entries: Mapping[str, Entry], found_in: Collection[str]) -> list[str]:
        """The languages of a document whose texts its hit is most likely made of: what an engine had better fetch."""
        visible = self._visible(entries)
        if not visible or self._is_exact_symbol(next(iter(visible.values())).symbols):
            return []
        preferred = self._preferred(visible)
        if preferred and not self.query.passages:
            return []
        order = self._order(visible, preferred, found_in)
        # The symbol alone was found: in which version the words are is not known before all are read.
        all_are_read = self.typed.terms and not found_in
        return order if all_are_read or (found_in and order[0] != preferred) else order[:1]

    def _visible(self, entries: Mapping[str, Entry]) -> dict[str, Entry]:
        return {
            language: entries[language]
            for language in self.languages
            if language in entries and self.query.visibility.allows(entries[language])
        }

    def _order(self, visible: Mapping[str, Entry], preferred: str, found_in: Collection[str]) -> list[str]:
        """The languages that may hold most of what was typed, the preferred one first."""
        held = [language for language in visible if language in found_in]
        return sorted(held or visible, key=lambda language: language != preferred)

    def _matched(
        self, visible: Mapping[str, Entry], preferred: str, text: Callable[[str], KeptText], found_in: Collection[str]
    ) -> str:
        """The language of the version that holds most of what was typed, the preferred one when it holds all of it."""
        order = self._order(visible, preferred, found_in)
        best, most = order[0], 0.0
        if not self.typed.terms or len(order) == 1:
            return best
        for language in order:
            marker = self._marker(language)
            entry = visible[language]
            beside = "\n".join([entry.title, *entry.names, *entry.agenda])
            held = len(marker.matches(beside)[0] | marker.held(text(language).stems)) / marker.terms
            if held > most:
                best, most = language, held
            if held == 1:
                break
        return best

    def _is_exact_symbol(self, symbols: Sequence[str]) -> bool:
        loose = self.typed.loose_symbol
        return bool(loose) and any(_loose_key(symbol) == loose for symbol in symbols)


def version_of(entry: Entry) -> Version:
    """An entry as a version of a hit."""
    return Version(entry.id, entry.language, entry.title, entry.url)
