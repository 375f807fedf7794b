"""Codes of a text as elements of XML, for the formats that have elements for them."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from cms.localization.exchange.units import Mark, Parts
from cms.localization.foreign import NO_XML, local_name

# Elements around what they mark; single ones; the two halves of a pair that stand apart, and what names their partner;
# and such as only comment on what is in them. XLIFF 1.2, 2.0 and TMX in one table: no name has two meanings.
PAIRS = {"g", "pc"}
SINGLE = {"x", "ph"}
OPENING = {"bx", "bpt", "sc"}
CLOSING = {"ex", "ept", "ec"}
PARTNERS = ("startRef", "rid", "i", "x", "id")
TRANSPARENT = {"mrk", "hi"}
# Ends of a comment, and characters that XML cannot hold, of which none is text.
EMPTY = {"sm", "em", "cp"}


class UnreadableError(ValueError):
    """A text that holds what no text of this site may. The message is a sentence."""


Make = Callable[[Any, int], Any]


def fill(element: Any, parts: Parts, make: Make, is_alone: Callable[[int], bool], close: Make | None = None) -> None:
    """Writes a text into an element; ``make`` adds the element of the code with a number (from 0) to a parent.

    ``is_alone`` says of a number whether its code has no partner. Text between partners goes into their element, or
    with ``close``, which adds the element of the second, between the two.
    """
    stack = [element]
    last: Any = None
    for part in parts:
        if isinstance(part, str):
            text = NO_XML.sub("", part)
            if last is None:
                stack[-1].text = (stack[-1].text or "") + text
            else:
                last.tail = (last.tail or "") + text
        elif part.closing:
            if close is not None:
                last = close(element, part.number)
            elif len(stack) > 1:
                last = stack.pop()
        else:
            made = make(stack[-1], part.number)
            if close is not None or is_alone(part.number):
                last = made
            else:
                stack.append(made)
                last = None


def parts_in(element: Any) -> Parts:
    """The text of an element with its codes. Raises UnreadableError for elements that no text of this site has."""
    parts: list[str | Mark] = []
    if element is not None:
        _gather(element, parts)
    return joined(parts)


def _gather(element: Any, parts: list[str | Mark]) -> None:
    parts.append(element.text or "")
    for child in element:
        name = local_name(child)
        if name in PAIRS:
            number = _number(child, ("id", "i", "x"))
            parts.append(Mark(number))
            _gather(child, parts)
            parts.append(Mark(number, closing=True))
        elif name in SINGLE:
            parts.append(Mark(_number(child, ("id", "x"))))
        elif name in OPENING:
            parts.append(Mark(_number(child, ("id", "i", "x"))))
        elif name in CLOSING:
            parts.append(Mark(_number(child, PARTNERS), closing=True))
        elif name in TRANSPARENT:
            _gather(child, parts)
        elif name and name not in EMPTY:
            raise UnreadableError(_("<%(name)s> is not known in a text.") % {"name": name[:40]})
        parts.append(child.tail or "")


def _number(element: Any, names: tuple[str, ...]) -> int:
    """The number (from 0) of the code that an element stands for; -1 where it names none."""
    value = next((value for name in names if (value := element.get(name))), "")
    return int(value) - 1 if value.isascii() and value.isdigit() and len(value) < 6 else -1


def joined(parts: list[str | Mark]) -> Parts:
    """The parts without empty ones, texts beside each other as one."""
    joined: list[str | Mark] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        elif part != "":
            joined.append(part)
    return tuple(joined)
