"""Numbers that are written out: cardinals and ordinals, Roman and Chinese numerals, names of months, in six languages.

They only excuse: where one text has "3" and the other "three", nothing is missing. So a word may be read as a number
too many, and never as one too few.
"""

import re
import unicodedata
from collections.abc import Iterator

from documents.importing.dates import find_months
from documents.importing.ordinals import parse_ordinal

# Each line counts on by one from its number, a word's forms parted by a stroke; folded as `_fold` does.
_CARDINALS = (
    (1, "one|once|single two|twice|both three|thrice four five six seven eight nine ten eleven twelve|dozen"),
    (13, "thirteen fourteen fifteen sixteen seventeen eighteen nineteen"),
    (1, "un|une|seul|unique deux trois quatre cinq six sept huit neuf dix|dizaine onze"),
    (12, "douze|douzaine treize quatorze quinze|quinzaine seize"),
    (1, "uno|una|un|unico|unica dos|ambos|ambas tres cuatro cinco seis siete ocho nueve diez once doce trece catorce"),
    (15, "quince|quincena dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres"),
    (24, "veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve treinta"),
    (1, "один|одна|одно|одного|одной|одному|одним|одном|одну два|две|двух|двум|двумя|оба|обе|обоих|двое"),
    (3, "три|трех|трем|тремя|трое четыре|четырех|четырем|четырьмя пять|пяти|пятью шесть|шести|шестью семь|семи|семью"),
    (8, "восемь|восьми|восемью девять|девяти|девятью десять|десяти|десятью одиннадцать|одиннадцати"),
    (12, "двенадцать|двенадцати тринадцать|тринадцати четырнадцать|четырнадцати пятнадцать|пятнадцати"),
    (16, "шестнадцать|шестнадцати семнадцать|семнадцати восемнадцать|восемнадцати девятнадцать|девятнадцати"),
    (1, "واحد|واحده|احد|احدي|وحيد|وحيده اثنان|اثنين|اثنتان|اثنتين|اثنا|اثني|كلا|كلتا|مرتين ثلاث|ثلاثه"),
    (4, "اربع|اربعه خمس|خمسه ست|سته سبع|سبعه ثمان|ثماني|ثمانيه تسع|تسعه عشر|عشره"),
)  # fmt: skip
_TENS = (
    (20, "twenty thirty forty fifty sixty seventy eighty ninety hundred"),
    (20, "vingt|vingts trente quarante cinquante soixante septante octante nonante cent"),
    (40, "cuarenta cincuenta sesenta setenta ochenta noventa cien|ciento"),
    (20, "двадцать|двадцати тридцать|тридцати сорок|сорока пятьдесят|пятидесяти шестьдесят|шестидесяти"),
    (70, "семьдесят|семидесяти восемьдесят|восьмидесяти девяносто сто|ста"),
    (20, "عشرون|عشرين ثلاثون|ثلاثين اربعون|اربعين خمسون|خمسين ستون|ستين"),
    (70, "سبعون|سبعين ثمانون|ثمانين تسعون|تسعين مايه|ميه"),
)  # fmt: skip
_VALUES = {
    form: start + step * place
    for table, step in ((_CARDINALS, 1), (_TENS, 10))
    for start, line in table
    for place, forms in enumerate(line.split())
    for form in forms.split("|")
}
_CHINESE = dict(zip("〇零一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_CHINESE_UNITS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_CHINESE_NUMBER = re.compile(r"[〇零一二两三四五六七八九十百千万亿]{1,12}")
_ROMAN = re.compile(r"(?<![^\W\d_])[IVXLC]{1,8}(?![^\W\d_])|(?<![^\W\d_])[ivx]{1,6}(?![^\W\d_])")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = str.maketrans("أإآىةئ", "ااايهي")
_MOST_WORDS = 4  # of an ordinal: "trois-cent vingt-deuxième" has them all
_ARABIC_BEGINNING = re.compile("^(?:و?ال|لل|[وبل](?=...))")


def written_numbers(text: str) -> set[int]:
    """All numbers that words and numerals of a text may stand for."""
    words = [_fold(match[0]) for match in _WORD.finditer(text)]
    return {*_cardinals(words), *_ordinals(words), *_chinese(text), *_roman(text), *find_months(text)}


def _fold(word: str) -> str:
    """A word in small letters without accents, the Arabic letters that vary in one form each."""
    marks = unicodedata.normalize("NFD", word.casefold())
    plain = "".join(mark for mark in marks if unicodedata.category(mark) != "Mn" or mark == "\u0306")
    return unicodedata.normalize("NFC", plain).translate(_LETTERS).replace("ـ", "")


def _cardinals(words: list[str]) -> Iterator[int]:
    """The values of single words, and of two that make one number: "twenty-one", خمسة وعشرون, "soixante-douze"."""
    before = 0
    for word in words:
        value = _VALUES.get(word) or _VALUES.get(_ARABIC_BEGINNING.sub("", word), 0)
        if not value:
            before = before if word in {"and", "et", "y", "и"} else 0
            continue
        yield value
        if before and max(before, value) >= 20 and min(before, value) < 20:
            yield before + value
        if (before, value) == (4, 20):
            yield 80
        before = value


def _ordinals(words: list[str]) -> Iterator[int]:
    """The values of ordinals: "thirty-fourth", "Тридцать четвертая"."""
    for start in range(len(words)):
        for end in range(start + 1, min(start + _MOST_WORDS, len(words)) + 1):
            value = parse_ordinal(" ".join(words[start:end]))
            if value:
                yield value


def _chinese(text: str) -> Iterator[int]:
    """The values of Chinese numerals, also read figure by figure, as years are."""
    for match in _CHINESE_NUMBER.finditer(text):
        figures = [_CHINESE.get(letter) for letter in match[0]]
        if None not in figures:
            yield int("".join(map(str, figures)))
            continue
        total = section = digit = 0
        for letter in match[0]:
            unit = _CHINESE_UNITS.get(letter)
            if unit is None:
                digit = _CHINESE[letter]
            elif unit >= 10_000:
                total, section, digit = (total + section + digit) * unit, 0, 0
            else:
                section, digit = section + (digit or 1) * unit, 0
        yield total + section + digit


def _roman(text: str) -> Iterator[int]:
    for match in _ROMAN.finditer(text):
        values = [_ROMAN_VALUES[letter] for letter in match[0].upper()]
        after = [*values[1:], 0]
        yield sum(-one if one < following else one for one, following in zip(values, after, strict=True))
