"""Terms of the glossary found in a text, in any inflection, the longest first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from wagtail.models import Page

from cms.core.languages import language as language_entry
from cms.localization.glossary.stems import is_acronym, stem, words
from cms.localization.models import Term, TermName
from cms.processes.models import Process, ProcessPage

# Words of a text asked for in one query; a page of 400 paragraphs has some 3,000 different ones.
WORDS_AT_ONCE = 5_000


@dataclass(frozen=True)
class Found:
    """A term that stands in a text from ``start`` to ``end``: as printed there, and what it is called in the target.

    ``official`` names come in the order of the glossary; ``admitted`` may be used too, ``forbidden`` may not.
    ``is_forbidden`` says that the text itself uses a forbidden name.
    """

    term_id: int
    start: int
    end: int
    text: str
    official: list[str]
    admitted: list[str]
    forbidden: list[str]
    is_forbidden: bool = False
    source: str = ""
    note: str = ""


@dataclass(frozen=True)
class _Word:
    """A word of a text: where it stands, its stem, and itself if it is written in capitals."""

    start: int
    end: int
    stem: str
    acronym: str

    def fits(self, wanted: str) -> bool:
        return wanted in (self.stem, self.acronym)


@dataclass(frozen=True)
class _Name:
    """A name that is looked for: the stems of its words, and the term it is of."""

    stems: tuple[str, ...]
    term_id: int
    is_forbidden: bool


# The first and the last word of a name that stands in a text, and the name.
_Match = tuple[_Word, _Word, _Name]
# Names by term and use; those that are not known are empty.
_Called = Mapping[int, Mapping[str, list[str]]]


def found(text: str, source_language: str, target_language: str, process: Process | None) -> list[Found]:
    """The terms in a text, in the order in which they stand there: those of its process, and the general ones.

    Languages are given by any of their codes. At most three queries.
    """
    return found_in([text], source_language, target_language, process)[0]


def found_in(
    texts: Sequence[str], source_language: str, target_language: str, process: Process | None
) -> list[list[Found]]:
    """The same for many texts at once, such as all of a page, in as many queries."""
    source, target = language_entry(source_language).code, language_entry(target_language).code
    split = [_words(text, source) for text in texts]
    names = _names(_forms(split), source, process)
    matches = [list(_matches(one, names)) for one in split]
    used = {name.term_id for one in matches for _first, _last, name in one}
    terms = Term.objects.in_bulk(used) if used else {}
    equivalents = _equivalents(used, target)
    return [
        [_found(text, match, equivalents, terms[match[2].term_id]) for match in one if match[2].term_id in terms]
        for text, one in zip(texts, matches, strict=True)
    ]


def names_in(texts: Sequence[str], source_language: str, target_language: str, page: Page | None) -> list[list[Found]]:
    """The same without sources and notes, for the checks of a page's texts: one query for most pages.

    The terms are those of the processes above the page, and the general ones.
    """
    source, target = language_entry(source_language).code, language_entry(target_language).code
    split = [_words(text, source) for text in texts]
    of_process = Q(term__process=None)
    if page is not None:
        above = ProcessPage.objects.ancestor_of(page, inclusive=True)
        of_process |= Q(term__process__in=above.order_by().values("process"))
    wanted = sorted(_forms(split))
    rows: list[tuple[Any, ...]] = []
    for start in range(0, len(wanted), WORDS_AT_ONCE):
        standing = TermName.objects.filter(language=source, first_stem__in=wanted[start : start + WORDS_AT_ONCE])
        found_names = TermName.objects.filter(
            of_process, language__in={source, target}, term__in=standing.order_by().values("term")
        )
        fields = ("stems", "term_id", "use", "term__process_id", "language", "text")
        rows += found_names.order_by("term", "sort_order", "pk").values_list(*fields)
    called: defaultdict[int, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for _stems, term, use, _owner, language, text in dict.fromkeys(rows):
        if language == target:
            called[term][use].append(text)
    names = _by_first_word(row[:4] for row in rows if row[4] == source)
    return [
        [_found(text, match, called) for match in _matches(one, names)] for text, one in zip(texts, split, strict=True)
    ]


def _found(text: str, match: _Match, called: _Called, term: Term | None = None) -> Found:
    """A match in a text as it is shown; with source and note where the term is given."""
    first, last, name = match
    names = called[name.term_id]
    return Found(
        term_id=name.term_id,
        start=first.start,
        end=last.end,
        text=text[first.start : last.end],
        official=names[TermName.Use.PREFERRED],
        admitted=names[TermName.Use.ADMITTED],
        forbidden=names[TermName.Use.FORBIDDEN],
        is_forbidden=name.is_forbidden,
        source=term.source if term else "",
        note=term.note if term else "",
    )


def _forms(texts: Iterable[Sequence[_Word]]) -> set[str]:
    """All stems and acronyms of some texts."""
    return {form for one in texts for word in one for form in (word.stem, word.acronym) if form}


def _words(text: str, language: str) -> list[_Word]:
    return [
        _Word(match.start(), match.end(), stem(match[0], language), match[0] if is_acronym(match[0]) else "")
        for match in words(text)
    ]


def _names(forms: Iterable[str], language: str, process: Process | None) -> Mapping[str, list[_Name]]:
    """The names that may stand in the texts, by their first word, the longest first. One query for most pages.

    Of two names that are the same, that of the process comes before the general one.
    """
    wanted = sorted(forms)
    of_process = Q(term__process=None) if process is None else Q(term__process=None) | Q(term__process=process)
    rows: list[tuple[str, int, str, int | None]] = []
    for start in range(0, len(wanted), WORDS_AT_ONCE):
        found_names = TermName.objects.filter(
            of_process, language=language, first_stem__in=wanted[start : start + WORDS_AT_ONCE]
        )
        rows += found_names.values_list("stems", "term_id", "use", "term__process_id")
    return _by_first_word(rows)


def _by_first_word(rows: Iterable[tuple[str, int, str, int | None]]) -> Mapping[str, list[_Name]]:
    """Names by their first word, the longest first, from their stems, term, use and process."""
    by_first: defaultdict[str, list[_Name]] = defaultdict(list)
    found_names: list[tuple[int, bool, int, _Name]] = []
    for stems, term, use, owner in rows:
        name = _Name(tuple(stems.split()), term, use == TermName.Use.FORBIDDEN)
        found_names.append((-len(name.stems), owner is None, term, name))
    for *_order, name in sorted(found_names, key=lambda entry: entry[:3]):
        by_first[name.stems[0]].append(name)
    return by_first


def _matches(text: Sequence[_Word], names: Mapping[str, list[_Name]]) -> Iterable[_Match]:
    """The names that stand in a text, from left to right; at each place the longest, and none inside another."""
    at = 0
    while at < len(text):
        word = text[at]
        candidates = [*names.get(word.acronym, ()), *names.get(word.stem, ())] if names else []
        best = next(
            (name for name in sorted(candidates, key=lambda one: -len(one.stems)) if _stands(name, text, at)), None
        )
        if best is None:
            at += 1
            continue
        yield word, text[at + len(best.stems) - 1], best
        at += len(best.stems)


def _stands(name: _Name, text: Sequence[_Word], at: int) -> bool:
    """Whether the name stands in the text at this word."""
    end = at + len(name.stems)
    return end <= len(text) and all(word.fits(wanted) for word, wanted in zip(text[at:end], name.stems, strict=True))


def _equivalents(terms: Iterable[int], language: str) -> _Called:
    """What the terms are called in a language, by use. One query."""
    by_term: defaultdict[int, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    wanted = list(terms)
    if wanted:
        rows = TermName.objects.filter(term__in=wanted, language=language).order_by("term", "sort_order", "pk")
        for term, use, text in rows.values_list("term_id", "use", "text"):
            by_term[term][use].append(text)
    return by_term
