"""How text becomes the words that are looked up: the same way for entries, for queries and for highlighting.

Text is analysed here and not in an engine, so that all engines find the same things, and every mark in a snippet is
there for the reason that the entry was found. Words are folded (case, accents, ё, Arabic letter forms and vowel signs,
digits of other scripts, letters of the wrong alphabet) and then stemmed in the language of the text; Chinese is taken
character by character, and a Chinese word is a sequence of them.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache, partial
from typing import Generic, TypeVar

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from documents.symbols.folding import fold_lookalikes
from search.engines.arabic import arabic_bare, arabic_stem
from search.engines.vocabulary import IRREGULAR, STOP_WORDS, WHOLE_WORDS

V = TypeVar("V")

VERSION = 2  # goes up with every change that gives other words for the same text; older indexes are rebuilt

# What is kept of words, per language: about 15 MB for their stems, and 20 MB more where texts are indexed.
_MOST_WORDS = 100_000

SHORTEST_SPELLED = 3  # letters of a word that spelling is compared with
MAX_WORD = 60  # characters; what is longer is no word, and only its beginning counts

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
_TOKEN = re.compile(rf"[{_HAN}]|[^\W_{_HAN}]+(?:[{_MARKS}]+[^\W_{_HAN}]*)*")
_SYMBOL_LIKE = re.compile(r"[^\s/]{1,40}(?:/[^\s/]{1,40})+")
_SPACE = re.compile(r"\s")
_HAN_CHARACTER = re.compile(rf"[{_HAN}]")
_MARK = re.compile(rf"[{_MARKS}\u0640]")  # with the Arabic stretching sign
_NO_LETTER = re.compile(r"[\W_]+")
# Never shown and never part of a word: controls, soft hyphen, zero-width space and no-break space, halves of pairs.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff\ud800-\udfff]")
_BREAK = re.compile("\x0b|\x0c|[\x1c-\x1f]|\x85|\r\n?")  # ends of lines, pages and records

# What a word is made into before it is stemmed.
_BEFORE_STEMMING = {
    # "organised" as "organized", "labour" as "labor".
    "en": (
        (re.compile(r"(?<=...)is(?=(?:e|ed|es|ing|er|ers|ation|ations)$)"), "iz"),
        (re.compile(r"(?<=...)our(?=s?$)"), "or"),
    ),
    # The stemmer knows the endings of "négociée" and "négocié" by the accents that folding took away.
    "fr": ((re.compile(r"ee(?=s?$)"), "ée"), (re.compile(r"ie(?=s?$)"), "ié")),
}
# What the stemmer leaves of some words: "беженец", "беженц(ы)"; "actas", which is too short for it.
_AFTER_STEMMING = {
    "es": ((re.compile(r"(?<=...)(?:[aeo]s?|s)$"), ""),),
    "ru": ((re.compile(r"(?<=...)ец$"), "ц"),),
}
_STEMMED_TWICE = frozenset({"es", "ru"})

_LATIN_LETTER = re.compile("[a-z]")
_CYRILLIC_LETTER = re.compile("[\u0400-\u04ff]")
_CYRILLIC_TWINS = str.maketrans("abcehikmoptxy", "авсенікмортху")
_LATIN_TWINS = str.maketrans("авсенікмортху", "abcehikmoptxy")


def _latin_bases() -> dict[int, str]:
    """Latin letters with a diacritic, each with its plain letter."""
    bases = {ord("ø"): "o", ord("ł"): "l", ord("đ"): "d", ord("æ"): "ae", ord("œ"): "oe", ord("ı"): "i"}
    for code in (*range(0xDF, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii() and base.isalpha():
            bases[code] = base
    return bases


_FOLDED_LETTERS = str.maketrans(
    {
        **{chr(code): base for code, base in _latin_bases().items()},
        "ё": "е",
        **dict.fromkeys("أإآٱ", "ا"),
        "ى": "ي",
        "ة": "ه",
        **{chr(start + digit): str(digit) for start in (0x660, 0x6F0) for digit in range(10)},
    }
)

_STEMMERS = {
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
    "ru": "russian",
}


def clean(text: str) -> str:
    """The text as it is kept and shown: composed, without characters that cannot be seen, lines ended in one way."""
    # Python does not call the ends of lines and no-break spaces printable; nothing else of most texts needs a look.
    if text.replace("\n", " ").replace("\xa0", " ").isprintable():
        return unicodedata.normalize("NFC", text)
    return unicodedata.normalize("NFC", _BREAK.sub("\n", _INVISIBLE.sub("", text)))


def tokens(text: str) -> list[str]:
    """The words of a text as they stand there; each Chinese character is one.

    Symbols printed with look-alike letters are read in Latin ones, so they are the same words in every language.
    """
    return _TOKEN.findall(_with_latin_symbols(text))


def token_spans(text: str) -> list[tuple[int, int, str]]:
    """The words of a text, read in the same way, with where they start and end in it."""
    return [(match.start(), match.end(), match.group()) for match in _TOKEN.finditer(_with_latin_symbols(text))]


def _with_latin_symbols(text: str) -> str:
    """The text, of the same length, with the letters of "СТОС/СОР/WG.4/2019/6" and its like in Latin."""
    parts = []
    done = 0
    slash = text.find("/")
    while slash >= 0:
        # Only what stands around a slash: the pattern tried at every letter took most of the time of indexing.
        start = slash
        while start > done and not text[start - 1].isspace():
            start -= 1
        space = _SPACE.search(text, slash)
        end = space.start() if space else len(text)
        parts += [text[done:start], _SYMBOL_LIKE.sub(_latin_symbol, text[start:end])]
        done = end
        slash = text.find("/", end)
    return "".join([*parts, text[done:]]) if parts else text


def _latin_symbol(found: re.Match[str]) -> str:
    chunk = found.group()
    return fold_lookalikes(chunk) if any(char.isdigit() for char in chunk) else chunk


def is_han(token: str) -> bool:
    """Whether a token is a Chinese character."""
    return len(token) == 1 and _HAN_CHARACTER.match(token) is not None


@lru_cache(maxsize=50_000)
def fold(token: str) -> str:
    """A word without case, accents, vowel signs and the like: "Négociations" gives "negociations"."""
    if token.isascii():
        return token[:MAX_WORD].lower()
    folded = unicodedata.normalize("NFKC", token[:MAX_WORD]).casefold()
    folded = _MARK.sub("", unicodedata.normalize("NFC", folded)).translate(_FOLDED_LETTERS)
    if not folded.isascii():
        folded = _in_one_alphabet(folded)
    return _NO_LETTER.sub("", folded) or token[:MAX_WORD]


class _Table(dict[str, V], Generic[V]):
    """What is worked out for a word when it is first asked for; emptied when there are too many."""

    def __init__(self, work_out: Callable[[str], V]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, word: str) -> V:
        found = self._work_out(word)
        if len(word) <= MAX_WORD:
            if len(self) >= _MOST_WORDS:
                self.clear()
            self[word] = found
        return found


@cache
def stems_of(language: str) -> Mapping[str, str]:
    """A table that gives the stem of any word of a language, for those who look up many."""
    return _Table(partial(_stem, language=language.partition("-")[0]))


@cache
def _stretches(language: str) -> Mapping[str, tuple[str, str]]:
    """By stretch of text between spaces ("(negotiations),"): the stems of its words, and what `spelled` gives."""

    def both(stretch: str) -> tuple[str, str]:
        words = tokens(stretch)
        spelling = " ".join(spelled(words))
        # Most words are spelled as they stand there: the same object is nearer to the processor than an equal one.
        return stemmed(words, language), stretch if spelling == stretch else spelling

    return _Table(both)


@cache
def _beginnings(language: str) -> Mapping[str, str]:
    """By stretch of text between spaces: what `unstemmed` gives of its words."""
    return _Table(lambda stretch: " ".join(unstemmed(tokens(stretch), language)))


def stems_and_spellings(text: str, language: str) -> tuple[str, Sequence[str]]:
    """What `stemmed` and `spelled` give of the words of a text.

    The latter come as often as they stand there, several in a string where no space was, empty for other words.
    For texts that are indexed. No word and no symbol goes over a space, and most stretches between spaces were met
    before: measured, it takes two thirds of the time that finding each word and looking it up twice takes.
    """
    stretches = text.split()
    if not stretches:
        return "", ()
    stems, spellings = zip(*map(_stretches(language).__getitem__, stretches), strict=True)
    return " ".join(filter(None, stems)), spellings


def beginnings(text: str, language: str) -> frozenset[str]:
    """What `unstemmed` gives of the words of a text, several in a string where no space was."""
    return frozenset(map(_beginnings(language).__getitem__, text.split()))


def stem(token: str, language: str) -> str:
    """The form of a word that its inflected forms share, in a language given by its Django or short code.

    Words of a language without a stemmer are folded only.
    """
    return stems_of(language)[token]


def _stem(token: str, language: str) -> str:
    word = fold(token)
    if language == "ar":
        return arabic_stem(word, _unmarked(token))
    if word in WHOLE_WORDS.get(language, ()):
        return WHOLE_WORDS[language][word]
    word = IRREGULAR.get(language, {}).get(word, word)
    if language not in _STEMMERS:
        return word
    for pattern, base in _BEFORE_STEMMING.get(language, ()):
        word = pattern.sub(base, word)
    found = _snowball(word, language)
    # A second time, for words whose bare form loses what the others keep: "орган" but "орган(ов)", "exam(en)".
    if language in _STEMMED_TWICE:
        found = _snowball(found, language)
    for pattern, base in _AFTER_STEMMING.get(language, ()):
        found = pattern.sub(base, found)
    return found


def _snowball(word: str, language: str) -> str:
    found = _stemmer(language).analyze(word)
    return fold(found[0]) if found else word


def _unmarked(token: str) -> str:
    """A word without vowel signs and stretching, its letters as they were written."""
    return _MARK.sub("", unicodedata.normalize("NFC", token))


def unstemmed(words: Iterable[str], language: str) -> frozenset[str]:
    """The different folded words that beginnings are looked up in; Arabic ones also without conjunction and article."""
    words = frozenset(words)
    folded = frozenset(map(fold, words))
    if language == "ar":
        return folded | {arabic_bare(fold(word), _unmarked(word)) for word in words}
    return folded


def is_stop_word(token: str, language: str) -> bool:
    """Whether a query need not insist on this word in this language."""
    return fold(token) in STOP_WORDS.get(language.partition("-")[0], frozenset())


def stemmed(words: Iterable[str], language: str) -> str:
    """The stems of words in their order, separated by spaces: what an engine indexes with a whitespace tokenizer."""
    return " ".join(map(stems_of(language).__getitem__, words))


def spelled(words: Iterable[str]) -> frozenset[str]:
    """The different folded words that spelling is compared with: of letters alone, no Chinese, three letters long."""
    return frozenset(map(_SPELLINGS.__getitem__, set(words))) - {""}


def _spelling(token: str) -> str:
    word = fold(token)
    return word if len(word) >= SHORTEST_SPELLED and word.isalpha() else ""


_SPELLINGS = _Table(_spelling)


@cache
def _stemmer(language: str) -> TextAnalyzer:
    return TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.stemmer(_STEMMERS[language])).build()


def _in_one_alphabet(word: str) -> str:
    """A word with Latin and Cyrillic letters, mixed by mistake or by a bad scan, in the alphabet of most of them."""
    latin = len(_LATIN_LETTER.findall(word))
    if not latin or latin == len(word):
        return word
    cyrillic = len(_CYRILLIC_LETTER.findall(word))
    if not cyrillic:
        return word
    return word.translate(_CYRILLIC_TWINS if cyrillic >= latin else _LATIN_TWINS)
