"""Footnotes: their texts lifted out of the page, and their marks set where the text refers to them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from documents.importing.cleaning import Line
from documents.importing.hyphens import Vocabulary
from documents.importing.marks import note_mark
from documents.symbols.finding import find_symbols

_CONVERTER_MARK = re.compile(r"[ \t]*\[footnoteRef:(\d{1,4})\]")
_CONVERTER_NOTE = re.compile(r"[ \t]*\[(\d{1,4}):[ \t]+([^\n\]]{0,4000})\](?=[ \t]*(?:\[\d{1,4}:|\n|$))")
_SUP_NOTE = re.compile(r"^<sup>[ \t]*([\d*]{1,4})[ \t]*</sup>[ \t]*(\S.*)$", re.MULTILINE)
_SUP_MARK = re.compile(r"[ \t]*<sup>[ \t]*([\d*]{1,4})[ \t]*</sup>")
_TAG = re.compile(r"</?(?:sup|sub|u|b|i|em|strong|br) ?/?>", re.IGNORECASE)

_SEPARATOR = re.compile(r"[_＿]{4,}|[-–—―─]{12,}")
_NOTE_START = re.compile(r"(?P<mark>\*{1,3}|\d{1,3}(?![\d.)]|,\d|[/–-]\d))/? *(?P<text>.*)")
_ENDNOTES = re.compile(r"(?:end)?notes|примечания|notas|注释?|尾注|الحواشي", re.IGNORECASE)
_NOTE_END = re.compile(r"[.!?。؟][\"”»’)]*$|https?://\S+$")
_REACH = 300  # lines above a note within which the text refers to it
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
        if printed and match[1] not in printed:
            return match[0]
        notes.append(Note(printed.get(match[1], match[1]), " ".join(match[2].split()), 0))
        return ""

    if numbers:
        text = _CONVERTER_NOTE.sub(lift, text)
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
    is_list = sum(lines[place].text.startswith("* ") for place in page) > _MAX_STAR_LINES
    for order, place in enumerate(page):
        start = _NOTE_START.match(lines[place].text)
        if not start or not order or (is_list and start["mark"].startswith("*")):
            continue
        if _begins_note(lines, page[max(0, order - _REACH) : order], place, start["mark"], notes):
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

    Plain extraction prints numbers apart from their texts, and in any order: "1", "2", then both texts.
    """
    numbers = _numbers(lines, region, next_number(notes))
    pieces, taken = _pieces(lines, region, numbers, vocabulary, goes_on=bool(notes))
    if pieces and not pieces[0].mark and not numbers and notes:
        notes[-1].text = vocabulary.join(notes[-1].text, pieces.pop(0).text)
    free = [number for number in numbers if str(number) not in {piece.mark for piece in pieces}]
    for piece in pieces:
        if not piece.mark and free:
            piece.mark = str(free.pop(0))
        if piece.mark:
            notes.append(piece)
        elif notes:
            notes[-1].text = vocabulary.join(notes[-1].text, piece.text)
    notes += [Note(str(number), "", lines[region[-1]].page) for number in free]
    return taken


def _numbers(lines: list[Line], region: list[int], expected: int) -> list[int]:
    """The numbers of the notes of a region: those that begin a line and count on from the last, with small gaps."""
    starts = [_NOTE_START.match(lines[place].text) for place in region]
    printed = {int(start["mark"]) for start in starts if start and start["mark"].isdecimal()}
    numbers: list[int] = []
    number = expected
    while number in printed or (numbers and number + 1 in printed):
        numbers.append(number)
        number += 1
    return numbers


def _pieces(
    lines: list[Line], region: list[int], numbers: list[int], vocabulary: Vocabulary, *, goes_on: bool
) -> tuple[list[Note], list[int]]:
    """The texts of a region, with their marks where those stand before them, and the places taken up.

    `goes_on` allows a text without a mark at the beginning, which goes on from the page before.
    """
    pieces: list[Note] = []
    taken: list[int] = []
    known = {str(number) for number in numbers}
    fresh = True  # whether the next line without a mark begins a text
    for place in region:
        line = lines[place]
        start = _NOTE_START.match(line.text)
        mark = start["mark"] if start and (start["mark"] in known or start["mark"].startswith("*")) else ""
        if start and mark and start["text"]:
            pieces.append(Note(mark, start["text"], line.page))
            known.discard(mark)
            fresh = False
        elif mark:
            fresh = True
        elif pieces and not (fresh and numbers):
            pieces[-1].text = vocabulary.join(pieces[-1].text, line.text)
        elif pieces or numbers or goes_on:
            pieces.append(Note("", line.text, line.page))
            fresh = False
        else:
            continue
        taken.append(place)
        fresh = fresh or bool(numbers and _NOTE_END.search(line.text))
    return pieces, taken


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
        rf"(?<=[a-zà-ÿа-яё\u0600-\u06ff\u3400-\u9fff.,;:。；：，»”\"'’)\]]){mark}(?![\w/%]|[.,-]\d)"
        rf"|(?<=[.,;:»”\")\]]) {mark}(?=\s|$)|(?<=[^\W\d_]) {mark}(?=$)|(?<=[\w”»\")]) {mark}/(?=[\s,.;:)]|$)"
    )
