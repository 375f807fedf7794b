"""What Word shows of a paragraph is read, and nothing else."""

import pytest

from documents.importing.docx.text import read_docx
from documents.importing.marks import strip_marks
from documents.importing.model import DocumentReading
from documents.importing.parse import parse_source
from documents.importing.source import SourceText
from tests.documents.importing.docx_files import WordFile, cell, paragraph, run, table

TRACKED = 'w:id="1" w:author="A" w:date="2020-01-01T00:00:00Z"'
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
PROSE = "The Conference of the Parties took note of the report on the work done during the year. "


def field(instruction: str, result: str) -> str:
    """A complex field."""
    told = f"<w:r><w:instrText> {instruction} </w:instrText></w:r>"
    return FIELD.format("begin") + told + FIELD.format("separate") + result + FIELD.format("end")


def read(*blocks: str) -> SourceText:
    return read_docx(WordFile().add(*blocks).data())


def lines(*blocks: str) -> list[str]:
    """The lines of a file, without marks and empty ones."""
    return [strip_marks(line).strip() for line in read(*blocks).text.split("\n") if strip_marks(line).strip()]


def parsed(file: WordFile) -> DocumentReading:
    return parse_source(read_docx(file.data()), "x.docx", "0" * 64)


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (f"<w:ins {TRACKED}>{run('new ')}</w:ins>{run('word')}", "new word"),
        (f"<w:del {TRACKED}><w:r><w:delText>old </w:delText></w:r></w:del>{run('word')}", "word"),
        (f"<w:moveFrom {TRACKED}>{run('gone ')}</w:moveFrom><w:moveTo {TRACKED}>{run('here')}</w:moveTo>", "here"),
        (f"{run('shown')}{run(' hidden', '<w:vanish/>')}", "shown"),
        (f"{run('shown')}{run(' hidden', '<w:rStyle w:val=' + chr(34) + 'Hidden' + chr(34) + '/>')}", "shown"),
        (f"{run('БК')}<w:r><w:noBreakHyphen/></w:r>{run('17/22')}", "БК\u201117/22"),
        (f"{run('coop')}<w:r><w:softHyphen/></w:r>{run('eration')}", "cooperation"),
        (f"{run('see ')}{field('REF _Ref1', run('page 3'))}", "see page 3"),
        (f"{run('page ')}{field('PAGE', run('3'))}", "page"),
        (f"{run('a ')}{field('HYPERLINK x', field('REF y', run('link')))}", "a link"),
        (f'<w:fldSimple w:instr="DOCPROPERTY x">{run("property")}</w:fldSimple>', "property"),
        (f"<w:sdt><w:sdtContent>{run('control')}</w:sdtContent></w:sdt>", "control"),
        (
            f"{run('x')}<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click')}</w:sdtContent></w:sdt>",
            "x",
        ),
        (f'<w:smartTag w:element="place">{run("Vienna")}</w:smartTag>', "Vienna"),
        (f'<w:hyperlink r:id="rId9">{run("link")}</w:hyperlink>', "link"),
        (f"{run('text')}<w:commentRangeStart/><w:r><w:commentReference w:id='1'/></w:r>", "text"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B0"/></w:r>' + run("C"), "°C"),
        (f"<w:r><w:ruby><w:rt>{run('pin')}</w:rt><w:rubyBase>{run('字')}</w:rubyBase></w:ruby></w:r>", "字"),
        (run("10") + run("6", '<w:vertAlign w:val="superscript"/>') + run(" km"), "10⁶ km"),
        (run("CO") + run("2", '<w:vertAlign w:val="subscript"/>'), "CO2"),
        (run("one\u00a0two\u200b"), "one two"),
    ],
    ids=[
        *(
            "inserted",
            "deleted",
            "moved",
            "hidden",
            "hidden-by-style",
            "no-break-hyphen",
            "soft-hyphen",
            "field",
            "page",
        ),
        *("field-in-field", "simple-field", "control", "placeholder", "smart-tag", "link", "comment", "symbol", "ruby"),
        *("power", "subscript", "spaces"),
    ],
)
def test_runs(inner: str, text: str) -> None:
    assert lines(f"<w:p>{inner}</w:p>") == [text]


def test_a_field_goes_on_over_paragraphs() -> None:
    begin = FIELD.format("begin") + "<w:r><w:instrText>TOC</w:instrText></w:r>" + FIELD.format("separate")
    blocks = (paragraph(begin, "First"), paragraph("Second", FIELD.format("end")), paragraph("Third"))
    assert lines(*blocks) == ["First", "Second", "Third"]


def test_the_deleted_end_of_a_paragraph_joins_it_to_the_next() -> None:
    deleted = f"<w:rPr><w:del {TRACKED}/></w:rPr>"
    assert lines(paragraph("The Committee ", extra=deleted), paragraph("decides.", style="Numbered")) == [
        "1. The Committee decides."
    ]


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('A/C.1/70/L.5')}</w:txbxContent>"
    drawn = f"<w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>"
    old = f"<w:pict><v:textbox>{box}</v:textbox></w:pict>"
    both = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawn}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert lines(paragraph(both, "Text")) == ["A/C.1/70/L.5", "Text"]
    assert lines(paragraph(f"<w:r>{old}</w:r>", "Text")) == ["A/C.1/70/L.5", "Text"]


