"""Words of a text, and the stem that the inflected forms of a word share: how terms are found in a text.

A word is stemmed by Snowball's rules for its language (Arabic by those of light10: Larkey, Ballesteros, Connell, Light
Stemming for Arabic Information Retrieval, 2007); Chinese is taken character by character. Stems are stored with the
names of terms: after a change here ``manage.py stem_glossary`` writes them anew.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from cms.localization.texts.inline import CLOSING, OPENING

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
CODES = "".join(OPENING + CLOSING)
_MARKS = "\u0300-\u036f\u064b-\u065f\u0670"  # accents that stand by themselves, Arabic vowel signs
_WORD = re.compile(rf"[{HAN}]|[^\W_{HAN}{CODES}]+(?:[{_MARKS}]+[^\W_{HAN}{CODES}]*)*")
_MARK = re.compile(rf"[{_MARKS}\u0640]")  # with the Arabic stretching sign
LONGEST_STEM = 60

_SNOWBALL = {"en": "english", "es": "spanish", "fr": "french", "ru": "russian"}
# Snowball makes "орга" of "орган" and "орган" of "органов": taken further both end as the same.
_AGAIN = frozenset({"es", "ru"})
_MOST_TIMES = 3
_SPANISH_ENDING = re.compile(r"(?<=...)(?:[aeo]s?|s)$")  # "actas" is too short for Snowball
_BRITISH = re.compile(r"(?<=...)is(?=(?:e|ed|es|ing|er|ers|ation|ations)$)")

_ARABIC_LETTERS = str.maketrans({**dict.fromkeys("أإآٱ", "ا"), "ى": "ي", "ة": "ه"})
_ARABIC_BEGINNINGS = ("وال", "بال", "كال", "فال", "لل", "ال")
_ARABIC_ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")


def words(text: str) -> Iterator[re.Match[str]]:
    """The words of a text as they stand there, each Chinese character as one. Codes of inline marks part no word."""
    return _WORD.finditer(text)


def name_stems(name: str, language: str) -> list[str]:
    """The stems of a name's words in their order. An acronym stays as it is: "WHO" is not found in "who"."""
    return [match[0][:LONGEST_STEM] if is_acronym(match[0]) else stem(match[0], language) for match in words(name)]


def is_acronym(word: str) -> bool:
    """Whether a word is of capitals alone, two at least."""
    return len(word) > 1 and word.isupper()


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """The form, in small letters, that the inflected forms of a word share. Takes any code of the language."""
    language = language.partition("-")[0]
    plain = unicodedata.normalize("NFC", word)[:LONGEST_STEM].lower().replace("ё", "е")
    if language == "ar":
        return _arabic(_MARK.sub("", plain).translate(_ARABIC_LETTERS))
    if language not in _SNOWBALL:
        return plain
    if language == "en":
        plain = _BRITISH.sub("iz", plain)
    found = _snowball(plain, language)
    for _time in range(_MOST_TIMES if language in _AGAIN else 0):
        found = _snowball(found, language)
    if language == "es":
        found = _SPANISH_ENDING.sub("", found)
    # Accents last: the rules for French and Spanish go by them.
    return _MARK.sub("", unicodedata.normalize("NFD", found)).replace("и\u0306", "й")


def _snowball(word: str, language: str) -> str:
    found = _stemmer(language).analyze(word)
    return found[0] if found else word


@cache
def _stemmer(language: str) -> TextAnalyzer:
    return TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.stemmer(_SNOWBALL[language])).build()


def _arabic(word: str) -> str:
    """A folded Arabic word without conjunction, article and ending."""
    if word.startswith("و") and len(word) > 3 and not word.startswith("وال"):
        word = word[1:]
    for beginning in _ARABIC_BEGINNINGS:
        if word.startswith(beginning) and len(word) >= len(beginning) + 2:
            word = word[len(beginning) :]
            break
    for ending in _ARABIC_ENDINGS:
        if word.endswith(ending) and len(word) >= len(ending) + 2:
            word = word[: -len(ending)]
    return word
