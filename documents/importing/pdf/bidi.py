"""Arabic lines from the order in which they are printed, left to right, into the order in which they are read."""

import re
import unicodedata

_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_RTL_CLASSES = frozenset({"R", "AL"})
_LTR_CLASSES = frozenset({"L", "EN", "AN"})
_MIRRORED = dict(zip("()[]{}<>«»‹›", ")(][}{><»«›‹", strict=True))
_TURNED_BRACKET = re.compile(r"[(\[{] | [)\]}]")  # no bracket of a text that runs from left to right
_WEDGED = re.compile("(?<=[\u0621-\u064a])[A-Za-z](?=[\u0621-\u064a])")


def has_rtl(text: str) -> bool:
    """Whether a text holds letters of a script that runs from right to left."""
    return bool(_RTL.search(text))


def reading_order(printed: str, *, is_rtl: bool = False) -> str:
    """One printed line, its characters from left to right, as it is read; figures and Latin words keep their order.

    A line without Arabic letters is left alone unless `is_rtl` says that it runs from right to left all the same.
    A Latin letter wedged between Arabic ones is dropped: programs that stretch words to justify a line map the
    stretching glyph to one. A character of the private use area goes with what it stands at, printed on its left.
    """
    classes: list[str] = []
    for character in printed:
        classes.append(_bidi_class(character, classes))
    has_letters = any(one in _RTL_CLASSES for one in classes)
    if not is_rtl and not has_letters:
        return printed
    # PDFium mirrors the brackets of lines that hold Arabic letters.
    mirrored = _MIRRORED if has_letters else {}
    islands = _islands(printed, classes)
    parts: list[str] = []
    end = len(printed)
    while end > 0:
        start = end - 1
        if islands[start]:
            while start > 0 and islands[start - 1]:
                start -= 1
            parts.append(printed[start:end])
        else:
            parts.append(mirrored.get(printed[start], printed[start]))
        end = start
    return _WEDGED.sub("", "".join(parts))


def _bidi_class(character: str, before: list[str]) -> str:
    """A character's class by Unicode; that of a private one by the classes before it."""
    if not "\ue000" <= character <= "\uf8ff":
        return unicodedata.bidirectional(character)
    at_once = next((one for one in reversed(before[-2:]) if one not in {"CS", "ES", "ON", "ET"}), "R")
    return "L" if at_once in _LTR_CLASSES else "R"


def _islands(printed: str, classes: list[str]) -> list[bool]:
    """Which characters belong to runs that are read from left to right, with the signs and spaces inside them."""
    islands = [one in _LTR_CLASSES for one in classes]
    start = 0
    while start < len(classes):
        if not islands[start]:
            start += 1
            continue
        end = start + 1
        while (following := _next_of_run(classes, islands, start, end)) is not None:
            if _TURNED_BRACKET.search(printed, end, following):
                break
            islands[end:following] = [True] * (following - end)
            end = following + 1
        start = end
    return islands


def _next_of_run(classes: list[str], islands: list[bool], start: int, end: int) -> int | None:
    """The place of the next character of a run that began at `start`; None where the run ends at `end`.

    Two figures are one run only where a single sign of a number stands between them; words may stand further apart.
    Behind an Arabic word, which is on the right here, a hyphen is no sign of a number: "8-12" is printed as "12-8".
    """
    following = end
    while following < len(classes) and not islands[following]:
        if classes[following] in _RTL_CLASSES:
            return None
        following += 1
    if following == len(classes):
        return None
    between = following - end
    is_numeric = "L" not in classes[start:end] and classes[following] != "L"
    signs = {"CS"} if is_numeric and _follows_arabic(classes, following) else {"ES", "CS"}
    joins = between == 0 or not is_numeric or (between == 1 and classes[end] in signs)
    return following if joins else None


def _follows_arabic(classes: list[str], place: int) -> bool:
    """Whether the last letter before a place, as the line is read, is an Arabic one."""
    strong = next((one for one in classes[place:] if one == "L" or one in _RTL_CLASSES), "")
    return strong == "AL"
