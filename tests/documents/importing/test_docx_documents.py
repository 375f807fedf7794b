"""Whole documents set in Word read as the same documents in plain text do."""

from dataclasses import replace

import pytest

from documents.importing.docx.text import read_docx
from documents.importing.parse import parse_source, parse_text
from tests.documents.importing.docx_files import set_in_word
from tests.documents.importing.mastheads import ALL, Printed


@pytest.mark.parametrize("masthead", ["table", "header", "lines"])
@pytest.mark.parametrize("printed", ALL, ids=lambda printed: printed.language)
def test_a_word_file_loses_nothing_against_plain_text(printed: Printed, masthead: str) -> None:
    plain = parse_text(printed.text, "report")
    word = parse_source(read_docx(set_in_word(printed, masthead=masthead)), "report", plain.sha256)
    # Where in the text a fact stands differs, since the text is set otherwise.
    assert replace(word.masthead, sources={}) == replace(plain.masthead, sources={})
    assert replace(word, masthead=plain.masthead) == plain
