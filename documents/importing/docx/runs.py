"""The text of a paragraph's runs, with emphasis and references to notes as private marks.

Insertions are accepted and deletions dropped; what is hidden, a field's instruction or a placeholder is no text.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree.ElementTree import Element

from documents.importing.cleaning import clean_characters
from documents.importing.docx.notes import CUSTOM_MARK, NoteKind, Notes
from documents.importing.docx.package import MC, W, child_value, switch
from documents.importing.docx.styles import Styles
from documents.importing.marks import BOLD_OFF, BOLD_ON, ITALIC_OFF, ITALIC_ON, note_mark, note_marks

PAGE_BREAK, LINE_BREAK = "\f", "\n"

_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_DROPPED = frozenset({W + name for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "instrText")})
_DRAWINGS = frozenset({W + name for name in ("drawing", "pict", "object")})
_NOTES: dict[str, NoteKind] = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}
# Fields that print where they stand, which is page furniture.
_FURNITURE = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION"})
# Characters of the fonts Symbol and Wingdings that documents use, by Word's codes.
_SYMBOLS = {
    "F0B7": "•", "F0A7": "•", "F0D8": "•", "F0A8": "•", "F06E": "•", "F076": "•", "F02D": "−", "F0B0": "°",
    "F0A3": "≤", "F0B3": "≥", "F0B1": "±", "F0B4": "×", "F0E0": "→", "F0AE": "→", "F0D3": "©", "F0E3": "©",
    "F0D2": "®", "F0E2": "®", "F0D4": "™", "F0FC": "✓", "F0FE": "☒", "F052": "☑", "F0A2": "′", "F0BC": "…",
}  # fmt: skip
_RAISED = str.maketrans("0123456789-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
_FIGURES = re.compile(r"[-−]?\d+")
_ELONGATION = re.compile("(?<=[\u0621-\u064a\ue003\ue005])\u0640+")  # cut apart by runs, it is still none of the word
_SUFFIX = re.compile(r"bis|ter|quater")  # what makes the mark of a note put in between
_LONGEST_RAISED = 6  # characters
_POWER = re.compile(r"(?:\d|\b[kcmd]?m)$")  # what a raised figure is a power of; elsewhere it refers to a note


class Piece(NamedTuple):
    """A part of a paragraph's text in one emphasis; None where it has that of what stands before it."""

    text: str
    emphasis: tuple[bool, bool] | None = None


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    in_result: bool = False

    @property
    def is_silent(self) -> bool:
        """Whether what stands in the field now is not printed as text."""
        return not self.in_result or self.instruction.split(maxsplit=1)[:1] in [[name] for name in _FURNITURE]


class RunReader:
    """Reads the runs of one story (the body, a header, a note) in order; fields may go on over its paragraphs."""

    def __init__(self, styles: Styles, notes: Notes) -> None:
        self._styles = styles
        self._notes = notes
        self._fields: list[_Field] = []
        self._style: str | None = None
        self._pieces: list[Piece] = []
        self._boxes: list[Element] = []
        self._custom: tuple[NoteKind, str] | None = None  # a reference whose own mark is still to come

    def read(self, paragraph: Element) -> tuple[list[Piece], list[Element]]:
        """A paragraph's pieces of text, and the contents of the text boxes that hang on it."""
        self._pieces, self._boxes, self._custom = [], [], None
        self._style = self._styles.of_paragraph(paragraph.find(W + "pPr"))
        self._walk(paragraph)
        return self._pieces, self._boxes

    def _walk(self, parent: Element) -> None:
        for child in parent:
            if child.tag in _DROPPED:
                continue
            if child.tag == W + "r":
                self._run(child)
            elif child.tag == MC + "AlternateContent":
                self._walk(chosen(child))
            elif child.tag == W + "sdt":
                self._control(child)
            elif child.tag == W + "fldSimple":
                self._simple_field(child)
            elif child.tag == _MATH_TEXT:
                self._add(child.text or "", None)
            elif child.tag == W + "txbxContent":
                self._boxes.append(child)
            else:
                self._walk(child)

    def _control(self, element: Element) -> None:
        content = element.find(W + "sdtContent")
        if content is not None and not is_placeholder(element):
            self._walk(content)

    def _simple_field(self, element: Element) -> None:
        self._fields.append(_Field(element.get(W + "instr", ""), in_result=True))
        self._walk(element)
        self._fields.pop()

    def _run(self, run: Element) -> None:
        properties = run.find(W + "rPr")
        hidden = self._styles.is_on("vanish", properties, self._style)
        for child in run:
            if child.tag == W + "fldChar":
                self._field(child.get(W + "fldCharType"))
            elif child.tag == W + "instrText":
                if self._fields and not self._fields[-1].in_result:
                    self._fields[-1].instruction += child.text or ""
            elif not hidden and not any(field.is_silent for field in self._fields):
                self._content(child, properties)

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].in_result = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _content(self, child: Element, properties: Element | None) -> None:
        """One thing inside a run: text, a break, a reference, a drawing."""
        if child.tag == W + "t":
            self._text(child.text or "", properties)
        elif child.tag in _NOTES:
            self._reference(child)
        elif child.tag in _DRAWINGS:
            self._boxes += _text_boxes(child)
        elif child.tag == MC + "AlternateContent":
            self._alternative(child, properties)
        elif child.tag == W + "ruby":
            base = child.find(W + "rubyBase")
            if base is not None:
                self._walk(base)
        elif (text := _character(child)) is not None:
            self._add(text, None)

    def _alternative(self, element: Element, properties: Element | None) -> None:
        for child in chosen(element):
            self._content(child, properties)

    def _text(self, text: str, properties: Element | None) -> None:
        if not (text.isascii() and text.isprintable()):  # most runs need no cleaning
            text = clean_characters(text).replace("\n", " ").replace("\f", " ")
        if self._custom:
            kind, identifier = self._custom
            mark = CUSTOM_MARK.match(text)
            self._refer(kind, identifier, mark["mark"] if mark else None)
            text = text[mark.end() :] if mark else text
            self._custom = None
        if self._is_raised(text, properties):
            if _SUFFIX.fullmatch(text) and self._pieces and note_marks(self._pieces[-1].text):
                self._pieces[-1] = Piece(note_mark(self._notes.add_to_last(text)))
                return
            if self._is_after_base() and _FIGURES.fullmatch(text):
                text = text.translate(_RAISED)
        bold = self._styles.is_on("b", properties, self._style)
        italic = self._styles.is_on("i", properties, self._style)
        self._add(text, (bold, italic))

    def _is_raised(self, text: str, properties: Element | None) -> bool:
        may_matter = len(text) <= _LONGEST_RAISED and not text.isspace()
        return may_matter and self._styles.raised(properties) == "superscript"

    def _is_after_base(self) -> bool:
        return bool(self._pieces and _POWER.search(self._pieces[-1].text))

    def _reference(self, element: Element) -> None:
        kind, identifier = _NOTES[element.tag], element.get(W + "id", "")
        if element.get(W + "customMarkFollows") in {"1", "true", "on"}:
            self._custom = (kind, identifier)
        else:
            self._refer(kind, identifier, None)

    def _refer(self, kind: NoteKind, identifier: str, custom: str | None) -> None:
        mark = self._notes.refer(kind, identifier, custom)
        if mark:
            while self._pieces and not self._pieces[-1].text.strip(" "):
                self._pieces.pop()  # a reference stands close behind its word
            self._pieces.append(Piece(note_mark(mark)))

    def _add(self, text: str, emphasis: tuple[bool, bool] | None) -> None:
        if text:
            self._pieces.append(Piece(text, emphasis))


