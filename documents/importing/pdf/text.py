"""A PDF file as text: its pages' rows as lines, with indents and gaps as printed, and its footnotes."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2

from documents.importing.pdf.columns import Block, blocks_of
from documents.importing.pdf.health import Health
from documents.importing.pdf.lines import LineWriter, Measures, is_rtl, measure
from documents.importing.pdf.notes import NoteFinder
from documents.importing.pdf.rows import Row, rows_of
from documents.importing.pdf.rules import NO_RULES, Rules, rules_of
from documents.importing.pdf.tables import TableFinder, may_hold_tables
from documents.importing.pdf.words import PageReader
from documents.importing.refusal import Refused
from documents.importing.source import SourceText, table_mark

MAX_PAGES = 3_000
MAX_CHARACTERS = 20_000_000
_SAMPLE = 20  # pages that tell a document's measures: the rest are read one by one, so that memory stays flat
_EDGE_GAP = 1.8  # of the usual leading: a first or last row that stands further off runs over all columns
_EDGE_ROWS = 3


@dataclass(slots=True)
class _Page:
    rows: list[Row]
    has_rtl: bool
    rules: Rules


def read_pdf(data: bytes) -> SourceText:
    """The text of a PDF file.

    Raises Refused for a file that is damaged, protected, a scan, too long, or whose fonts do not say what they show.
    Only for a `contained` child: PDFium may end the process.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _refused(error) from error
    try:
        return _read(document)
    except pypdfium2.PdfiumError as error:
        raise Refused("The file is damaged: not all of its pages can be read.") from error
    finally:
        document.close()


def _refused(error: pypdfium2.PdfiumError) -> Refused:
    if "password" in str(error).lower():
        return Refused("The file is protected by a password.")
    if "security" in str(error).lower():
        return Refused("The file is protected in a way that cannot be read.")
    return Refused("The file is damaged: it cannot be opened as PDF.")


def _read(document: pypdfium2.PdfDocument) -> SourceText:
    count = len(document)
    if count > MAX_PAGES:
        raise Refused(f"The file has {count:,} pages; at most {MAX_PAGES:,} are read.")
    if not count:
        raise Refused("The file has no pages.")
    health = Health()
    pages = _pages(document, health)
    first = list(itertools.islice(pages, _SAMPLE))
    writer = _TextWriter(measure([page.rows for page in first]))
    texts = [writer.page(page, number) for number, page in enumerate(itertools.chain(first, pages))]
    health.check()
    return SourceText(
        "\f".join(texts),
        tuple(writer.notes.notes),
        tuple(writer.tables.tables),
        one_line_a_paragraph=False,
        pages=count,
        pages_without_text=tuple(health.without_text),
        pages_unusable=tuple(health.unusable),
    )


def _pages(document: pypdfium2.PdfDocument, health: Health) -> Iterator[_Page]:
    """The rows of each page; every page is closed before the next one is opened."""
    reader = PageReader()
    characters = 0
    for number in range(len(document)):
        page = document[number]
        try:
            text = reader.read(page)
            rows = rows_of(text.words) if health.take(text.text, page) else []
            rules = rules_of(page, text.turn) if may_hold_tables(rows) else NO_RULES
        finally:
            page.close()
        characters += len(text.text)
        if characters > MAX_CHARACTERS:
            raise Refused(f"The file holds more than {MAX_CHARACTERS:,} characters.")
        if text.has_rtl:
            for row in rows:
                row.is_rtl = is_rtl(row)
        yield _Page(rows, text.has_rtl, rules)


class _TextWriter:
    """Writes the pages of one document; keeps its footnotes and tables, which are not in the text."""

    def __init__(self, measures: Measures) -> None:
        self._measures = measures
        self._writer = LineWriter(measures)
        self.notes = NoteFinder(measures.size, self._writer.alone)
        self.tables = TableFinder(self._writer.alone)

    def page(self, page: _Page, number: int) -> str:
        """One page's lines in reading order; `number` counts from 0."""
        notes = self.notes.take(page.rows, number)
        taken = {id(row) for row in notes.rows}
        rows = [row for row in page.rows if id(row) not in taken]
        if not rows:
            return ""
        self._writer.turn_page(notes.keys)
        left, right = min(row.left for row in rows), max(row.right for row in rows)
        blocks: list[Block] = []
        end = 0
        for table in self.tables.take(rows, page.rules, number, has_rtl=page.has_rtl):
            blocks += self._text(rows[end : table.start], left, rtl=page.has_rtl)
            mark = "" if table.number is None else table_mark(table.number)
            blocks.append(Block(rows[table.start : table.end], left, mark=mark))
            end = table.end
        blocks += self._text(rows[end:], left, rtl=page.has_rtl)
        return self._writer.page(blocks, right, has_rtl=page.has_rtl)

    def _text(self, rows: list[Row], left: float, *, rtl: bool) -> list[Block]:
        head, body, foot = _without_edges(rows, self._measures)
        return [Block(head, left), *blocks_of(body, left, rtl=rtl), Block(foot, left)]


def _without_edges(rows: list[Row], measures: Measures) -> tuple[list[Row], list[Row], list[Row]]:
    """A page's rows in three: those set apart at its top, the text, and those set apart at its foot."""
    far = measures.leading * _EDGE_GAP
    start, end = 0, len(rows)
    for place in range(1, min(_EDGE_ROWS + 1, len(rows))):
        if rows[place - 1].base - rows[place].base > far:
            start = place
    for place in range(max(start + 1, len(rows) - _EDGE_ROWS), len(rows)):
        if rows[place - 1].base - rows[place].base > far:
            end = place
            break
    return rows[:start], rows[start:end], rows[end:]
