"""Footnotes and endnotes: their marks in the order of the text, and which part holds each one's words."""

import re
from dataclasses import dataclass, field
from typing import Literal
from xml.etree.ElementTree import Element

from documents.importing.docx.number_formats import format_number
from documents.importing.docx.package import Package, W, child_value
from documents.importing.marks import distinct_mark

NoteKind = Literal["footnote", "endnote"]
# A mark of one's own choice, at the beginning of the text after its reference and of the note itself.
CUSTOM_MARK = re.compile(
    r"\s*(?P<mark>\*{1,6}|[†‡§¶#]{1,3}|\d{1,3}(?:bis|ter)?|[a-z](?![^\W\d_])|[ivx]{1,5}(?![^\W\d_]))"
)
_CHICAGO = "*†‡§"
_MOST_ALIKE = 26  # notes with the same mark that are told apart
_LONGEST_MARK = 5  # characters, so that a letter that tells it from another one fits into a reference


@dataclass(slots=True)
class NoteText:
    """A note that the text refers to: its mark, unique in the document, and the part's element.

    `typed` is what of the mark is typed before the note's words: a mark of the author's own choice, or "bis".
    """

    mark: str
    printed: str
    element: Element
    typed: str = ""


@dataclass(slots=True)
class Notes:
    """The notes of a document, handed out as the text refers to them."""

    referred: list[NoteText] = field(default_factory=list)
    _elements: dict[tuple[str, str], Element] = field(default_factory=dict)
    _formats: dict[str, str] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)
    _alike: dict[str, int] = field(default_factory=dict)
    _marks: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, package: Package) -> "Notes":
        """The notes of a package. Separators between text and notes are none."""
        notes = cls()
        settings = package.related("settings")
        for kind, usual in (("footnote", "decimal"), ("endnote", "lowerRoman")):
            root = package.related(f"{kind}s")
            for element in root.findall(W + kind) if root is not None else ():
                if element.get(W + "type", "normal") == "normal":
                    notes._elements[kind, element.get(W + "id", "")] = element
            chosen = settings.find(f"{W}{kind}Pr") if settings is not None else None
            notes._formats[kind] = child_value(chosen, "numFmt") or usual
        return notes

    def refer(self, kind: NoteKind, identifier: str, custom: str | None = None) -> str:
        """The mark of a note that the text refers to, or nothing when there is no such note.

        `custom` is a mark of the author's own choice; without it the note is counted.
        """
        key = (kind, identifier)
        if key not in self._elements:
            return ""
        if key in self._marks:
            return self._marks[key]
        printed = custom or self._next(kind)
        mark = self._distinct(printed)
        self._marks[key] = mark
        self.referred.append(NoteText(mark, printed, self._elements[key], custom or ""))
        return mark

    def add_to_last(self, suffix: str) -> str:
        """Adds what is typed behind the last reference, such as "bis", to its mark; gives the whole mark."""
        note = self.referred.pop()
        self._taken.discard(note.mark)
        note.printed += suffix
        note.typed += suffix
        note.mark = self._distinct(note.printed)
        self.referred.append(note)
        key = next(key for key, element in self._elements.items() if element is note.element)
        self._marks[key] = note.mark
        return note.mark

    def _next(self, kind: NoteKind) -> str:
        self._counts[kind] = self._counts.get(kind, 0) + 1
        count = self._counts[kind]
        if self._formats[kind] == "chicago":
            return _CHICAGO[(count - 1) % 4] * min((count - 1) // 4 + 1, 3)
        return format_number(count, self._formats[kind])

    def _distinct(self, printed: str) -> str:
        """The mark, told from another one that prints the same, such as a star on every page."""
        printed = printed[:_LONGEST_MARK]
        alike = self._alike[printed] = self._alike.get(printed, 0) + 1
        mark = distinct_mark(printed, self._taken) if alike <= _MOST_ALIKE else printed
        self._taken.add(mark)
        return mark