def chosen(alternatives: Element) -> Element:
    """The branch of alternative content to read: the first that says something, so that nothing is read twice."""
    branches = [branch for branch in alternatives if branch.tag in {MC + "Choice", MC + "Fallback"}]
    said = (branch for branch in branches if any(one.tag in {W + "t", W + "txbxContent"} for one in branch.iter()))
    return next(said, branches[0] if branches else Element("none"))


def is_placeholder(control: Element) -> bool:
    """Whether a content control shows only what to fill in: "Click here to enter text"."""
    return bool(switch(control.find(W + "sdtPr"), "showingPlcHdr"))


def _text_boxes(drawing: Element) -> list[Element]:
    """The contents of a drawing's text boxes, each once, those inside another not."""
    found: list[Element] = []
    waiting = [drawing]
    while waiting:
        element = waiting.pop()
        if element.tag == W + "txbxContent":
            found.append(element)
        elif element.tag == MC + "AlternateContent":
            waiting.append(chosen(element))
        else:
            waiting += reversed(list(element))
    return found


def _character(element: Element) -> str | None:
    """The character that an element stands for; None when it stands for none."""
    name = element.tag.removeprefix(W)
    if name in {"tab", "ptab"}:
        return "\t"
    if name in {"br", "cr"}:
        return PAGE_BREAK if element.get(W + "type") == "page" else LINE_BREAK
    if name == "noBreakHyphen":
        return "\u2011"
    if name == "sym":
        code = element.get(W + "char", "").upper()
        return _SYMBOLS.get(code, "\ufffd")
    return None


def marked(pieces: Iterable[Piece]) -> str:
    """A paragraph's pieces as one text with private marks. Emphasis ends at every break and holds no outer spaces."""
    parts: list[str] = []
    now = (False, False)
    spaces = ""
    for text, emphasis in _cores(pieces):
        if not text.strip(" \t"):
            spaces += text
            continue
        is_break = text in {LINE_BREAK, PAGE_BREAK}
        wanted = (False, False) if is_break else now if emphasis is None else emphasis
        if wanted != now:
            parts.append(_closing(now))
        parts.append(spaces)
        if wanted != now:
            parts.append(_opening(wanted))
        parts.append(text)
        now, spaces = wanted, ""
    return _ELONGATION.sub("", "".join([*parts, _closing(now)]))


def _cores(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Pieces parted into their words, the spaces around them, and breaks."""
    for piece in pieces:
        for part in re.split(r"([\n\f]|^[ \t]+|[ \t]+$)", piece.text):
            if part:
                yield Piece(part, piece.emphasis)


def _opening(emphasis: tuple[bool, bool]) -> str:
    return BOLD_ON * emphasis[0] + ITALIC_ON * emphasis[1]


def _closing(emphasis: tuple[bool, bool]) -> str:
    return ITALIC_OFF * emphasis[1] + BOLD_OFF * emphasis[0]


def mark_is_deleted(properties: Element | None) -> bool:
    """Whether a tracked change deletes a paragraph's end, so that its text goes on in the next one."""
    run = properties.find(W + "rPr") if properties is not None else None
    return run is not None and (run.find(W + "del") is not None or run.find(W + "moveFrom") is not None)


def section_break(properties: Element | None) -> str | None:
    """How the section that ends with a paragraph begins the next one ("nextPage", "continuous"); None without."""
    section = properties.find(W + "sectPr") if properties is not None else None
    return None if section is None else child_value(section, "type") or "nextPage"
