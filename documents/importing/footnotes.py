"""Footnotes: their texts lifted out of the page, and their marks set where the text refers to them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from documents.importing.cleaning import Line
from documents.importing.hyphens import Vocabulary
from documents.importing.marks import note_mark
from documents.symbols.finding import find_symbols

_CONVERTER_MARK = re.compile(r"[ \t]*\[footnoteRef:(\d{1,4})\]")
_CONVERTER_NOTE = r"[ \t]*\[({numbers}):[ \t]+([^\n\]]{{0,4000}})\](?=[ \t]*(?:\[\d{{1,4}}:|\n|$))"
_SUP_NOTE = re.compile(r"^<sup>[ \t]*([\d*]{1,4})[ \t]*</sup>[ \t]*(\S.*)$", re.MULTILINE)
_SUP_MARK = re.compile(r"[ \t]*<sup>[ \t]*([\d*]{1,4})[ \t]*</sup>")
_TAG = re.compile(r"</?(?:sup|sub|u|b|i|em|strong|br) ?/?>", re.IGNORECASE)

_SEPARATOR = re.compile(r"[_＿]{4,}|[-–—―─]{12,}")
_NOTE_START = re.compile(r"(?P<mark>\*{1,3}|\d{1,3}(?![\d.)]|,\d|[/-]\d))/? *(?P<text>.*)")
_ENDNOTES = re.compile(r"(?:end)?notes|примечания|notas|注释?|尾注|الحواشي", re.IGNORECASE)
_NOTE_END = re.compile(r"[.!?。؟][\"”»’)]*$|https?://\S+$")
_MAX_STAR_LINES = 3  # more lines than this that begin with an asterisk are a list


@dataclass(slots=True)
class Note:
    """A footnote as it was found: its mark, its text, and the page it stood on."""

    mark: str
    text: str
    page: int


def lift_marked_notes(text: str) -> tuple[str, list[Note]]:
    """Takes out the notes that a converter marked, "[footnoteRef:2] … [2: text]" or "<sup>1</sup>".

    Gives the text with references as private marks, and the notes. Word's converter counts two notes that are none, so
    its numbers are counted again from 1. Brackets that no reference names, such as "[Islamic Republic of Iran]", stay.
    """
    numbers = list(dict.fromkeys(_CONVERTER_MARK.findall(text)))
    printed = {number: str(place) for place, number in enumerate(numbers, 1)}
    notes: list[Note] = []

    def lift(match: re.Match[str]) -> str:
        notes.append(Note(printed.get(match[1], match[1]), " ".join(match[2].split()), 0))
        return ""

    if numbers:
        text = re.sub(_CONVERTER_NOTE.format(numbers="|".join(numbers)), lift, text)
        text = _CONVERTER_MARK.sub(lambda match: note_mark(printed[match[1]]), text)
    if "<sup>" in text:
        text = _SUP_NOTE.sub(lift, text)
        marks = {note.mark for note in notes}
        text = _SUP_MARK.sub(lambda match: note_mark(match[1]) if match[1] in marks else match[1], text)
    return _TAG.sub("", text), notes


def lift_page_notes(lines: list[Line], skipped: set[int], vocabulary: Vocabulary) -> tuple[list[int], list[Note]]:
    """Finds the footnotes at the feet of pages.

    `skipped` are the places of page furniture. Gives the places of the lines that notes take up (separators too), and
    the notes in order. A number begins a note only when it is the next one and the page refers to it.
    """
    taken: list[int] = []
    notes: list[Note] = []
    for page in _pages(lines, skipped):
        region = _note_region(lines, page, notes)
        taken += [place for place in region if _SEPARATOR.fullmatch(lines[place].text)]
        taken += _read_region(lines, [place for place in region if place not in taken], notes, vocabulary)
    return taken, notes


def _pages(lines: list[Line], skipped: set[int]) -> list[list[int]]:
    pages: dict[int, list[int]] = {}
    for place, line in enumerate(lines):
        if place not in skipped:
            pages.setdefault(line.page, []).append(place)
    return list(pages.values())


def _note_region(lines: list[Line], page: list[int], notes: list[Note]) -> list[int]:
    """The places at a page's foot that hold notes, with the separator when there is one."""
    paged = lines[-1].page > 0
    for order, place in enumerate(page):
        if _SEPARATOR.fullmatch(lines[place].text) and order + 1 < len(page):
            region = page[order:]
            return region if paged else _until_gap(lines, region)
        if _ENDNOTES.fullmatch(lines[place].text) and _starts_first_note(lines, page[order + 1 :]):
            return page[order + 1 :]
    numbers_left = sum(line.text.startswith("* ") for line in lines)
    for order, place in enumerate(page):
        start = _NOTE_START.match(lines[place].text)
        if start and order and _begins_note(lines, page[:order], place, start["mark"], notes):
            if start["mark"].startswith("*") and numbers_left > _MAX_STAR_LINES:
                continue
            return page[order:] if paged else _until_gap(lines, page[order:])
    return []


def _until_gap(lines: list[Line], region: list[int]) -> list[int]:
    """The part of a region before an empty line, or before lines that were page furniture, ends it."""
    end = 1
    while end < len(region):
        line, previous = lines[region[end]], lines[region[end - 1]]
        apart = line.blanks or line.number != previous.number + 1
        if apart and not _SEPARATOR.fullmatch(previous.text):
            break
        end += 1
    return region[:end]


