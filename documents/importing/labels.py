"""Labels at the beginning of a paragraph: "4.", "(a)", "iii)", "VIII.", "A.", "一、" and their order."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from documents.symbols.folding import fold_lookalikes

LabelStyle = Literal[
    "number", "section", "roman_capital", "capital", "letter", "roman", "bracket_number", "bullet", "chinese"
]

# Headings of Arabic documents count in words: first, second; and by the names of the letters.
_ORDINAL_WORDS, _LETTER_WORDS = (
    "أولا ثانيا ثالثا رابعا خامسا سادسا سابعا ثامنا تاسعا عاشرا",
    "ألف باء جيم دال هاء واو زاي حاء طاء ياء كاف لام ميم نون",
)
_ARABIC_ORDINALS, _ARABIC_LETTERS = _ORDINAL_WORDS.split(), _LETTER_WORDS.split()
_CHINESE_DIGITS = "一二三四五六七八九"


def _alternatives(words: list[str]) -> str:
    return "|".join(f"{word}ً?" for word in words)


# "number" is a paragraph's or heading's ("4."), "bracket_number" a list's ("1)"). A dot before a digit is no label's:
# that is a decimal or a section number. "1 -" is how Arabic documents number paragraphs.
_PATTERNS: tuple[tuple[LabelStyle, re.Pattern[str]], ...] = (
    ("bracket_number", re.compile(r"(?P<label>[(（]?\d{1,2}[)）])(?:\s+|(?=[\u3400-\u9fff])|$)")),
    (
        "number",
        re.compile(r"(?P<label>\d{1,2},)(?=\s+[A-ZА-Я][a-zа-я])\s+"),
    ),  # a full stop that a scanner read as a comma
    ("number", re.compile(r"(?P<label>\d{1,3} ?[.．、](?!\d))(?:\s+|(?=[^\W\d])|$)")),
    ("number", re.compile(r"(?P<label>\d{1,3} ?[-–](?![\d/]))\s*(?=[\u0600-\u06ff])")),
    ("roman_capital", re.compile(rf"(?P<label>(?:{_alternatives(_ARABIC_ORDINALS)}))(?P<dot>) ?[-–:](?:\s+|$)")),
    ("capital", re.compile(rf"(?P<label>(?:{_alternatives(_ARABIC_LETTERS)})) ?[-–](?:\s+|$)")),
    ("roman_capital", re.compile(r"(?P<label>[一二三四五六七八九十]{1,3})(?P<dot>[.．])\s*")),
    ("roman_capital", re.compile(r"(?P<label>(?![CLСD]\b)[IVXLCІХ]{1,7})(?P<dot>[.．]?)(?:\s+|$)")),
    ("capital", re.compile(r"(?P<label>[A-ZА-Я])[.．](?:\s+|$)")),
    ("roman", re.compile(r"(?P<label>\(?[ivx]{1,6}(?:\)|\.(?=\s)))(?:\s+|$)")),
    (
        "letter",
        re.compile(
            r"(?P<label>\(?[a-zа-я]{1,2}\)|[a-zа-я]\.(?=\s|$)|\([أ-يا]{1,3}\)|[أ-ي]\))(?:\s+|(?=[\u3400-\u9fff])|$)"
        ),
    ),
    ("chinese", re.compile(r"(?P<label>[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）])\s*")),
    ("bullet", re.compile(r"(?P<label>[-•–—−▪●◦·])\s+")),
)
# What only a format that sets labels apart can tell from a figure: "1", "2.1", "1bis.1.2", "b)bis", "3-".
_SECTION = re.compile(r"\d{1,3}(?:bis|ter|[a-z])?(?:\.\d{1,3}(?:bis|ter|[a-z])?)*\.?")
_PLAIN_NUMBER = re.compile(r"\d{1,3} ?[-–]?")
_SECOND_LETTER = re.compile(r"[(（]?[a-zа-я]{1,2}[)）] ?(?:bis|ter)")
_ARTICLE = re.compile(
    r"第[一二三四五六七八九十百零\d]{1,8}[章条節节部](?:[:：\s].{0,60})?"
    r"|(?:article|artículo|chapter|chapitre|capítulo|статья|глава|part|item|point|tema|пункт|المادة|الفصل|البند)"
    r" (?:\d{1,3}|[IVXLC]{1,7})\.?(?:\s.{0,160})?",
    re.IGNORECASE,
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class Label:
    """A label as printed, its style, its value where it counts (1 for "(a)", "i." and "1."), and how many characters
    of the line it takes up."""

    printed: str
    style: LabelStyle
    value: int
    length: int


def read_label(text: str) -> Label | None:
    """The label that a line begins with, or None. A Roman numeral without a dot needs a capital after it."""
    text_ascii = _ascii_digits(text[:12]) + text[12:40]
    for style, pattern in _PATTERNS:
        match = pattern.match(text_ascii)
        if not match:
            continue
        in_latin = style == "roman_capital" and fold_lookalikes(match["label"]).isascii()
        if in_latin and not match["dot"] and not _capital_after(text, match.end()):
            continue
        printed = text[: match.end("label")] + (match["dot"] if style == "roman_capital" else "")
        if in_latin and roman_value(printed) == 0:
            continue
        if style == "capital" and text[match.end("label") : match.end("label") + 1] in ".．":
            printed = text[: match.end("label") + 1]
        return Label(printed, style, _value(printed, style), match.end())
    return None


def certain_label(printed: str) -> Label | None:
    """The label that a format sets apart from the text, or None when it is none of the kinds known.

    `length` counts the mark behind it too. A "section" number has parts: "2.1".
    """
    printed = _ascii_digits(printed.strip())
    length = len(printed) + 1
    label = read_label(f"{printed} Aa")
    if label and label.length == length:
        return label
    if _PLAIN_NUMBER.fullmatch(printed):
        return Label(printed, "number", int(re.sub(r"\D", "", printed)), length)
    if _SECTION.fullmatch(printed):
        return Label(printed, "section", 0, length)
    if _SECOND_LETTER.fullmatch(printed):
        return Label(printed, "letter", 0, length)
    return None


def is_article_heading(text: str) -> bool:
    """Whether a whole short line heads an article, a chapter or an item: "Article 8", 第二条, "Item 3. Future work"."""
    return len(text) < 200 and not text.endswith((";", ",", ".", "。")) and bool(_ARTICLE.fullmatch(text))


def as_letter(label: Label) -> Label:
    """The same label read as a letter: "(i)" as the ninth of a list, not as the Roman one."""
    return Label(label.printed, "letter", _value(label.printed, "letter"), label.length)


def as_capital(label: Label) -> Label:
    """The same label read as a capital letter: "I." after "H." as the ninth, not as the Roman one."""
    return Label(label.printed, "capital", _value(label.printed, "capital"), label.length)


def roman_value(text: str) -> int:
    """The value of a Roman numeral in Latin or look-alike letters; 0 when it is none."""
    letters = fold_lookalikes(text).lower().strip("().")
    values = [_ROMAN.get(letter, 0) for letter in letters]
    if not values or not all(values):
        return 0
    total = sum(-one if one < following else one for one, following in zip(values, [*values[1:], 0], strict=True))
    return total if _to_roman(total) == letters else 0


def heading_name(label: Label) -> str:
    """A heading's label in ASCII for an anchor, the same in every language: "VIII." and ثامنا give "viii"."""
    if label.style == "roman_capital" and label.value:
        return _to_roman(label.value)
    if label.style == "section":
        return section_name(label).replace(".", "-")
    if label.style == "capital" and 0 < label.value <= 26:
        return chr(96 + label.value)
    return ascii_name(label.printed)


