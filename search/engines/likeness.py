"""Documents like one: those that hold most of the words that tell it from others, whichever engine finds them.

The words are read out of the version that the reader may see; how rare they are is asked of the engine, of visible
documents only. So a document that the reader may not see is as good as none, and both engines look for the same words.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Generic

from search.engines.analysis import clean, is_han, is_stop_word, token_spans
from search.engines.base import Entry, Query
from search.engines.compiler import CompiledQuery
from search.engines.dialects import Q
from search.engines.kept_texts import passages_of
from search.engines.looking import Look, Question
from search.engines.typed import Term

MOST_COUNTED = 40  # words whose rarity is asked
MOST_TELLING = 12  # words looked for
SHARED = 3  # one in so many of the words looked for must be there, and two where there are two
LONGEST_KEY = 1_000  # characters; an engine may fail on longer ones
SHORTEST = 3  # letters of a word that may tell
IN_TITLE = 3.0  # how much more a word of the title counts, in the document itself and in those like it


@dataclass(frozen=True)
class Telling:
    """A word (or two Chinese characters) that tells a document from others, and how much, from 0 to 1."""

    term: Term
    weight: float


class Likeness(Generic[Q]):
    """Finds what makes documents like the one that a query names."""

    def __init__(self, query: Query, compiled: CompiledQuery[Q], look: Look[Q]) -> None:
        self.query = query
        self.compiled = compiled
        self.dialect = compiled.dialect
        self.look = look

    def condition(self) -> Q:
        """The documents like it, scored, itself left out; none when the reader may see no version of it."""
        own = self.dialect.value("key", clean(self.query.similar_to)[:LONGEST_KEY])
        entry = self._source(own)
        if entry is None:
            return self.dialect.any_of([])
        telling = self._telling(entry)
        found = self.dialect.any_of(
            (self.dialect.boosted(self._holding(one.term, entry.language), one.weight) for one in telling),
            at_least=max(min(2, len(telling)), len(telling) // SHARED),
        )
        return self.dialect.all_of([found, self.compiled.visible[entry.language]], without=[own])

    def _source(self, own: Q) -> Entry | None:
        """The version to read: the reader's language, else the first that the reader may see."""
        visible = self.dialect.all_of([own, self.compiled.any_visible])
        languages = [self.query.language, *self.compiled.languages]
        for read in languages:
            (found,) = self.look([Question(visible, most=1, read=read)])
            entries = self._seen(found.documents[0]) if found.documents else {}
            if not entries:
                return None
            best = next(language for language in languages if language in entries)
            if best == read:
                return entries[best]
            languages = [best]
        return None

    def _seen(self, entries: Mapping[str, Entry]) -> dict[str, Entry]:
        return {language: entry for language, entry in entries.items() if self.query.visibility.allows(entry)}

    def _telling(self, entry: Entry) -> list[Telling]:
        """The words that are frequent in the entry and rare elsewhere."""
        language = entry.language
        counted = self._counted(entry)
        likeliest = sorted(counted, key=lambda term: (-counted[term], term.tokens))[:MOST_COUNTED]
        conditions = [
            self.compiled.visible[language],
            *(
                self.dialect.all_of([self._holding(term, language), self.compiled.visible[language]])
                for term in likeliest
            ),
        ]
        all_of_them, *held = (found.total for found in self.look([Question(condition) for condition in conditions]))
        weights = {
            term: (1 + math.log(counted[term])) * math.log(1 + all_of_them / count)
            for term, count in zip(likeliest, held, strict=True)
            if count > 1  # what stands in this document alone leads to no other
        }
        best = sorted(weights, key=lambda term: (-weights[term], term.tokens))[:MOST_TELLING]
        return [Telling(term, weights[term] / weights[best[0]]) for term in best]

    def _counted(self, entry: Entry) -> dict[Term, float]:
        """How often each word stands in the entry, those of the title more than once; inflected forms are one."""
        language = entry.language
        written: dict[tuple[str, ...], Term] = {}
        counted: dict[Term, float] = defaultdict(float)
        parts = chain([(entry.title, IN_TITLE)], ((passage.text, 1.0) for passage in passages_of(entry)))
        for text, factor in parts:
            for term in _terms(text, language):
                first = written.setdefault(term.stems(language), term)
                counted[first] += factor
        return counted

    def _holding(self, term: Term, language: str) -> Q:
        """Documents with the word in the title or the text of a language."""
        return self.dialect.any_of(
            self.dialect.boosted(self.compiled.in_field(term, name, language), factor)
            for name, factor in (("title", IN_TITLE), ("body", 1.0))
        )


def _terms(text: str, language: str) -> Iterable[Term]:
    """The words of a text that may tell: of letters, not too short, no stop words; Chinese in pairs of characters."""
    spans = token_spans(text)
    for _start, _end, token in spans:
        if len(token) >= SHORTEST and token.isalpha() and not is_stop_word(token, language):
            yield Term((token,))
    for (_start, end, first), (start, _end, second) in pairwise(spans):
        if end == start and is_han(first) and is_han(second) and not _stops(first, second, language):
            yield Term((first, second))


def _stops(first: str, second: str, language: str) -> bool:
    return is_stop_word(first, language) or is_stop_word(second, language)
