"""Names of the links inside a segment, which say what a link is and not which one of its paragraph it is.

wagtail-localize names them by position (``a1``, ``a2``). With a footnote put in before another, the old translation's
``a1`` would mean the new note: valid, silent and wrong. Here a footnote mark is named by its own id and any other link
by what it links to, so a translation made of other links is a translation of another text.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

Attrs = dict[str, dict[str, Any]]

OPENING = re.compile(r'<a id="([^"]*)">')
ELEMENT = re.compile(r'<a id="([^"]*)">(.*?)</a>', re.DOTALL)
# A link that is no footnote mark. The name alone tells, for a text whose source is gone has lost its attributes.
LINK_NAME = re.compile(r"l[0-9a-f]{10}(?:-\d+)?")
# What a footnote's own id may be to be its name.
NOTE_NAME = re.compile(r"[A-Za-z0-9_-]{1,60}")


def named(data: str, attrs: Attrs) -> tuple[str, Attrs]:
    """A segment and its attributes with names in place of positions. Naming a named segment changes nothing."""
    names = names_of(attrs)
    return renamed(data, names), {names[old]: values for old, values in attrs.items()}


def names_of(attrs: Attrs) -> dict[str, str]:
    """The name of each link of a segment, by what it is called in these attributes."""
    names: dict[str, str] = {}
    for old, values in attrs.items():
        names[old] = _unused(_name(values), names.values())
    return names


def renamed(data: str, names: dict[str, str]) -> str:
    """A segment or its translation under these names; a link that has none keeps its own."""
    return OPENING.sub(lambda found: f'<a id="{names.get(found[1], found[1])}">', data)


def _name(values: dict[str, Any]) -> str:
    """The name of a link with these attributes."""
    own = str(values.get("id", ""))
    if values.get("linktype") == "footnote" and NOTE_NAME.fullmatch(own):
        return f"n{own}" if LINK_NAME.fullmatch(own) else own
    return f"l{sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:10]}"


def _unused(name: str, taken: Iterable[str]) -> str:
    """The name, numbered where the segment has the same link twice."""
    known, candidate, number = set(taken), name, 1
    while candidate in known:
        number += 1
        candidate = f"{name}-{number}"
    return candidate


def shape(data: str) -> str:
    """The segment without names and without the printed marks of its footnotes: equal where only those differ."""
    return ELEMENT.sub(
        lambda found: f'<a id="link">{found[2]}</a>' if LINK_NAME.fullmatch(found[1]) else '<a id="note"></a>', data
    )


@dataclass(frozen=True)
class _Mark:
    """A link or footnote mark of a segment: its name, and the whole of it as it is written there."""

    name: str
    html: str

    @property
    def is_link(self) -> bool:
        return LINK_NAME.fullmatch(self.name) is not None


def _marks(data: str) -> list[_Mark]:
    return [_Mark(found[1], found[0]) for found in ELEMENT.finditer(data)]


def carried(translation: str, before: str, after: str) -> str | None:
    """The translation of the source ``before`` with the links of the source ``after``; None where they do not fit.

    Where only names differ the links answer each other in order. Otherwise those that are in both are the same, and of
    the others as many of each kind must have come as have gone.
    """
    old, new = _marks(before), _marks(after)
    pairs = list(zip(old, new, strict=True)) if shape(before) == shape(after) else _paired(old, new)
    if pairs is None:
        return None
    known = {one.name: other for one, other in pairs}
    if any(mark.name not in known for mark in _marks(translation)):
        return None

    def exchanged(found: re.Match[str]) -> str:
        mark = known[found[1]]
        return f'<a id="{mark.name}">{found[2]}</a>' if mark.is_link else mark.html

    return ELEMENT.sub(exchanged, translation)


def _paired(old: list[_Mark], new: list[_Mark]) -> list[tuple[_Mark, _Mark]] | None:
    by_name = {mark.name: mark for mark in new}
    pairs = [(mark, by_name[mark.name]) for mark in old if mark.name in by_name]
    same = {mark.name for mark, _other in pairs}
    for is_link in (True, False):
        gone = [mark for mark in old if mark.is_link is is_link and mark.name not in same]
        come = [mark for mark in new if mark.is_link is is_link and mark.name not in same]
        if len(gone) != len(come):
            return None
        pairs += zip(gone, come, strict=True)
    return pairs
