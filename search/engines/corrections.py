"""Did you mean: words that no visible document has, replaced by the nearest ones that some have.

Engines find the documents that have a word alike; the words themselves are read out of the texts of those documents
that the reader may see, so that nothing else can be offered, and they are spelled as they are written there.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Generic

from search.engines.analysis import SHORTEST_SPELLED, fold, is_stop_word, tokens
from search.engines.base import Entry, Query
from search.engines.compiler import CompiledQuery
from search.engines.dialects import Q
from search.engines.grouping import field_of
from search.engines.kept_texts import passages_of
from search.engines.looking import Found, Look, Question
from search.engines.typed import MAX_TERMS, PlainWord, Term, plain_words

# By number of differences: letters that a word must have at least, and how often documents are asked for and read,
# each time without those that have a word already read.
SHORTEST = {1: 4, 2: 6}
ROUNDS = {1: 3, 2: 2}
LONGEST = 40  # letters of a word; what is longer is no slip of the pen, and costs an engine seconds
MOST_DOCUMENTS = 8  # read for one word in one language in one round
MOST_UNKNOWN = 3  # words replaced
MOST_COUNTED = 10  # nearest words that are counted, for one word

# A nearest word, by the language it was read in: how often it was read in each spelling.
Spellings = dict[tuple[str, str], Counter[str]]


def differences(first: str, second: str, most: int) -> int:
    """How many letters differ: too many, missing, another, or two in each other's place. `most` + 1 for any more.

    The optimal string alignment distance, which the automata of Lucene and tantivy go by too.
    """
    if abs(len(first) - len(second)) > most:
        return most + 1
    before: list[int] = []
    above = list(range(len(second) + 1))
    for row, letter in enumerate(first, start=1):
        current = [row]
        for column, other in enumerate(second, start=1):
            least = min(above[column] + 1, current[-1] + 1, above[column - 1] + (letter != other))
            if row > 1 and column > 1 and letter == second[column - 2] and first[row - 2] == other:
                least = min(least, before[column - 2] + 1)
            current.append(least)
        if min(current) > most:
            return most + 1
        before, above = above, current
    return min(above[-1], most + 1)


class Corrector(Generic[Q]):
    """Finds the correction of one query."""

    def __init__(self, query: Query, compiled: CompiledQuery[Q], look: Look[Q]) -> None:
        self.query = query
        self.compiled = compiled
        self.look = look

    def corrected(self) -> str:
        """What was typed with its unknown words replaced; empty when none is."""
        text, words = plain_words(self.query.words)
        unknown = self._unknown(words)
        nearest: dict[str, str] = {}
        for distance, shortest in SHORTEST.items():
            rest = {folded for word in unknown if len(folded := fold(word.text)) >= shortest} - nearest.keys()
            nearest |= self._nearest(sorted(rest), distance)
        for word in reversed(unknown):
            replacement = nearest.get(fold(word.text), word.text)
            text = text[: word.start] + replacement + text[word.end :]
        return text if nearest else ""

    def _unknown(self, words: Iterable[PlainWord]) -> list[PlainWord]:
        """The first words that no visible document holds in any form."""
        compared = [
            word for word in words if SHORTEST[1] <= len(fold(word.text)) <= LONGEST and not self._is_stop(word.text)
        ][:MAX_TERMS]
        held = self.look([Question(self.compiled.holding(Term((word.text,)))) for word in compared]) if compared else []
        return [word for word, found in zip(compared, held, strict=True) if not found.total][:MOST_UNKNOWN]

    def _is_stop(self, word: str) -> bool:
        return any(is_stop_word(word, language) for language in self.compiled.languages)

    def _nearest(self, words: Sequence[str], distance: int) -> dict[str, str]:
        """The best of the words at so many differences from each: in the reader's language, in the most documents."""
        alike = self._alike(words, distance)
        candidates = [(word, *near) for word in words for near in self._likeliest(word, alike[word], distance)]
        if not candidates:
            return {}
        holding = [Question(self._holding(near, language)) for _word, language, near in candidates]
        counts = [found.total for found in self.look(holding)]
        best: dict[str, tuple[tuple[int, bool, int, str], str]] = {}
        for (word, language, near), count in zip(candidates, counts, strict=True):
            rank = (differences(word, near, distance), language != self.query.language, -count, near)
            if count and (word not in best or rank < best[word][0]):
                best[word] = (rank, _as_written(alike[word][language, near]))
        return {word: spelling for word, (_rank, spelling) in best.items()}

    def _likeliest(self, word: str, alike: Spellings, distance: int) -> list[tuple[str, str]]:
        def rank(near: tuple[str, str]) -> tuple[int, bool, int, str]:
            language, folded = near
            return differences(word, folded, distance), language != self.query.language, -alike[near].total(), folded

        return sorted(alike, key=rank)[:MOST_COUNTED]

    def _alike(self, words: Sequence[str], distance: int) -> dict[str, Spellings]:
        """The words of visible documents at so many differences at most."""
        found: dict[str, Spellings] = {word: {} for word in words}
        asked = [(word, language) for word in words for language in self.compiled.languages]
        for _round in range(ROUNDS[distance]):
            if not asked:
                break
            answers = self.look([self._question(word, language, found[word], distance) for word, language in asked])
            asked = [
                (word, language)
                for (word, language), answer in zip(asked, answers, strict=True)
                if self._read(answer, word, language, distance, found[word]) and answer.total > MOST_DOCUMENTS
            ]
        return found

    def _question(self, word: str, language: str, known: Iterable[tuple[str, str]], distance: int) -> Question[Q]:
        """What asks for documents with a word alike that is not known yet."""
        dialect, field = self.compiled.dialect, field_of("words", language)
        condition = dialect.all_of(
            [dialect.alike(field, word, distance), self.compiled.visible[language]],
            without=[dialect.value(field, near) for read_in, near in known if read_in == language],
        )
        return Question(condition, MOST_DOCUMENTS, read=language)

    def _holding(self, word: str, language: str) -> Q:
        dialect = self.compiled.dialect
        return dialect.all_of([dialect.value(field_of("words", language), word), self.compiled.visible[language]])

    def _read(self, answer: Found, word: str, language: str, distance: int, known: Spellings) -> bool:
        """Takes in the words alike of the documents found; whether there are any that were not known."""
        before = len(known)
        for spelling, times in self._words(answer.documents, language).items():
            near = fold(spelling)
            if len(near) >= SHORTEST_SPELLED and near.isalpha() and differences(word, near, distance) <= distance:
                known.setdefault((language, near), Counter())[spelling] += times
        return len(known) > before

    def _words(self, documents: Iterable[Mapping[str, Entry]], language: str) -> Counter[str]:
        """How often each word stands in the versions in a language that the reader may see."""
        words: Counter[str] = Counter()
        for entry in (entries[language] for entries in documents if language in entries):
            if self.query.visibility.allows(entry):
                for text in (
                    entry.title,
                    *(*entry.names, *entry.agenda, *entry.party_names),
                    *(passage.text for passage in passages_of(entry)),
                ):
                    words.update(tokens(text))
        return words


def _as_written(spellings: Counter[str]) -> str:
    """The commonest spelling; one in small letters before one that a sentence begins with, or a heading."""
    small = [spelling for spelling in spellings if spelling == spelling.lower()]
    return min(small or spellings, key=lambda spelling: (-spellings[spelling], spelling))
