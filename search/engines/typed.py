"""What a reader typed, taken apart: words, "exact phrases", -exclusions, symbols and fields, the same for every engine.

There is no wrong input: an unclosed quotation mark, a lone minus or a bracket counts for nothing, and what stands
before a colon is a word unless it is the name of a field.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from documents.symbols.folding import loose_key, symbol_key
from search.engines.analysis import clean, is_han, is_stop_word, spelled, stem, token_spans, tokens

MAX_CHARACTERS = 300  # of what was typed; the rest is left unread
MAX_TERMS = 16
LONGEST_SEQUENCE = 10  # words that are looked for one after the other as typed
WHOLE_HAN_RUN = 4  # Chinese characters in a row that are taken as one word; longer runs are read in pairs

# The names of fields as readers of the six languages type them, the first as the help shows it. All are understood in
# every language, also with the colon that Chinese and French keyboards give.
FIELD_NAMES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "title": {
        "en": ("title",),
        "fr": ("titre",),
        "es": ("título", "titulo"),
        "ru": ("название",),
        "ar": ("العنوان",),
        "zh-hans": ("标题",),
    },
    "body": {
        "en": ("body",),
        "fr": ("organe",),
        "es": ("órgano", "organo"),
        "ru": ("орган",),
        "ar": ("الهيئة",),
        "zh-hans": ("机构",),
    },
    "symbol": {
        "en": ("symbol",),
        "fr": ("cote",),
        "es": ("signatura",),
        "ru": ("символ",),
        "ar": ("الرمز",),
        "zh-hans": ("文号",),
    },
}

_FIELDS = {name: field for field, languages in FIELD_NAMES.items() for names in languages.values() for name in names}
_PART = re.compile(
    r"(?P<minus>(?<!\S)-)?"
    rf"(?:(?<![^\s-])(?P<field>{'|'.join(_FIELDS)})[:：](?=\S))?"
    r"""(?:["“”«»„](?P<phrase>[^"“”«»„]+)["“”«»„]|(?P<chunk>[^\s"“”«»„]+))""",
    re.IGNORECASE,
)

_NUMBERED = re.compile(r"[^\W\d_]{1,5}[.-]\d+[.,;:]?")  # a part of a symbol: "WG.7", "Add.1"


@dataclass(frozen=True)
class Term:
    """Something to look for: one word, or several that must follow each other.

    `symbol` is the loose key when it looks like a symbol ("A/79/5"), else empty. `in_title` asks for it in the title,
    `in_names` among the names of body, process and session, `is_quoted` for these very words.
    """

    tokens: tuple[str, ...]
    symbol: str = ""
    in_title: bool = False
    in_names: bool = False
    is_quoted: bool = False

    def stems(self, language: str) -> tuple[str, ...]:
        """The stems of its words in a language."""
        return tuple(stem(token, language) for token in self.tokens)

    def is_stop(self, language: str) -> bool:
        """Whether a query need not insist on it in a language."""
        if len(self.tokens) == 1:
            return is_stop_word(self.tokens[0], language)
        return is_han(self.tokens[0]) and any(is_stop_word(token, language) for token in self.tokens)


@dataclass(frozen=True)
class Typed:
    """What was typed, taken apart.

    `series` are the loose keys of what a symbol must begin with (symbol:A/79). The two keys are of all of it, because
    a symbol may be typed with spaces; empty when something is excluded or a field is named: it is not plain then.
    `sequence` are the words in the order typed, without what is excluded.
    """

    terms: tuple[Term, ...] = ()
    sequence: tuple[str, ...] = ()
    excluded: tuple[Term, ...] = ()
    series: tuple[str, ...] = ()
    symbol: str = ""
    loose_symbol: str = ""
    is_plain: bool = True

    @property
    def may_begin_a_symbol(self) -> bool:
        """Whether symbols that begin with it are worth showing: it has a digit or a slash and is not too short."""
        return len(self.loose_symbol) >= 3 and ("/" in self.symbol or any(char.isdigit() for char in self.symbol))

    @property
    def may_be_relaxed(self) -> bool:
        """Whether there are words of which some alone may be worth finding."""
        return len(self.relaxed().loose) > 1

    @property
    def loose(self) -> tuple[Term, ...]:
        """The terms that were neither quoted nor asked for in the title."""
        return tuple(term for term in self.terms if not (term.is_quoted or term.in_title))

    def relaxed(self) -> "Typed":
        """The same, with Chinese that was read as one word read in pairs."""
        terms = (part for term in self.terms for part in ([term] if term.is_quoted else _pairs(term)))
        return replace(self, terms=tuple(dict.fromkeys(terms))[:MAX_TERMS])

    def neighbours(self, language: str) -> list[tuple[str, ...]]:
        """Words that stand beside each other as typed: two with the stop words between them, three of Chinese; all."""
        found = [self.sequence] if 2 < len(self.sequence) <= LONGEST_SEQUENCE else []
        last = 0
        for place in range(1, len(self.sequence)):
            if is_han(self.sequence[place]) and is_han(self.sequence[place - 1]):
                if place > 1 and is_han(self.sequence[place - 2]):
                    found.append(self.sequence[place - 2 : place + 1])
                last = place
            elif not is_stop_word(self.sequence[place], language):
                if not is_stop_word(self.sequence[last], language):
                    found.append(self.sequence[last : place + 1])
                last = place
        return list(dict.fromkeys(found))

    def insisted(self, language: str) -> tuple[Term, ...]:
        """The terms that count in a language: all but the stop words, or all when there is nothing else."""
        return insisted(self.terms, language)


def insisted(terms: tuple[Term, ...], language: str) -> tuple[Term, ...]:
    """Those of the terms that count in a language: all but the stop words, or all when there is nothing else."""
    return tuple(term for term in terms if not term.is_stop(language)) or terms


def read_typed(words: str) -> Typed:
    """Takes apart what a reader typed. Never raises."""
    text = clean(words)[:MAX_CHARACTERS]
    wanted: list[Term] = []
    excluded: list[Term] = []
    series: list[str] = []
    sequence: list[str] = []
    is_plain = True
    for part in _PART.finditer(text):
        field = _FIELDS.get((part["field"] or "").casefold())
        is_plain &= not (part["minus"] or field)
        if field == "symbol" and not part["minus"]:
            series.append(loose_key(part["phrase"] or part["chunk"]))
            continue
        found = _phrase(part["phrase"]) if part["phrase"] else _chunk(part["chunk"])
        if field == "title":
            found = [replace(term, in_title=True) for term in found]
        if field == "body":
            found = [replace(term, in_names=True) for term in found]
        (excluded if part["minus"] else wanted).extend(found)
        sequence += [] if part["minus"] else tokens(part["phrase"] or part["chunk"])
    whole = text if is_plain else ""
    return Typed(
        terms=tuple(dict.fromkeys(wanted))[:MAX_TERMS],
        sequence=tuple(sequence[:MAX_TERMS]),
        excluded=tuple(dict.fromkeys(excluded))[:MAX_TERMS],
        series=tuple(dict.fromkeys(key for key in series if key))[:MAX_TERMS],
        symbol=symbol_key(whole),
        loose_symbol=loose_key(whole),
        is_plain=is_plain,
    )


def body_parts(words: str) -> tuple[str, list[tuple[int, int, str]]]:
    """What was typed, cleaned, and each ``body:`` in it that is not excluded: where it stands, and what it names."""
    text = clean(words)[:MAX_CHARACTERS]
    named = (part for part in _PART.finditer(text) if not part["minus"])
    of_body = (part for part in named if _FIELDS.get((part["field"] or "").casefold()) == "body")
    return text, [(part.start(), part.end(), part["phrase"] or part["chunk"]) for part in of_body]


class PlainWord(NamedTuple):
    """A word of what was typed that is neither quoted nor excluded, of no field and no symbol: where it stands."""

    start: int
    end: int
    text: str


def plain_words(words: str) -> tuple[str, list[PlainWord]]:
    """What was typed as it is read, and its plain words of letters; Chinese has none, as it has no spelling."""
    text = clean(words)[:MAX_CHARACTERS]
    found = []
    for part in _PART.finditer(text):
        chunk = part["chunk"]
        if part["minus"] or part["field"] or not chunk or _is_symbol(chunk):
            continue
        spans = (
            (part.start("chunk") + start, part.start("chunk") + end, word) for start, end, word in token_spans(chunk)
        )
        found += [PlainWord(*span) for span in spans if spelled([span[2]])]
    return text, found


def plain_terms(text: str) -> tuple[Term, ...]:
    """The terms of a text without quotation marks, exclusions and fields."""
    return tuple(term for chunk in clean(text).split() for term in _chunk(chunk))


def in_pairs(terms: Iterable[Term]) -> tuple[Term, ...]:
    """The terms, with Chinese ones of more than two characters in pairs, as they stand in a longer run."""
    return tuple(part for term in terms for part in _pairs(term))


def relaxed_matches(count: int) -> int:
    """How many of so many terms a document must hold where those that hold enough of them are few: one in two."""
    return -(-count // 2)


def required_matches(count: int) -> int:
    """How many of so many terms an entry must hold: all of up to three, of more three in four."""
    return count if count <= 3 else count * 3 // 4


def _phrase(text: str) -> list[Term]:
    found = tuple(tokens(text))
    return [Term(found, is_quoted=True)] if found else []


def _is_symbol(chunk: str) -> bool:
    return "/" in chunk and any(char.isdigit() for char in chunk)


def _chunk(chunk: str) -> list[Term]:
    """The terms of something typed without spaces: a symbol, a word, words joined by hyphens, Chinese."""
    found = tokens(chunk)
    if len(found) > 1 and _is_symbol(chunk):
        return [Term(tuple(found), symbol=loose_key(chunk))]
    if len(found) > 1 and _NUMBERED.fullmatch(chunk):
        return [Term(tuple(found))]
    terms: list[Term] = []
    run: list[str] = []
    for token in [*found, ""]:
        if is_han(token):
            run.append(token)
            continue
        terms += _han_terms(run)
        run = []
        if token:
            terms.append(Term((token,)))
    return terms


def _han_terms(run: list[str]) -> list[Term]:
    if len(run) <= WHOLE_HAN_RUN:
        return [Term(tuple(run))] if run else []
    return _pairs(Term(tuple(run)))


def _pairs(term: Term) -> list[Term]:
    if len(term.tokens) <= 2 or not is_han(term.tokens[0]):
        return [term]
    return [Term(pair) for pair in pairwise(term.tokens)]
