"""Whole documents printed as PDF files read as the same documents in plain text do."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page

from documents.importing.model import DocumentReading
from documents.importing.parse import parse_source, parse_text
from documents.importing.pdf.text import read_pdf
from tests.documents.importing.mastheads import ALL
from tests.documents.importing.pdf_printing import long_text, print_document, print_long

pytestmark = pytest.mark.browser
LANGUAGES = [printed.language for printed in ALL]


def words(reading: DocumentReading) -> list[tuple[str, str]]:
    return [(block.label, re.sub(r"\s", "", block.text)) for block in reading.blocks]


def test_a_printed_document_loses_nothing_against_plain_text(page: Page) -> None:
    for printed in ALL:
        plain = parse_text(printed.text, "report")
        read = parse_source(read_pdf(print_document(page, printed)), "report", plain.sha256)
        assert replace(read.masthead, sources={}) == replace(plain.masthead, sources={}), printed.language
        assert words(read) == words(plain), printed.language
        assert [(note.mark, note.html) for note in read.footnotes] == [
            (note.mark, note.html) for note in plain.footnotes
        ], printed.language
        assert [block.html.count("footnote") for block in read.blocks] == [
            block.html.count("footnote") for block in plain.blocks
        ], printed.language


@pytest.mark.parametrize("columns", [1, 2])
def test_a_text_of_several_pages_loses_nothing(page: Page, columns: int) -> None:
    for language in LANGUAGES:
        plain = parse_text("\n\n".join(long_text(language)), "report")
        source = read_pdf(print_long(page, language, columns=columns))
        assert source.pages > 1
        assert words(parse_source(source, "report", plain.sha256)) == words(plain), language