def test_emphasis_by_run_by_style_and_against_it() -> None:
    file = WordFile().add(
        PROSE * 3,
        paragraph(run("Recalling", "<w:i/>"), " its ", run("own", '<w:rStyle w:val="Strong"/>'), " work; " + PROSE),
        paragraph(run("whole title"), style="Title1"),
        paragraph(
            run("bold "), run("plain", '<w:b w:val="0"/>'), run(" twice", '<w:rStyle w:val="Strong"/>'), style="Title1"
        ),
    )
    html = [block.html for block in parsed(file).blocks]
    assert html[1].startswith("<i>Recalling</i> its <b>own</b> work;")
    assert "<b>bold</b> plain twice" in html[-1]


def test_notes_stand_at_their_words() -> None:
    file = WordFile()
    file.add(
        paragraph(run("One"), file.note("First note."), run(f" and more. {PROSE}"), style="Numbered"),
        paragraph(
            run("Two"),
            file.note("See A/79/1.", custom="*"),
            run(", "),
            file.note("Other star.", custom="*"),
            style="Numbered",
        ),
        paragraph(run("Three."), file.note("At the end.", kind="endnote"), file.note("Second note."), style="Numbered"),
        table(["Country", "Paid"], [cell(paragraph(run("Andorra"), file.note("Late."))), "7"], ["Benin", "8"]),
    )
    reading = parsed(file)
    assert [(note.mark, note.html) for note in reading.footnotes] == [
        ("1", "First note."),
        ("*", 'See <a linktype="symbol" symbol="A/79/1">A/79/1</a>.'),
        ("*", "Other star."),
        ("i", "At the end."),
        ("2", "Second note."),
        ("3", "Late."),
    ]
    first, second, third, grid = reading.blocks
    assert first.html.startswith('One<a linktype="footnote" id="fn1">1</a> and')
    assert second.html.endswith(
        '<a linktype="footnote" id="fn-star">*</a>, <a linktype="footnote" id="fn-star-a">*</a>'
    )
    assert third.html.endswith('id="fn-i">i</a><a linktype="footnote" id="fn2">2</a>')
    assert grid.table is not None
    assert grid.table.rows[0] == ('Andorra<a linktype="footnote" id="fn3">3</a>', "7")


def test_a_mark_typed_in_the_text_is_no_reference_to_a_note() -> None:
    file = WordFile()
    file.add(paragraph(run("Report*"), file.note("A note.")), paragraph("Numbers 1 and 2.", style="Numbered"))
    assert [note.mark for note in parsed(file).footnotes] == ["1"]


def test_a_mark_that_goes_between_two_others() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    file = WordFile()
    file.add(paragraph(PROSE * 3))
    file.add(paragraph(run("Text"), file.note("bis A note put in later."), run("bis", raised), style="Numbered"))
    assert [(note.mark, note.html) for note in parsed(file).footnotes] == [("1bis", "A note put in later.")]


def test_the_header_of_the_first_page_and_the_job_number_of_its_foot() -> None:
    file = WordFile(
        header=paragraph("CTOC/COP/2032/9\tDistr.: General"),
        footer=paragraph("V.32-01234 (E)") + paragraph("Please recycle"),
    )
    file.add("Report of the Secretariat", paragraph(PROSE * 2, style="Numbered"))
    reading = parsed(file)
    assert reading.masthead.symbols == ("CTOC/COP/2032/9",)
    assert reading.masthead.distribution == "general"
    assert reading.masthead.job_number == "V.32-01234 (E)"
    assert "recycle" not in reading.text


def test_breaks_of_lines_and_pages() -> None:
    file = WordFile().add(paragraph(PROSE * 3, style="Numbered"))
    file.add(
        paragraph(run("one half"), "<w:r><w:br/></w:r>", run("of it.")), paragraph('<w:r><w:br w:type="page"/></w:r>')
    )
    file.add(paragraph("Next page", extra="<w:pageBreakBefore/>"))
    pages = read_docx(file.data()).text.split("\f")
    assert pages[0].strip().endswith("one half of it.")
    assert pages[-1].strip() == "Next page"


def test_headings_have_the_level_of_their_style() -> None:
    file = WordFile().add(paragraph("Introduction", style="Heading1"), paragraph(PROSE * 2, style="Numbered"))
    heading, first = parsed(file).blocks
    assert (heading.kind, heading.label, heading.text) == ("heading", "I", "Introduction")
    assert (first.kind, first.label, first.anchor) == ("paragraph", "1", "1")


def test_paragraphs_that_word_tells_apart_are_not_joined() -> None:
    file = WordFile().add(
        paragraph(PROSE * 3), paragraph("in view of " + PROSE.rstrip(". ")), paragraph("and in view of that")
    )
    assert [block.text[:11] for block in parsed(file).blocks][1:] == ["in view of ", "and in view"]


def test_the_language_that_the_file_names_is_a_hint() -> None:
    assert read("Text").language == "en"
