"""The agenda items that a masthead names, in six languages: "Item 11 (f) (i) of the provisional agenda"."""

import re
from dataclasses import dataclass

_SUB = r"(?:\(?[a-zа-яivx]{1,4}\)|\([أ-ي]{1,3}\)|[أ-ي]\)|[(（][一二三四五六七八九十][)）])"
_CHINESE_SUBS = dict(
    zip("一二三四五六七八九十", ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"], strict=True)
)
_NUMBER = rf"\d{{1,3}}(?:\.\d{{1,2}}){{0,3}}(?:[A-H]\b|(?: ?{_SUB}){{0,3}})"
_BETWEEN = r"(?: ?[,،、;] ?(?:and |et |y |и )?| (?:and|et|y|e|и|to|à|a) | ?[-–] ?| ?(?:和|及|至) ?| و ?)"
_NUMBERS = rf"(?P<numbers>{_NUMBER}(?:{_BETWEEN}(?:{_NUMBER}|{_SUB}(?: ?{_SUB})?)){{0,12}})"
_LINES = tuple(
    re.compile(pattern.replace("NUMBERS", _NUMBERS), re.IGNORECASE)
    for pattern in (
        r"(?P<provisional>provisional )?agenda items? NUMBERS(?![\w/])",
        (
            r"items? NUMBERS of the (?P<provisional>provisional "
            r"|preliminary )?(?:annotated )?(?:provisional )?(?:agenda|list)\b"
        ),
        r"points? NUMBERS de (?:l['’] ?ordre du jour|la liste)(?P<provisional> provisoire| préliminaire)?",
        (
            r"(?:temas?|puntos?) NUMBERS (?:del programa|del temario|del orden del día|de la agenda|de la lista)"
            r"(?P<provisional> provisional| preliminar)?"
        ),
        r"пункты? NUMBERS (?P<provisional>предварительной |первоначального )?(?:повестки дня|перечня)",
        (
            r"(?:البند|البندان|البندين|البنود) NUMBERS من (?:جدول الأعمال|القائمة)(?P<provisional> المؤقت| المؤقتة"
            r"| الأولية)?"
        ),
        r"(?P<provisional>临时|暂定)?(?:议程)?项目(?:表)?(?:项目)? ?NUMBERS",
        r"(?P<provisional>临时|暂定)议程(?:项目)? ?NUMBERS",
    )
)
_IN_LETTER = re.compile(
    rf"(?:under|au titre d(?:u|es)|en relación con (?:el|los)|по|في إطار|作为大会)\s+(?:agenda items?|points?|temas?"
    rf"|пункт[уам]{{1,2}}|البند|البنود|议程项目) "
    rf"{_NUMBERS}(?![\w/])",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    rf"(?P<number>\d{{1,3}}(?:\.\d{{1,2}}){{0,3}}(?:[A-H]\b)?)|(?P<sub>{_SUB})|(?P<range>\bto\b|\bà\b|[-–至])|(?P<between>[,،、;和及]|و(?=\d)|\b\w+\b|و)",
    re.IGNORECASE,
)
_LONGEST_RANGE = 30
# The letters of lists in their order: the Arabic ones are those of the abjad.
_LETTERS = dict(zip("أبجدهوزحطيكلمن", "abcdefghijklmn", strict=True)) | dict(
    zip("абвгдежзик", "abcdefghij", strict=True)
)
_NATIVE_LETTER = re.compile(rf"\((?P<letter>[{''.join(_LETTERS)}])\)")


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """A masthead's agenda line: the item numbers, whether the agenda is provisional, where the line's match ends."""

    numbers: tuple[str, ...]
    provisional: bool
    end: int


def read_agenda(line: str) -> AgendaLine | None:
    """The agenda items that a masthead line begins by naming, or None. Numbers come out as "11 (f) (i)"."""
    text = " ".join(line.replace("*", " ").split()).replace("程 项", "程项")
    for pattern in _LINES:
        if match := pattern.match(text):
            return AgendaLine(item_numbers(match["numbers"]), bool(match["provisional"]), match.end())
    return None


def agenda_in_letter(text: str) -> tuple[str, ...]:
    """The items under which a letter asks to be circulated ("under agenda items 34 and 71"), or none."""
    match = _IN_LETTER.search(" ".join(text.split()))
    return item_numbers(match["numbers"]) if match else ()


def in_latin_letters(number: str) -> str:
    """An item's number as the languages with Latin letters print it: "4 (ب)" and "4 (б)" are "4 (b)" there."""
    return _NATIVE_LETTER.sub(lambda match: f"({_LETTERS[match['letter']]})", number)


def item_numbers(text: str) -> tuple[str, ...]:
    """The single numbers of a list: "73 (b) and (c), 5" gives "73 (b)", "73 (c)" and "5"; "3 to 5" gives 3, 4, 5."""
    items: list[str] = []
    number, after_between, ranging = "", True, False
    for token in _TOKEN.finditer(text):
        if token["number"]:
            if ranging and items and items[-1].isdecimal() and token["number"].isdecimal():
                items += [str(n) for n in range(int(items[-1]) + 1, int(token["number"]))][:_LONGEST_RANGE]
            number, ranging = token["number"], False
            items.append(number)
        elif token["sub"]:
            name = token["sub"].strip("()（）")
            sub = f"({_CHINESE_SUBS.get(name, name)})"  # the Chinese 4(a)(二) is item 4 (a) (ii) elsewhere
            if after_between and items and items[-1] != number:
                items.append(f"{number} {sub}")
            elif items:
                items[-1] += f" {sub}"
        ranging = ranging or bool(token["range"])
        after_between = bool(token["between"] or token["range"])
    return tuple(items)
