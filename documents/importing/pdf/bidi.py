"""Arabic lines from the order in which they are printed, left to right, into the order in which they are read."""

import re
import unicodedata

_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_RTL_CLASSES = frozenset({"R", "AL"})
_LTR_CLASSES = frozenset({"L", "EN", "AN"})
_MIRRORED = dict(zip("()[]{}<>«»‹›", ")(][}{><»«›‹", strict=True))
_WEDGED = re.compile("(?<=[\u0621-\u064a])[A-Za-z](?=[\u0621-\u064a])")


def has_rtl(text: str) -> bool:
    """Whether a text holds letters of a script that runs from right to left."""
    return bool(_RTL.search(text))


def reading_order(printed: str) -> str:
    """One printed line, its characters from left to right, as it is read; figures and Latin words keep their order.

    A Latin letter wedged between Arabic ones is dropped: programs that stretch words to justify a line map the
    stretching glyph to one. Characters of the private use area are moved like letters of the line.
    """
    classes = [_bidi_class(character) for character in printed]
    if not any(one in _RTL_CLASSES for one in classes):
        return printed
    islands = _islands(classes)
    parts: list[str] = []
    end = len(printed)
    while end > 0:
        start = end - 1
        if islands[start]:
            while start > 0 and islands[start - 1]:
                start -= 1
            parts.append(printed[start:end])
        else:
            parts.append(_MIRRORED.get(printed[start], printed[start]))
        end = start
    return _WEDGED.sub("", "".join(parts))


def _bidi_class(character: str) -> str:
    return "R" if "\ue000" <= character <= "\uf8ff" else unicodedata.bidirectional(character)


def _islands(classes: list[str]) -> list[bool]:
    """Which characters belong to runs that are read from left to right, with the signs and spaces inside them."""
    islands = [one in _LTR_CLASSES for one in classes]
    start = 0
    while start < len(classes):
        if not islands[start]:
            start += 1
            continue
        end = start + 1
        while (following := _next_of_run(classes, islands, start, end)) is not None:
            islands[end:following] = [True] * (following - end)
            end = following + 1
        start = end
    return islands


def _next_of_run(classes: list[str], islands: list[bool], start: int, end: int) -> int | None:
    """The place of the next character of a run that began at `start`; None where the run ends at `end`.

    Two figures are one run only where a single sign of a number stands between them; words may stand further apart.
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
    joins = between == 0 or not is_numeric or (between == 1 and classes[end] in {"ES", "CS"})
    return following if joins else None
