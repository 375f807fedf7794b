"""A DOCX file's text in reading order: header of the first page, body with its tables, notes."""

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from documents.importing.cleaning import clean_markup, find_job_number, split_lines
from documents.importing.docx.layout import cells_of, is_frame, rows_of, sets_text, side_by_side
from documents.importing.docx.notes import Notes
from documents.importing.docx.numbering import Numbering
from documents.importing.docx.package import MC, Package, R, W, switch
from documents.importing.docx.runs import (
    LINE_BREAK,
    PAGE_BREAK,
    Piece,
    RunReader,
    chosen,
    is_placeholder,
    mark_is_deleted,
    marked,
    section_break,
)
from documents.importing.docx.styles import Styles
from documents.importing.docx.tables import read_table
from documents.importing.docx.typewritten import is_typewritten
from documents.importing.footnotes import Note, lift_marked_notes
from documents.importing.labels import certain_label, read_label
from documents.importing.marks import BOLD_ON, ITALIC_OFF, ITALIC_ON, is_bold, set_label, strip_marks
from documents.importing.refusal import Refused
from documents.importing.source import SourceText, Table, table_mark

_GROUPS = frozenset({W + name for name in ("ins", "moveTo", "customXml", "smartTag")})
_EMPHASIS = f"[{BOLD_ON}-{ITALIC_OFF}]*"
_TWIPS_A_CHARACTER = 120  # the width of a character of running text
_WIDEST_INDENT = 40  # characters
_LINE = 80  # characters; where a line set to the right ends
_CENTRED = 16  # characters by which centred lines are set in
_GAP = 200  # twips between two paragraphs that part them like an empty line
_PROSE = 220  # characters from which a paragraph is running text, so that the masthead is over
_HEAD_LINES = 80  # lines within which a masthead ends
_LONGEST_HEADING = 250  # characters; styles of headings are used for numbered paragraphs too
_SENTENCE = 100  # characters from which a line with a full stop is no heading
_DASHES = frozenset("-–—−")  # in the middle of a sentence more often than before an item
_SENTENCE_END = (".", ";", ":", ",", "。", "；")


def read_docx(data: bytes) -> SourceText:
    """The text of a DOCX file's bytes.

    Raises Refused for a file that is damaged, too large when unpacked, locked, or holds macros.
    """
    try:
        return _Reader(Package(data)).read()
    except RecursionError as error:
        raise Refused("The Word file nests its parts too deeply to be read.") from error


@dataclass(slots=True)
class _Flow:
    """The lines written so far, and whether they can still belong to the masthead.

    `typed` are the same as they were typed: every paragraph and break a line, empty ones and outer spaces kept.
    """

    lines: list[str] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    in_head: bool = True
    empty: bool = False  # whether an empty paragraph stood before
    after: int = 0
    style: str | None = None
    page_break: bool = False

    def write(self, lines: list[str]) -> None:
        """Writes lines, with the page break that waits for them."""
        if lines and self.page_break:
            lines = [PAGE_BREAK + lines[0], *lines[1:]]
            self.page_break = False
        self.lines += lines
        self.empty = False
        self.in_head = self.in_head and len(self.lines) < _HEAD_LINES

    def break_page(self) -> None:
        """Begins a page before the next line; a masthead stands on the first one."""
        self.page_break = True
        self.in_head = self.in_head and not self.lines


