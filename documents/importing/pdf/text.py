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
from documents.importing.pdf.words import PageReader, PageText
from documents.importing.refusal import Refused
from documents.importing.source import SourceText

MAX_PAGES = 3_000
MAX_CHARACTERS = 20_000_000
_SAMPLE = 20  # pages that tell a document's measures: the rest are read one by one, so that memory stays flat
_EDGE_GAP = 1.8  # of the usual leading: a first or last row that stands further off runs over all columns
_EDGE_ROWS = 3


@dataclass(slots=True)
class _Page:
    rows: list[Row]
    has_rtl: bool


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
    measures = measure([page.rows for page in first])
    writer = LineWriter(measures)
    finder = NoteFinder(measures.size, writer.note)
    texts = [
        _page_text(page, number, measures, finder, writer) for number, page in enumerate(itertools.chain(first, pages))
    ]
    health.check(document)
    return SourceText("\f".join(texts), tuple(finder.notes), one_line_a_paragraph=False, pages=count)


def _pages(document: pypdfium2.PdfDocument, health: Health) -> Iterator[_Page]:
    """The rows of each page; every page is closed before the next one is opened."""
    reader = PageReader()
    characters = 0
    for number in range(len(document)):
        page = document[number]
        try:
            text: PageText = reader.read(page)
        finally:
            page.close()
        health.take(text.text)
        characters += len(text.text)
        if characters > MAX_CHARACTERS:
            raise Refused(f"The file holds more than {MAX_CHARACTERS:,} characters.")
        rows = rows_of(text.words)
        if text.has_rtl:
            for row in rows:
                row.is_rtl = is_rtl(row)
        yield _Page(rows, text.has_rtl)


def _page_text(page: _Page, number: int, measures: Measures, finder: NoteFinder, writer: LineWriter) -> str:
    """One page's lines in reading order, without the footnotes, which go to the finder."""
    notes = finder.take(page.rows, number)
    taken = {id(row) for row in notes.rows}
    rows = [row for row in page.rows if id(row) not in taken]
    if not rows:
        return ""
    left, right = min(row.left for row in rows), max(row.right for row in rows)
    head, body, foot = _without_edges(rows, measures)
    blocks = blocks_of(body, left, rtl=page.has_rtl)
    return writer.page([Block(head, left), *blocks, Block(foot, left)], right, notes.keys, has_rtl=page.has_rtl)


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