def section_name(label: Label) -> str:
    """A number with parts in ASCII for an anchor: "2.1." gives "2.1"."""
    return re.sub(r"[^a-z0-9.]", "", label.printed.lower()).strip(".")


def ascii_name(label: str) -> str:
    """A label's letters and digits in ASCII for an anchor, or nothing: "(a)" gives "a", "1)" gives "1"."""
    name = re.sub(r"[^a-z0-9]", "", fold_lookalikes(_ascii_digits(label)).lower())
    return name if any(character.isalnum() for character in label) else ""


def _to_roman(value: int) -> str:
    numerals = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    written = ""
    for worth, numeral in numerals:
        while value >= worth:
            written += numeral
            value -= worth
    return written


def _value(printed: str, style: LabelStyle) -> int:
    bare = _ascii_digits(printed).strip("()（）.．、, -–")
    if style in {"number", "bracket_number"}:
        return int(bare)
    if style in {"roman", "roman_capital"}:
        return roman_value(bare) or _counted_in_words(bare)
    if style == "capital" and bare.rstrip("ً") in _ARABIC_LETTERS:
        return _ARABIC_LETTERS.index(bare.rstrip("ً")) + 1
    if style == "capital":
        letter = fold_lookalikes(bare)
        return ord(letter) - 64 if len(letter) == 1 and letter.isascii() else 0
    if style == "letter" and len(bare) == 1 and "a" <= bare <= "z":
        return ord(bare) - 96
    return 0


def _counted_in_words(bare: str) -> int:
    """The value of a heading's count in Arabic words or Chinese figures; 0 when it is neither."""
    if bare.rstrip("ً") in _ARABIC_ORDINALS:
        return _ARABIC_ORDINALS.index(bare.rstrip("ً")) + 1
    tens, ten, ones = bare.partition("十")
    if not set(tens + ones) <= set(_CHINESE_DIGITS):
        return 0
    digits = [_CHINESE_DIGITS.index(digit) + 1 if digit else 0 for digit in (tens[:1], ones[:1])]
    return (digits[0] or 1) * 10 + digits[1] if ten else digits[0]


def _capital_after(text: str, position: int) -> bool:
    following = text[position : position + 2]
    return len(following) == 2 and following[0].isupper() and not text[:position].strip().endswith("I.")


def _ascii_digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(character)) if character.isdecimal() else character for character in text)