class _Reader:
    """Reads one package. Paragraphs must be read in order, since they count on and fields go on over several."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = Styles(package.related("styles"))
        self._numbering = Numbering(package.related("numbering"), self._styles)
        self._notes = Notes.of(package)
        self._tables: list[Table] = []
        self._runs = RunReader(self._styles, self._notes)
        self._carried: list[Piece] = []  # the text of paragraphs whose end is deleted

    def read(self) -> SourceText:
        body = self._package.main.find(W + "body")
        if body is None:
            raise Refused("The Word file holds no text.")
        first = next(body.iter(W + "sectPr"), None)
        header = self._furniture(first, "header")
        flow = _Flow()
        flow.write(header)
        flow.empty = bool(header)
        self._runs = RunReader(self._styles, self._notes)
        self._blocks(body, flow)
        printed = (find_job_number(strip_marks(line)) for line in self._furniture(first, "footer"))
        jobs = [job for job in printed if job]
        source = SourceText(
            text="\n".join([*flow.lines, *jobs]),
            notes=tuple(self._read_notes()),
            tables=tuple(self._tables),
            one_line_a_paragraph=True,
            pages=self._pages(),
            language=self._styles.language,
        )
        typed = "\n".join([*header, *flow.typed, *jobs])
        if not is_typewritten(split_lines(typed)):
            return source
        typed, lifted = lift_marked_notes(clean_markup(typed))
        return replace(source, text=typed, notes=(*source.notes, *lifted), one_line_a_paragraph=None)

    def _pages(self) -> int:
        """The number of pages that the program counted which saved the file last."""
        properties = self._package.part("docProps/app.xml")
        for element in properties if properties is not None else ():
            if element.tag.endswith("}Pages") and (element.text or "").strip().isdecimal():
                return int(element.text or "")
        return 0

    def _furniture(self, section: Element | None, kind: str) -> list[str]:
        """The lines of the header or footer that the first page bears."""
        if section is None:
            return []
        wanted = "first" if switch(section, "titlePg") else "default"
        for reference in section.findall(f"{W}{kind}Reference"):
            if reference.get(W + "type", "default") == wanted:
                root = self._package.linked(reference.get(R + "id"))
                self._runs = RunReader(self._styles, self._notes)
                return self._inner_lines(root) if root is not None else []
        return []

    def _read_notes(self) -> Iterator[Note]:
        """The notes in the order of their references; a note may refer to another one."""
        read = 0
        while read < len(self._notes.referred):
            note = self._notes.referred[read]
            read += 1
            self._runs = RunReader(self._styles, self._notes)
            text = " ".join(line.strip() for line in self._inner_lines(note.element) if line.strip())
            if note.typed:
                # LibreOffice prints a mark that is no number twice.
                again = "" if note.typed.isalnum() else "+"
                text = re.sub(rf"^({_EMPHASIS})(?:\s*{re.escape(note.typed)}){again}(?!\w)", r"\1", text)
            yield Note(note.mark, text.strip(), 0)

    # Blocks

    def _blocks(self, parent: Element, flow: _Flow) -> None:
        for child in parent:
            if child.tag == W + "p":
                self._paragraph(child, flow)
            elif child.tag == W + "tbl":
                self._table(child, flow)
            elif child.tag == W + "altChunk":
                raise Refused("The Word file embeds another file as text; open it in Word and save it again.")
            elif (inner := _inner(child)) is not None:
                self._blocks(inner, flow)

    def _paragraph(self, paragraph: Element, flow: _Flow) -> None:
        properties = paragraph.find(W + "pPr")
        if mark_is_deleted(properties):
            pieces, boxes = self._runs.read(paragraph)
            self._carried += pieces
        else:
            label = self._numbering.label(properties)
            pieces, boxes = self._runs.read(paragraph)
            pieces, self._carried = [*self._carried, *pieces], []
        for box in boxes:
            self._box(box, flow)
        if self._carried:
            return
        if self._styles.breaks_page(properties):
            flow.break_page()
        text = marked(pieces)
        flow.typed += labelled(text, label).split(LINE_BREAK)
        if strip_marks(text).strip() or "\f" in text:
            self._write_paragraph(text, label, properties, flow)
        else:
            flow.empty = True
        if section_break(properties) not in {None, "continuous", "nextColumn"}:
            flow.break_page()

    def _write_paragraph(self, text: str, label: str, properties: Element | None, flow: _Flow) -> None:
        lines = self._lines(text, label, properties, flow)
        before, after = self._styles.spacing(properties)
        style = self._styles.of_paragraph(properties)
        if flow.lines and (flow.empty or max(before, flow.after) >= _GAP or style != flow.style):
            flow.lines.append("")
        flow.after, flow.style = after, style
        flow.write(lines)
        longest = max(len(strip_marks(line)) for line in text.split(LINE_BREAK))
        if PAGE_BREAK in text or label or longest > _PROSE or _is_numbered(lines):
            flow.in_head = False

    def _lines(self, text: str, label: str, properties: Element | None, flow: _Flow) -> list[str]:
        """The lines of one paragraph: in a masthead as set, elsewhere one, save where a break ends a sentence."""
        text = labelled(text, label)
        level = self._styles.outline_level(properties)
        sign = ""
        if level is not None and _is_short(strip_marks(text)):
            sign = "#" * (level + 1) + " "
        if flow.in_head:
            pieces = text.replace("\t", "    ").replace(PAGE_BREAK, LINE_BREAK + PAGE_BREAK).split(LINE_BREAK)
            lines = [self._indented(piece, properties) for piece in pieces]
            return [sign + lines[0], *lines[1:]]
        lines = []
        for page, on_page in enumerate(text.split(PAGE_BREAK)):
            start = PAGE_BREAK if page else ""
            parts = [" ".join(part.split()) for part in on_page.split(LINE_BREAK)]
            joined = [" ".join(filter(None, parts))] if sign else _sentences(parts)
            lines += [start * (not number) + line for number, line in enumerate(joined)]
        return [sign + lines[0], *lines[1:]] if lines else []

    def _indented(self, line: str, properties: Element | None) -> str:
        """A masthead's line at its place across the page."""
        start, line = (PAGE_BREAK, line[1:]) if line.startswith(PAGE_BREAK) else ("", line)
        line = line.strip()
        alignment = self._styles.alignment(properties)
        if alignment == "right":
            indent = _LINE - len(strip_marks(line))
        elif alignment == "center":
            indent = _CENTRED
        else:
            indent = min(self._styles.indent(properties) // _TWIPS_A_CHARACTER, _WIDEST_INDENT)
        return start + " " * max(indent, 0) + line

    # Tables and boxes

    def _table(self, table: Element, flow: _Flow) -> None:
        if is_frame(table):
            flow.write([""])
            for row in rows_of(table):
                for cell in cells_of(row):
                    self._blocks(cell, flow)
            flow.write([""])
            return
        if sets_text(table, in_head=flow.in_head):
            lines = self._set_lines(table)
            flow.typed += lines
            flow.write(["", *lines, ""])
            return
        number = len(self._tables)
        self._tables.append(Table(()))  # keeps its place: tables inside a cell become its text
        self._tables[number] = read_table(table, self._cell_text)
        if any(cell.text for row in self._tables[number].rows for cell in row):
            flow.in_head = False
            flow.write(["", table_mark(number)])
            flow.typed.append(table_mark(number))

    def _set_lines(self, table: Element) -> list[str]:
        return side_by_side(table, [[self._inner_lines(cell) for cell in cells_of(row)] for row in rows_of(table)])

    def _cell_text(self, cell: Element) -> str:
        lines = (" ".join(line.split()) for line in self._inner_lines(cell))
        return "\n".join(line for line in lines if line)

    def _box(self, content: Element, flow: _Flow) -> None:
        """A text box, read before the paragraph that it hangs on: fields and deletions of that one go on after it."""
        with self._aside():
            self._blocks(content, flow)

    @contextlib.contextmanager
    def _aside(self) -> Iterator[None]:
        """Reads something that stands beside the running text."""
        runs, carried = self._runs, self._carried
        self._runs, self._carried = RunReader(self._styles, self._notes), []
        yield
        self._runs, self._carried = runs, carried

    def _inner_lines(self, parent: Element) -> list[str]:
        """The lines of a cell, a box, a header or a note; the empty ones inside are kept, those at its ends not."""
        lines: list[str] = []
        for child in parent:
            if child.tag == W + "p":
                properties = child.find(W + "pPr")
                label = self._numbering.label(properties)
                pieces, boxes = self._runs.read(child)
                for box in boxes:
                    with self._aside():
                        lines += self._inner_lines(box)
                text = marked(pieces).replace(PAGE_BREAK, "").replace("\t", "    ")
                lines += [line.strip() for line in _with_text(label, text).split(LINE_BREAK)]
            elif child.tag == W + "tbl":
                lines += self._set_lines(child)
            elif (inner := _inner(child)) is not None:
                lines += self._inner_lines(inner)
        while lines and not lines[-1].strip():
            lines.pop()
        return lines


def _inner(element: Element) -> Element | None:
    """What a wrapper around blocks holds; None for anything else."""
    if element.tag == W + "sdt":
        return None if is_placeholder(element) else element.find(W + "sdtContent")
    if element.tag == MC + "AlternateContent":
        return chosen(element)
    return element if element.tag in _GROUPS else None


def labelled(text: str, label: str) -> str:
    """A paragraph's text with its label set apart: the automatic one, or one that was typed before a tab."""
    if label:
        if not certain_label(label):
            return _with_text(label, text)
        start = 0
        while is_bold(text) and text[start] in {BOLD_ON, ITALIC_ON}:
            start += 1
        return text[:start] + set_label(label) + text[start:].lstrip()
    typed, tab, rest = text.lstrip().partition("\t")
    if tab and not strip_marks(typed).strip().isalpha() and certain_label(strip_marks(typed)):
        return set_label(typed.rstrip()) + rest.lstrip("\t ")
    return text


def _with_text(label: str, text: str) -> str:
    return f"{label} {text}" if label and text.strip() else text


def _is_numbered(lines: list[str]) -> bool:
    return bool(lines) and set_label("") in lines[0]


def _is_short(plain: str) -> bool:
    """Whether a paragraph in a heading's style can be one."""
    if len(plain) > _LONGEST_HEADING:
        return False
    return len(plain) < _SENTENCE or not plain.rstrip().endswith(_SENTENCE_END)


def _sentences(parts: list[str]) -> list[str]:
    """Lines of one paragraph joined, save behind one that ends a sentence and before one that begins with a label."""
    joined: list[str] = []
    for part in filter(None, parts):
        label = read_label(strip_marks(part))
        begins = label is not None and label.printed not in _DASHES
        if joined and not begins and not strip_marks(joined[-1]).endswith(_SENTENCE_END):
            joined[-1] += " " + part
        else:
            joined.append(part)
    return joined
