"""Synonyms at query time: what was typed is also looked for under the words that editors hold to be equal.

Groups come with the query, so a change of theirs needs no new index. They hold within a language and by stems: any
inflected form of a member stands for any form of the others. What was typed in quotation marks stays as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from search.engines.analysis import clean, tokens
from search.engines.typed import Term, in_pairs, insisted, plain_terms
from search.engines.vocabulary import ABBREVIATIONS

MOST_OTHERS = 10  # synonyms of one word or phrase
LONGEST_MEMBER = 8  # words of a synonym, Chinese characters among them

# The stems of terms that follow each other.
Run = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Unit:
    """Terms that follow each other, most often one alone, and what is as good: a term for each word or phrase."""

    terms: tuple[Term, ...]
    others: tuple[Term, ...] = ()


def units(terms: Sequence[Term], groups: Sequence[Sequence[str]], language: str) -> list[Unit]:
    """Terms in their order, each with its synonyms; of runs that have some, the longest from the left.

    `groups` are words and phrases that mean the same in the language, as editors typed them; the common abbreviations
    are beside them.
    """
    known = _known((*map(tuple, groups), *ABBREVIATIONS.get(language.partition("-")[0], ())), language)
    longest = max(map(len, known), default=1)
    found: list[Unit] = []
    place = 0
    while place < len(terms):
        runs = [tuple(terms[place:end]) for end in range(min(place + longest, len(terms)), place, -1)]
        widened = (Unit(run, others) for run in runs if (others := _others(run, known, language)))
        found.append(next(widened, Unit((terms[place],))))
        place += len(found[-1].terms)
    return found


def _others(run: Sequence[Term], known: Mapping[Run, tuple[Term, ...]], language: str) -> tuple[Term, ...]:
    """What is as good as a run of terms: nothing when a part is quoted, or when only a part is asked for in titles."""
    if any(term.is_quoted for term in run) or len({(term.in_title, term.in_names) for term in run}) > 1:
        return ()
    others = known.get(tuple(term.stems(language) for term in run), ())
    return tuple(replace(other, in_title=run[0].in_title, in_names=run[0].in_names) for other in others)


@lru_cache(maxsize=32)
def _known(groups: tuple[tuple[str, ...], ...], language: str) -> dict[Run, tuple[Term, ...]]:
    """The synonyms of every member of the groups, by the stems that the member is recognised by."""
    known: dict[Run, tuple[Term, ...]] = {}
    for group in groups:
        members = {
            Term(words): insisted(plain_terms(member), language)
            for member in group
            if 0 < len(words := tuple(tokens(clean(member)))) <= LONGEST_MEMBER
        }
        for member, terms in members.items():
            others = [other for other in members if other.stems(language) != member.stems(language)]
            # Chinese is typed by itself, or stands in a longer run, which is read in pairs.
            for run in (terms, in_pairs(terms)):
                stems = tuple(term.stems(language) for term in run)
                known[stems] = tuple(dict.fromkeys([*known.get(stems, ()), *others]))[:MOST_OTHERS]
    return known
