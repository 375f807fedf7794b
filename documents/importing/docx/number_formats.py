"""A list's number as Word prints it in each of its formats."""

from collections.abc import Callable

# Russian lists leave out ё, й, ъ, ы and ь. Arabic ones count by the old order of the alphabet or by the new one.
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_ALIFBA = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_CHINESE = "〇一二三四五六七八九"
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_MOST = 5_000  # beyond this a number is printed in figures: Roman numerals and repeated letters grow without end


def format_number(value: int, form: str) -> str:
    """A number in one of Word's formats (`lowerLetter`, `upperRoman`, `chineseCounting`); figures for unknown ones."""
    if form == "none":
        return ""
    if form == "decimalZero":
        return f"{value:02d}"
    formatter = _FORMATTERS.get(form)
    return formatter(value) if formatter and 0 < value <= _MOST else str(value)


def _roman(value: int) -> str:
    written = ""
    for worth, numeral in _ROMAN:
        while value >= worth:
            written += numeral
            value -= worth
    return written


def _letters(alphabet: str) -> Callable[[int], str]:
    """After the last letter Word doubles them: z, aa, bb."""
    return lambda value: alphabet[(value - 1) % len(alphabet)] * ((value - 1) // len(alphabet) + 1)


def _chinese(value: int) -> str:
    if value >= 100:
        return str(value)
    tens, ones = divmod(value, 10)
    if not tens:
        return _CHINESE[ones]
    return (_CHINESE[tens] if tens > 1 else "") + "十" + (_CHINESE[ones] if ones else "")


def _chinese_digits(value: int) -> str:
    return "".join(_CHINESE[int(figure)] for figure in str(value))


_FORMATTERS: dict[str, Callable[[int], str]] = {
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerLetter": _letters(_LATIN),
    "upperLetter": _letters(_LATIN.upper()),
    "russianLower": _letters(_RUSSIAN),
    "russianUpper": _letters(_RUSSIAN.upper()),
    "arabicAbjad": _letters(_ABJAD),
    "arabicAlpha": _letters(_ALIFBA),
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "ideographDigital": _chinese_digits,
    "japaneseDigitalTenThousand": _chinese_digits,
}
