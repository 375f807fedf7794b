"""Whole documents set in Word read as the same documents in plain text do."""

from dataclasses import replace

import pytest

from documents.importing.docx.text import read_docx
from documents.importing.parse import parse_source, parse_text
from tests.documents.importing.docx_files import STYLES, WordFile, paragraph, run, set_in_word
from tests.documents.importing.mastheads import ALL, Printed


@pytest.mark.parametrize("masthead", ["table", "header", "lines"])
@pytest.mark.parametrize("printed", ALL, ids=lambda printed: printed.language)
def test_a_word_file_loses_nothing_against_plain_text(printed: Printed, masthead: str) -> None:
    plain = parse_text(printed.text, "report")
    word = parse_source(read_docx(set_in_word(printed, masthead=masthead)), "report", plain.sha256)
    # Where in the text a fact stands differs, since the text is set otherwise.
    assert replace(word.masthead, sources={}) == replace(plain.masthead, sources={})
    assert replace(word, masthead=plain.masthead) == plain


def test_a_chinese_title_in_bold_above_who_presents_it_is_the_title() -> None:
    file = WordFile(header=paragraph("联合国\tCTOC/COP/2032/7"))
    for text in ("第十届会议", "临时议程项目2、4和5"):
        file.add(paragraph(text))
    file.add(paragraph(""), paragraph("专家组会议报告", style="Title1"), paragraph(run("秘书处的说明", "<w:b/>")))
    file.add(paragraph("缔约方会议不妨注意该报告，并就今后的工作向秘书处提供指导意见。" * 3, style="Numbered"))
    masthead = parse_source(read_docx(file.data()), "x", "").masthead
    assert (masthead.title, masthead.presented_by) == ("专家组会议报告", "秘书处的说明")


def test_lines_of_a_masthead_in_styles_of_their_own() -> None:
    styles = STYLES + "".join(
        f'<w:style w:type="paragraph" w:styleId="S{number}"><w:name w:val="S{number}"/></w:style>'
        for number in range(4)
    )
    file = WordFile(styles=styles)
    file.add(paragraph("CTOC/COP/2032/7", extra='<w:jc w:val="right"/>'))
    file.add(paragraph("Twelfth session", style="S0"), paragraph("Vienna, 8–12 March 2032", style="S1"))
    file.add(paragraph("Item 3 of the provisional agenda", style="S2"))
    file.add(
        paragraph("Report of the Working Group on Water", style="S3"),
        paragraph("Note by the Secretariat", style="Title1"),
    )
    file.add(paragraph("The Working Group met twice and adopted its report by consensus. " * 3, style="Numbered"))
    masthead = parse_source(read_docx(file.data()), "x", "").masthead
    assert masthead.symbols == ("CTOC/COP/2032/7",)
    assert (masthead.session, masthead.venue) == (12, "Vienna")
    assert [item.number for item in masthead.agenda_items] == ["3"]
    assert (masthead.title, masthead.kind) == ("Report of the Working Group on Water", "note")
