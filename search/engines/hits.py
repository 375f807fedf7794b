"""From a document that an engine found to the hit that is shown: which version, which matched, marks and snippets."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from documents.symbols.folding import loose_key
from search.engines.base import Entry, Hit, Passage, Piece, Query, Version
from search.engines.highlighting import Marker, mark, snippets
from search.engines.synonyms import units
from search.engines.typed import Typed

MOST_READ = 200_000  # characters of a version that marks and snippets are looked for in; a longer text is still found

_BLANK_LINE = re.compile(r"\n\s*\n")


def passages_of(entry: Entry) -> list[Passage]:
    """The passages of an entry, and the paragraphs of its text without anchors as further ones, up to MOST_READ."""
    paragraphs = (part.strip() for part in _BLANK_LINE.split(entry.text[:MOST_READ]))
    found = []
    room = MOST_READ
    for passage in chain(entry.passages, (Passage("", "", part) for part in paragraphs if part)):
        if room <= 0:
            break
        found.append(replace(passage, text=passage.text[:room]))
        room -= len(passage.text)
    return found


class HitBuilder:
    """Makes the hits of one query.

    `languages` is every language of the index in reading order. Documents are given as their entries by language,
    possibly without text and passages, and a function that gives the whole entry of a language.
    """

    def __init__(self, query: Query, typed: Typed, languages: Sequence[str]) -> None:
        self.query = query
        self.typed = typed
        self.languages = sorted(languages, key=lambda language: language != query.language)
        self._markers: dict[str, Marker] = {}

    def build(self, entries: Mapping[str, Entry], whole: Callable[[str], Entry]) -> Hit | None:
        """The hit of a document; None when the reader may see no version of it."""
        visible = {
            language: entries[language]
            for language in self.languages
            if language in entries and self.query.visibility.allows(entries[language])
        }
        if not visible:
            return None
        texts: dict[str, list[Passage]] = {}

        def passages(language: str) -> list[Passage]:
            if language not in texts:
                texts[language] = passages_of(whole(language))
            return texts[language]

        preferred = self._preferred(visible)
        is_exact = self._is_exact_symbol(next(iter(visible.values())).symbols)
        # A symbol is the same in all languages: no version matches better, and no words are worth showing. Without
        # passages it does not matter either which of them matched, where it is known which to show.
        if is_exact or (preferred and not self.query.passages):
            matched = preferred or next(iter(visible))
        else:
            matched = self._matched(visible, preferred, passages)
        shown = visible[preferred or matched]
        is_quoted = self.query.passages and not is_exact
        quoted = [part for part in passages(matched) if not _is_title(part.text, shown.title)] if is_quoted else []
        return Hit(
            document_key=shown.document_key,
            kind=shown.kind,
            symbol=shown.symbols[0] if shown.symbols else "",
            shown=version_of(shown),
            matched=version_of(visible[matched]),
            versions=tuple(version_of(entry) for entry in visible.values()),
            title=(Piece(shown.title, False),) if is_exact else mark(shown.title, self._marker(shown.language)),
            snippets=snippets(quoted, self._marker(matched), self.query.passages),
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

    def _matched(self, visible: Mapping[str, Entry], preferred: str, passages: Callable[[str], list[Passage]]) -> str:
        """The language of the version that holds most of what was typed, the preferred one when it holds all of it."""
        order = sorted(visible, key=lambda language: language != preferred)
        best, most = order[0], 0.0
        if not self.typed.terms:
            return best
        for language in order:
            marker = self._marker(language)
            entry = visible[language]
            texts = [entry.title, *entry.names, *entry.agenda, *(passage.text for passage in passages(language))]
            held = len(frozenset().union(*(marker.matches(text)[0] for text in texts))) / marker.terms
            if held > most:
                best, most = language, held
            if held == 1:
                break
        return best

    def _is_exact_symbol(self, symbols: Sequence[str]) -> bool:
        loose = self.typed.loose_symbol
        return bool(loose) and any(loose_key(symbol) == loose for symbol in symbols)


def _is_title(text: str, title: str) -> bool:
    """Whether a passage only repeats the title, as the head of a file does."""
    return text.casefold().split() == title.casefold().split()


def version_of(entry: Entry) -> Version:
    """An entry as a version of a hit."""
    return Version(entry.id, entry.language, entry.title, entry.url)
