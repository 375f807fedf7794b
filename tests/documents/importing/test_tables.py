"""Tables: of Word files, of plain text, and on the page."""

import textwrap

import pytest

from documents.importing.body import read_body
from documents.importing.docx.text import read_docx
from documents.importing.marks import BOLD_OFF, BOLD_ON
from documents.importing.model import TableText
from documents.importing.parse import parse_source, parse_text
from documents.importing.source import Cell, Table
from documents.importing.tables import grid_of
from tests.documents.importing.docx_files import WordFile, cell, paragraph, run, table

PROSE = "The Conference of the Parties took note of the report on the work done during the year. "


def table_of(xml: str) -> TableText:
    """The one table of a document that holds this one after a paragraph."""
    file = WordFile().add(paragraph(PROSE * 3, style="Numbered"), xml)
    (block,) = (block for block in parse_source(read_docx(file.data()), "x", "").blocks if block.kind == "table")
    assert block.table is not None
    return block.table


def between_prose(lines: str) -> str:
    """Lines of a table in a text whose other lines are wrapped."""
    wrapped = textwrap.fill(PROSE * 4, 80)
    return f"1. {wrapped}\n\n{lines}\n\n2. {wrapped}\n"


def rows(*rows: tuple[str, ...]) -> Table:
    return Table(tuple(tuple(Cell(text) for text in row) for row in rows))


def test_rows_that_say_so_head_the_columns() -> None:
    read = table_of(table(["Year", "Sum"], ["2030", "7"], ["2031", "8"], header_rows=1))
    assert read == TableText(("Year", "Sum"), (("2030", "7"), ("2031", "8")))


def test_merged_cells_can_be_read() -> None:
    span = '<w:gridSpan w:val="2"/>'
    begin, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    read = table_of(
        table(
            ["State", cell("Paid", properties=span)],
            ["", "2030", "2031"],
            [cell("Andorra", properties=begin), "1", "2"],
            [cell("", properties=go_on), "3", "4"],
            [cell("All", properties=span), "10"],
            header_rows=2,
        )
    )
    assert read.headings == ("State", "Paid, 2030", "Paid, 2031")
    assert read.rows == (("Andorra", "1", "2"), ("Andorra", "3", "4"), ("All", "", "10"))


def test_rows_that_say_nothing_are_left_out() -> None:
    assert table_of(table(["a", "b"], ["", ""], ["c", ""])).rows == (("a", "b"), ("c", ""))


def test_a_cell_keeps_its_paragraphs_numbers_and_tables() -> None:
    inner = cell("First", paragraph("Second", style="Numbered"), table(["a", "b"]))
    read = table_of(table(["x", "y"], [inner, "z"]))
    assert read.rows[-1] == ("First<br/>2. Second<br/>a b", "z")


def test_deleted_rows_are_gone_and_rows_may_begin_later() -> None:
    later = '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell("late") + "</w:tr>"
    deleted = '<w:tr><w:trPr><w:del w:id="1"/></w:trPr>' + cell("gone") + cell("gone") + "</w:tr>"
    read = table_of(table(["a", "b"]).replace("</w:tbl>", later + deleted + "</w:tbl>"))
    assert read.rows == (("a", "b"), ("", "late"))


def test_a_frame_of_one_column_is_no_table() -> None:
    file = WordFile().add(
        paragraph(PROSE * 3), table([cell("Summary", PROSE * 2)], [cell(table(["a", "b"], ["c", "d"]))])
    )
    kinds = [block.kind for block in parse_source(read_docx(file.data()), "x", "").blocks]
    assert kinds == ["text", "heading", "text", "table"]


@pytest.mark.parametrize(
    ("first", "heads"),
    [
        (("State", "Paid"), ("State", "Paid")),
        (("", "Paid"), ("", "Paid")),
        (("2029", "7"), ("", "")),
        ((f"{BOLD_ON}2029{BOLD_OFF}", f"{BOLD_ON}Sum{BOLD_OFF}"), ("2029", "Sum")),
        (("State", ""), ("", "")),
    ],
    ids=["words-over-figures", "empty-corner", "figures", "bold", "empty"],
)
def test_which_first_rows_are_headings(first: tuple[str, str], heads: tuple[str, str]) -> None:
    assert tuple(grid_of(rows(first, ("2030", "8"), ("2031", "9"))).headings) == heads


def test_a_heading_with_a_footnote_stays_a_row() -> None:
    file = WordFile().add(paragraph(PROSE * 3))
    head = cell(paragraph(run("Paid"), file.note("In dollars.")))
    file.add(table(["State", head], ["Andorra", "1"], header_rows=1))
    block = parse_source(read_docx(file.data()), "x", "").blocks[-1]
    assert block.table is not None
    assert block.table.headings == ("", "")
    assert 'id="fn1"' in block.table.rows[0][1]


def test_rows_of_plain_text_are_a_table_where_their_columns_agree() -> None:
    text = between_prose("State          Paid      Due\nAndorra        1         2\nBenin          3         4")
    (block,) = (block for block in parse_text(text, "x").blocks if block.kind == "table")
    assert block.table == TableText(("State", "Paid", "Due"), (("Andorra", "1", "2"), ("Benin", "3", "4")))
    assert block.text.split("\n")[1] == "Andorra | 1 | 2"


def test_rows_without_common_columns_stay_lines() -> None:
    text = between_prose("State          Paid      Due\nAndorra        1\nBenin          3         4")
    (block,) = (block for block in parse_text(text, "x").blocks if block.kind == "table")
    assert block.table is None
    assert block.html.startswith("State | Paid | Due<br>Andorra | 1")


def test_cells_are_escaped_and_symbols_in_them_linked() -> None:
    read = table_of(table(["a", "b"], [cell(paragraph(run("<script>"))), "A/79/1"]))
    assert read.rows[-1] == ("&lt;script&gt;", '<a linktype="symbol" symbol="A/79/1">A/79/1</a>')


def test_a_span_that_no_page_has_does_no_harm() -> None:
    wide = cell("x", properties='<w:gridSpan w:val="2000000000"/>')
    assert len(table_of(table([wide, "y"], ["a", "b"])).rows[0]) <= 64


def test_no_paragraphs_no_tables() -> None:
    assert read_body([], "en").blocks == ()