def _starts_first_note(lines: list[Line], rest: list[int]) -> bool:
    start = _NOTE_START.match(lines[rest[0]].text) if rest else None
    return bool(start and start["mark"] == "1")


def _begins_note(lines: list[Line], before: list[int], place: int, mark: str, notes: list[Note]) -> bool:
    """Whether a line without a separator above it begins the page's notes."""
    line, above = lines[place], lines[before[-1]]
    set_apart = line.blanks or line.number != above.number + 1 or abs(line.indent - above.indent) >= 4
    if not set_apart or (line.text == mark and (not mark.isdecimal() or place + 1 >= len(lines))):
        return False
    text = "\n".join(lines[one].text for one in before)
    if mark.startswith("*"):
        return bool(re.search(rf"[^\s*]{re.escape(mark)}(?!\*)", text)) and not line.text.startswith("**")
    if int(mark) != next_number(notes) or lines[-1].page == 0:
        return False
    return bool(re.search(rf"(?:[^\W\d_]|[.,;:»”\"'’)\]]) ?{mark}(?![\d.)])", text))


def next_number(notes: Iterable[Note]) -> int:
    """The number that the next numbered note has."""
    return 1 + max((int(note.mark) for note in notes if note.mark.isdecimal()), default=0)


def _read_region(lines: list[Line], region: list[int], notes: list[Note], vocabulary: Vocabulary) -> list[int]:
    """Reads the notes of a region into `notes`; gives the places it took up.

    Plain extraction prints a note's number alone above its text, or all numbers first and then all texts.
    """
    taken: list[int] = []
    waiting: list[str] = []
    before = ""
    for place in region:
        line = lines[place]
        start = _NOTE_START.match(line.text)
        lone = bool(start) and not start["text"]
        if start and lone and start["mark"].isdecimal() and int(start["mark"]) == next_number(notes) + len(waiting):
            waiting.append(start["mark"])
        elif start and not lone and _is_next(start["mark"], notes, waiting):
            _fill_gap(start["mark"], notes, before, line.page)
            notes.append(Note(start["mark"], start["text"], line.page))
            waiting.clear()
        elif waiting and (not before or _NOTE_END.search(before)):
            notes.append(Note(waiting.pop(0), line.text, line.page))
        elif notes and not lone and (taken or notes[-1].page == line.page - 1):
            notes[-1].text = vocabulary.join(notes[-1].text, line.text)
        elif not (lone and taken):
            continue
        before = line.text if not lone else before
        taken.append(place)
    notes += [Note(mark, "", lines[region[-1]].page) for mark in waiting if taken]
    return taken


def _is_next(mark: str, notes: list[Note], waiting: list[str]) -> bool:
    """Whether a mark begins the next note; one number may be missing, as its own line often stands elsewhere."""
    if not mark.isdecimal():
        return True
    gap = int(mark) - next_number(notes) - len(waiting)
    return gap == 0 or (gap == 1 and any(note.mark.isdecimal() for note in notes))


def _fill_gap(mark: str, notes: list[Note], before: str, page: int) -> None:
    """Makes the last line of the note before the missing one's text, when a number was skipped."""
    if not mark.isdecimal() or int(mark) == next_number(notes) or not notes:
        return
    if notes[-1].text.endswith(before) and notes[-1].text != before:
        notes[-1].text = notes[-1].text.removesuffix(before).rstrip()
        notes.append(Note(str(next_number(notes)), before, page))


def set_marks(texts: list[str], pages: list[int], notes: list[Note]) -> list[str]:
    """The paragraphs with the references to notes as private marks.

    `pages` are the pages where the paragraphs begin. Numbers are looked for in order, each after the one before.
    """
    texts = list(texts)
    place, position = 0, 0
    for note in notes:
        pattern = _reference(note.mark)
        for candidate in range(place if note.mark.isdecimal() else 0, len(texts)):
            if pages[candidate] > note.page:
                break
            start = position if candidate == place and note.mark.isdecimal() else 0
            match = next(_outside_symbols(pattern, texts[candidate], start), None)
            if match:
                text = texts[candidate]
                texts[candidate] = text[: match.start()] + note_mark(note.mark) + text[match.end() :]
                if note.mark.isdecimal():
                    place, position = candidate, match.start()
                break
    return texts


def _outside_symbols(pattern: re.Pattern[str], text: str, start: int) -> Iterator[re.Match[str]]:
    """The matches of a reference that are no part of a symbol: the 1 of "Add.1" refers to no note."""
    symbols = find_symbols(text) if pattern.search(text, start) else []
    for match in pattern.finditer(text, start):
        if not any(symbol.start <= match.start() < symbol.end for symbol in symbols):
            yield match


def _reference(mark: str) -> re.Pattern[str]:
    """What refers to a note in running text: a figure close behind a word or a mark of punctuation, or "1/"."""
    if mark.startswith("*"):
        return re.compile(rf"(?<=[^\s*]){re.escape(mark)}(?![*\w])")
    return re.compile(
        rf"(?<=[a-zà-ÿа-яё\u0600-\u06ff\u3400-\u9fff.,;:»”\"'’)\]]){mark}(?![\w/%]|[.,-]\d)"
        rf"|(?<=[.,;:»”\")\]]) {mark}(?=\s|$)|(?<=[^\W\d_]) {mark}(?=$)|(?<=[\w”»\")]) {mark}/(?=[\s,.;:)]|$)"
    )
