"""Anchors of paragraphs: unique in a document, ASCII, and the same in every language version of it.

They come from labels and positions, never from words: paragraph 4 is "4", its (a) "4-a", operative paragraph 2 of a
decision inside the document "decision-2", the second heading without a label after paragraph 4 "4-h2".
"""

from collections.abc import Container
from dataclasses import dataclass, field

from documents.importing.labels import Label, ascii_name, heading_name, section_name

_RANKS = {"roman_capital": 1, "capital": 2, "number": 3, "roman": 4, "letter": 4, "": 5}


def free_anchor(anchor: str, taken: Container[str]) -> str:
    """The anchor, counted on where another block has it: the second "2" is "2-r2"."""
    number, candidate = 1, anchor
    while candidate in taken:
        number += 1
        candidate = f"{anchor}-r{number}"
    return candidate


@dataclass(slots=True)
class _Level:
    style: str
    anchor: str
    count: int = 0


@dataclass(slots=True)
class Anchors:
    """Hands out the anchors of one document, block by block."""

    scope: str = ""
    _base: str = "0"
    _used: set[str] = field(default_factory=set)
    _counts: dict[str, int] = field(default_factory=dict)
    _lists: list[_Level] = field(default_factory=list)
    _headings: list[tuple[int, str]] = field(default_factory=list)

    def open_scope(self, name: str) -> None:
        """Begins a part in which numbers start again: "decision", "annex"; the second of a name is "annex2"."""
        number = self._count(f"scope {name}")
        self.scope = name if number == 1 else f"{name}{number}"
        self._base = self.scope
        self._lists.clear()

    def close_scope(self) -> None:
        """Ends such a part: numbers go on as before it."""
        self.scope = ""
        self._lists.clear()

    def number(self, label: Label) -> str:
        """The anchor of a numbered paragraph."""
        self._lists.clear()
        self._base = self._unique(self._scoped(str(label.value)))
        return self._base

    def section(self, label: Label) -> str:
        """The anchor of a paragraph whose number has parts: "2.1"."""
        self._lists.clear()
        self._base = self._unique(self._scoped(section_name(label)))
        return self._base

    def heading(self, label: Label | None, style: str) -> tuple[str, int]:
        """The anchor of a heading and its level from 1; `style` is that of its label, or empty."""
        self._lists.clear()
        rank = _RANKS.get(style, 5)
        if label and style == "section":
            rank = _RANKS["number"] + section_name(label).count(".")
        while self._headings and self._headings[-1][0] >= rank:
            self._headings.pop()
        name = heading_name(label) if label else ""
        level = len(self._headings) + 1
        if name:
            path = [part for _, part in self._headings if part]
            path = [] if style == "section" else path  # a number with parts names the path itself
            anchor = self._unique(self._scoped("-".join(["h", *path, name])))
            self._base = anchor
        else:
            anchor = self.other("h")
        self._headings.append((rank, name))
        return anchor, level

    def item(self, label: Label, style: str) -> tuple[str, int]:
        """The anchor of a list item and its level from 1. Styles nest in the order in which they appear."""
        styles = [level.style for level in self._lists]
        if style in styles:
            del self._lists[styles.index(style) + 1 :]
        else:
            parent = self._lists[-1].anchor if self._lists else self._base
            self._lists.append(_Level(style, parent))
        level = self._lists[-1]
        level.count += 1
        parent = self._lists[-2].anchor if len(self._lists) > 1 else self._base
        printed = label.printed.strip("()（）.")
        name = ascii_name(printed) if printed.isascii() and ascii_name(printed) else _position_name(level.count, style)
        level.anchor = self._unique(f"{parent}-{name}")
        return level.anchor, len(self._lists)

    def list_styles(self) -> list[str]:
        """The styles of the lists that are open, the outermost first."""
        return [level.style for level in self._lists]

    def end_lists(self) -> None:
        """Ends every open list."""
        self._lists.clear()

    def other(self, code: str) -> str:
        """The anchor of a block without a label: its place after the last one that has a label, "4-t2"."""
        return self._unique(f"{self._base}-{code}{self._count(f'{self._base} {code}')}")

    def preambular(self) -> str:
        """The anchor of a clause of a preamble: "p3", "decision-p3"."""
        name = self._scoped("p")
        return self._unique(f"{name}{self._count(name)}")

    def _scoped(self, name: str) -> str:
        return f"{self.scope}-{name}" if self.scope else name

    def _count(self, name: str) -> int:
        self._counts[name] = self._counts.get(name, 0) + 1
        return self._counts[name]

    def _unique(self, anchor: str) -> str:
        candidate = anchor
        while candidate in self._used:
            # Counted on from the last one, so that a table of a thousand rows numbered alike stays quick.
            candidate = f"{anchor}-r{self._count(f'again {anchor}') + 1}"
        self._used.add(candidate)
        return candidate


def _position_name(count: int, style: str) -> str:
    """A name from an item's place: "c" for the third letter of any alphabet, "b3" for the third bullet."""
    if style == "bullet":
        return f"b{count}"
    return chr(96 + count) if count <= 26 else f"i{count}"
