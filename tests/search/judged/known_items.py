"""Queries that nobody listed, made from the texts themselves: each has one document that it was made from."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from search.engines.analysis import is_han, tokens
from search.engines.base import Entry
from tests.search.judged.archive import Archive

EACH = 6  # queries of a kind and language
SHORTEST = 5  # letters of a telling word
MOST_WORDS = 3
HAN_WORDS = 5  # characters in a row


@dataclass(frozen=True)
class KnownItem:
    """A query with the kind of its making, the reader's language, and the name of the document it was made from."""

    words: str
    kind: str
    language: str
    name: str


def known_items(archive: Archive) -> Iterator[KnownItem]:
    """Some hundred queries, always the same for the same archive: from texts and titles, in six languages."""
    by_language: dict[str, list[Entry]] = defaultdict(list)
    for entry in archive.entries:
        if archive.visibility.allows(entry) and entry.process != "other":
            by_language[entry.language].append(entry)
    for language, entries in by_language.items():
        frequency = Counter(word for entry in entries for word in {*words_of(_text(entry)), *words_of(entry.title)})
        forms = _forms(frequency)
        long = [entry for entry in entries if len(_text(entry)) > 150]
        for entry in _spread(long):
            telling = _telling(_text(entry), frequency)
            name = archive.names[entry.document_key]
            yield KnownItem(" ".join(telling), "words of a text", language, name)
            yield KnownItem(" ".join(_bare(word) for word in telling), "without accents", language, name)
            other = [forms.get(word, word) for word in telling]
            yield KnownItem(" ".join(other), "in other forms", language, name)


def words_of(text: str) -> list[str]:
    """The words of a text that a reader might type; Chinese in runs of characters."""
    found = tokens(text)
    if sum(map(is_han, found)) * 2 > len(found) > 0:
        return ["".join(found[place : place + HAN_WORDS]) for place in range(0, len(found) - HAN_WORDS, HAN_WORDS)]
    return [word.lower() for word in found if word.isalpha() and len(word) >= SHORTEST]


def _text(entry: Entry) -> str:
    return "\n".join([entry.text, *(part.text for part in entry.passages)])


def _spread(entries: Sequence[Entry]) -> Sequence[Entry]:
    return entries[:: max(1, len(entries) // EACH)][:EACH]


def _telling(text: str, frequency: Mapping[str, int]) -> list[str]:
    """The rarest words of a text, in their order; of Chinese one run."""
    words = list(dict.fromkeys(words_of(text)))
    count = 1 if words and is_han(words[0][0]) else MOST_WORDS
    rarest = sorted(words, key=lambda word: (-(frequency[word] > 1), frequency[word]))[:count]
    return [word for word in words if word in rarest]


def _forms(frequency: Mapping[str, int]) -> dict[str, str]:
    """By word, another one that begins like it and ends otherwise: most often the same word in another form."""
    alike: dict[str, list[str]] = defaultdict(list)
    for word in sorted(frequency):
        alike[word[: max(SHORTEST, len(word) - 2)]].append(word)
    return {
        word: other for group in alike.values() for word, other in zip(group, [*group[1:], *group[:1]], strict=True)
    }


def _bare(word: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))
