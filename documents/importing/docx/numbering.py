"""The automatic numbers of paragraphs, counted as Word counts them.

A paragraph's own list wins over its style's; a style's level is the one that names the style. Lists that share a
definition count on together; a definition's deeper levels start again after a higher one (ECMA-376, 17.9).
"""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from documents.importing.docx.number_formats import format_number
from documents.importing.docx.package import MC, W, child_value, switch, whole
from documents.importing.docx.styles import Styles

_PLACE = re.compile(r"%([1-9])")
_DEEPEST = 8
BULLET = "•"


@dataclass(frozen=True, slots=True)
class _Level:
    text: str
    form: str
    start: int
    legal: bool
    style: str | None
    restart: int | None  # the level (from 1) after which it starts again; 0 for never; None for any higher one


@dataclass(slots=True)
class _List:
    """One w:num: the definition it counts on, and what it says otherwise."""

    definition: str
    levels: dict[int, _Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The counters of one document. Every numbered paragraph must be asked for, in order, the empty ones too."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._definitions: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        links: dict[str, str] = {}
        for one in root.findall(W + "abstractNum") if root is not None else ():
            identifier = one.get(W + "abstractNumId", "")
            self._definitions[identifier] = _levels(one)
            if link := child_value(one, "numStyleLink"):
                links[identifier] = link
        for one in root.findall(W + "num") if root is not None else ():
            self._lists[one.get(W + "numId", "")] = _list(one)
        for identifier, style in links.items():
            target = self._definition_of_style(style)
            if target and not self._definitions[identifier]:
                self._definitions[identifier] = self._definitions.get(target, {})

    def label(self, properties: Element | None) -> str:
        """The label that a paragraph with these properties bears: "4.", "(a)", "II.", "•"; empty without one."""
        number, level = self._list_and_level(properties)
        numbered = self._lists.get(number)
        if numbered is None:
            return ""
        definition = self._definitions.get(numbered.definition, {})
        here = numbered.levels.get(level) or definition.get(level)
        if here is None:
            return ""
        counters = self._count(number, numbered, level, here)
        if here.form == "bullet":
            return BULLET

        def printed(place: re.Match[str]) -> str:
            depth = int(place[1]) - 1
            other = numbered.levels.get(depth) or definition.get(depth)
            value = counters.get(depth, other.start if other else 1)
            form = "decimal" if here.legal or other is None else other.form
            return format_number(value, form)

        return " ".join(_PLACE.sub(printed, here.text).split())

    def _count(self, number: str, numbered: _List, level: int, here: _Level) -> dict[int, int]:
        """Counts one on at a level; gives the counters of the definition."""
        counters = self._counters.setdefault(numbered.definition, {})
        if (number, level) not in self._started:
            self._started.add((number, level))
            if level in numbered.starts:
                counters[level] = numbered.starts[level] - 1
        counters[level] = counters.get(level, here.start - 1) + 1
        definition = self._definitions.get(numbered.definition, {})
        for deeper in [one for one in counters if one > level]:
            other = numbered.levels.get(deeper) or definition.get(deeper)
            if other is None or other.restart is None or level < other.restart:
                del counters[deeper]
        return counters

    def _list_and_level(self, properties: Element | None) -> tuple[str, int]:
        own = properties.find(W + "numPr") if properties is not None else None
        number, depth = child_value(own, "numId"), child_value(own, "ilvl")
        if number is None:
            number, depth = self._from_style(self._styles.of_paragraph(properties), depth)
        return number or "", min(max(whole(depth, 0), 0), _DEEPEST)

    def _from_style(self, identifier: str | None, depth: str | None) -> tuple[str | None, str | None]:
        names: list[str | None] = []
        for style in self._styles.chain(identifier):
            names.append(style.get(W + "styleId"))
            found = style.find(f"{W}pPr/{W}numPr")
            number = child_value(found, "numId")
            if number is None:
                continue
            if depth is None:
                depth = self._level_of_style(number, names) or child_value(found, "ilvl")
            return number, depth
        return None, depth

    def _level_of_style(self, number: str, names: list[str | None]) -> str | None:
        numbered = self._lists.get(number)
        levels = self._definitions.get(numbered.definition, {}) if numbered else {}
        return next((str(depth) for name in names for depth, level in levels.items() if level.style == name), None)

    def _definition_of_style(self, identifier: str) -> str | None:
        number, _ = self._from_style(identifier, None)
        numbered = self._lists.get(number or "")
        return numbered.definition if numbered else None


def _list(element: Element) -> _List:
    numbered = _List(child_value(element, "abstractNumId") or "")
    for override in element.findall(W + "lvlOverride"):
        depth = whole(override.get(W + "ilvl"), 0)
        level = override.find(W + "lvl")
        if level is not None:
            numbered.levels[depth] = _level(level)
        start = child_value(override, "startOverride")
        if start is not None:
            numbered.starts[depth] = whole(start, 1)
    return numbered


def _levels(definition: Element) -> dict[int, _Level]:
    return {whole(level.get(W + "ilvl"), 0): _level(level) for level in definition.findall(W + "lvl")}


def _level(element: Element) -> _Level:
    form = child_value(element, "numFmt")
    if form is None:  # newer formats stand beside one that every program knows
        form = child_value(element.find(f"{MC}AlternateContent/{MC}Fallback"), "numFmt")
    restart = child_value(element, "lvlRestart")
    return _Level(
        text=child_value(element, "lvlText") or "",
        form=form or "decimal",
        start=whole(child_value(element, "start"), 1),
        legal=bool(switch(element, "isLgl")),
        style=child_value(element, "pStyle"),
        restart=None if restart is None else whole(restart, 0),
    )
