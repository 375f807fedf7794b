"""A text with its codes named by kind: ``noted⟦footnote1⟧ the ⟦i1⟧report⟦/i1⟧``, the same wherever the text stands.

In the editor codes are numbered over all kinds, and a footnote is ``n7`` here and ``n12`` there; the memory compares
texts in this form. In a translation a code has the name that its counterpart has in the source.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from cms.localization.texts.inline import RLM, Coded

CODE = re.compile(r"⟦(/?)([a-z]+)([0-9]+)⟧")
_ID = re.compile(r'\bid="([^"]*)"')

Attrs = Mapping[str, Mapping[str, Any]]


def neutral(coded: Coded) -> str:
    """The text with its codes numbered per kind, in the order in which they begin."""
    return _named(coded, _names(coded))


def neutral_pair(source: Coded, source_attrs: Attrs, target: Coded, target_attrs: Attrs) -> tuple[str, str]:
    """A text and its translation in this form. ``attrs`` are the attributes of their elements by id.

    A code of the translation is the source's code that leads to the same thing, else the next of its kind; one that has
    no counterpart is left out.
    """
    names = _names(source)
    free: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for code, name, place in zip(source.codes, names, _places(source, source_attrs), strict=True):
        free[code.kind].append((place, name))
    found: list[str] = [""] * len(target.codes)
    places = _places(target, target_attrs)
    for number, code in enumerate(target.codes):
        same = next((entry for entry in free[code.kind] if entry[0] == places[number] != ""), None)
        if same:
            free[code.kind].remove(same)
            found[number] = same[1]
    for number, code in enumerate(target.codes):
        if not found[number] and free[code.kind]:
            found[number] = free[code.kind].pop(0)[1]
    return _named(source, names), _named(target, found)


def kinds(text: str) -> Counter[str]:
    """How many codes of each kind a text in this form has."""
    return Counter(match[2] for match in CODE.finditer(text) if not match[1])


def shown(text: str, source: Coded, *, rtl: bool = False) -> str:
    """A text in this form with the codes of a source in the editor; those that the source lacks are left out."""
    numbers = {name: number for number, name in enumerate(_names(source))}

    def mark(match: re.Match[str]) -> str:
        number = numbers.get(match[2] + match[3])
        if number is None:
            return ""
        code = source.mark(number, closing=bool(match[1]))
        return f"{RLM}{code}{RLM}" if rtl else code

    return CODE.sub(mark, text)


def _names(coded: Coded) -> list[str]:
    """The name of each code: its kind and its number among those."""
    seen: Counter[str] = Counter()
    names = []
    for code in coded.codes:
        seen[code.kind] += 1
        names.append(f"{code.kind}{seen[code.kind]}")
    return names


def _places(coded: Coded, attrs: Attrs) -> list[str]:
    """What each code leads to, as text that can be compared; empty for bold, italic and the like."""
    places = []
    for code in coded.codes:
        found = _ID.search(code.html)
        places.append(json.dumps(attrs.get(found[1], {}), sort_keys=True, default=str) if found else "")
    return places


def _named(coded: Coded, names: Sequence[str]) -> str:
    if not coded.codes:
        return coded.text

    def name(match: re.Match[str]) -> str:
        number, closing = coded.read(match)
        known = names[number] if number < len(names) else ""
        return f"⟦{'/' if closing else ''}{known}⟧" if known else ""

    return coded.pattern.sub(name, coded.text)
