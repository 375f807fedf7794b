"""Footnotes of a page: the rows at its foot that hold them, and the marks that refer to them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from documents.importing.cleaning import is_page_furniture
from documents.importing.footnotes import Note
from documents.importing.marks import cut, distinct_mark, strip_marks
from documents.importing.pdf.rows import Row

_SEPARATOR = re.compile(r"[_＿]{4,}|[-–—―─]{12,}")
_DASHES = "_＿-–—―─"
_SMALL = 0.95  # of the body's size
_FAR = 2.2  # of a row's size: notes stand closer to each other
_MARKS = re.compile(r"\d{1,3}|\*{1,3}|[a-z]/?")
_STARS = re.compile(r"(\*{1,3})(?!\*)")
_TYPED = re.compile(r"(\d{1,3})(?=\s|/\s|$)")


@dataclass(slots=True)
class PageNotes:
    """What a page's foot holds: `rows` that the notes took up, the notes by the mark printed, and the text that goes on
    from the page before. A mark's key is the note's own mark, made different from that of an earlier note."""

    rows: list[Row] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)


class NoteFinder:
    """Finds the notes of one page after the other; `notes` are those found so far, their lines parted by line ends."""

    def __init__(self, body_size: float, write: Callable[[Row], str]) -> None:
        """`write` gives a row's text."""
        self.notes: list[Note] = []
        self._write = write
        self._body_size = body_size
        self._taken: set[str] = set()

    def take(self, rows: list[Row], page: int) -> PageNotes:
        """The notes among a page's rows, which stand in order from top to bottom."""
        found = PageNotes()
        start, separator = self._start(rows)
        region = self._region(rows, start)
        raised = any(_raised_mark(row) for row in region)
        if not region or not (raised or separator or _star(region[0])):
            return found
        fresh: list[Note] = []
        carried: list[str] = []
        for row in region:
            mark, text = self._read(row, raised=raised, last=fresh[-1] if fresh else None)
            if mark:
                key = self._key(mark)
                found.keys[mark] = key
                fresh.append(Note(key, text, page))
            elif fresh:
                fresh[-1].text += f"\n{text}"
            else:
                carried.append(text)
        if not fresh and not (carried and self.notes and separator):
            return PageNotes()  # a line for a signature, or the one that ends a document
        if carried and self.notes:
            self.notes[-1].text += "\n" + "\n".join(carried)
        elif carried:
            return PageNotes()
        self.notes += fresh
        found.rows = [*([separator] if separator else []), *region]
        return found

    def _start(self, rows: list[Row]) -> tuple[int, Row | None]:
        """The place of the first row that may be a note's, and the line of dashes above it if there is one."""
        for place, row in enumerate(rows):
            if row.segments[0].words[0].text[0] in _DASHES and _SEPARATOR.fullmatch(row.text.replace(" ", "")):
                if place + 1 < len(rows) and self._is_small(rows[place + 1]):
                    return place + 1, row
            elif place and self._is_small(row) and (_raised_mark(row) or _star(row)) and self._is_foot(rows[place:]):
                return place, None
        return len(rows), None

    def _is_small(self, row: Row) -> bool:
        return row.size < self._body_size * _SMALL or bool(_raised_mark(row))

    def _is_foot(self, rows: list[Row]) -> bool:
        """Whether only notes and page furniture follow, so that a table's notes stay with their table."""
        return all(row.size < self._body_size * _SMALL or is_page_furniture(row.text) for row in rows)

    def _region(self, rows: list[Row], start: int) -> list[Row]:
        region: list[Row] = []
        for row in rows[start:]:
            if is_page_furniture(row.text):
                break
            if region and (region[-1].base - row.base > _FAR * row.size or row.size > self._body_size * 1.05):
                break
            region.append(row)
        return region

    def _read(self, row: Row, *, raised: bool, last: Note | None) -> tuple[str, str]:
        """The mark that a row begins with, empty if it goes on with the note above, and its text."""
        if mark := _raised_mark(row):
            return mark, self._write(row.without_first())
        text = self._write(row)
        plain = strip_marks(text)
        if star := _STARS.match(plain):
            return star[1], cut(text, star.end()).strip()
        typed = None if raised else _TYPED.match(plain)
        if typed and (last is None or not last.mark.isdecimal() or int(typed[1]) == int(last.mark) + 1):
            return typed[1], cut(text, typed.end()).lstrip(" /")
        return "", text

    def _key(self, mark: str) -> str:
        """The mark, or one made from it where an earlier part of the document counted the same."""
        key = distinct_mark(mark, self._taken)
        self._taken.add(key)
        return key


def _raised_mark(row: Row) -> str:
    """The raised figure that a row begins with; empty without one."""
    segment, first = row.first
    if not _MARKS.fullmatch(first.text):
        return ""
    if segment.is_raised(first):
        return first.text.rstrip("/")
    # The figure may stand apart from its text.
    others = [one for one in row.segments if one is not segment]
    beside = others[-1 if row.is_rtl else 0] if len(segment.words) == 1 and others else None
    is_apart = beside and first.size < beside.size * 0.82 and first.base > beside.base + 0.12 * beside.size
    return first.text.rstrip("/") if is_apart else ""


def _star(row: Row) -> bool:
    return bool(_STARS.match(row.first[1].text[:: -1 if row.is_rtl else 1]))
