"""How the words of a PDF page become lines: order, gaps, notes, emphasis."""

import pytest

from documents.importing.marks import strip_marks
from documents.importing.model import page_ranges
from documents.importing.parse import parse_source
from documents.importing.pdf.bidi import reading_order
from documents.importing.pdf.text import read_pdf
from tests.documents.importing.pdf_files import SCAN, Piece, pages

LINE = "The Committee took note with appreciation of the report of the Secretariat"


def lines(*contents: list[Piece], turn: int = 0) -> list[str]:
    """The lines that hold something, without marks and indents."""
    text = strip_marks(read_pdf(pages(contents, turn=turn)).text)
    return [line.strip("\ue009 ") for line in text.replace("\f", "\n").split("\n") if line.strip("\ue009 ")]


def rows(*texts: str, left: float = 72, top: float = 100, size: float = 10, font: str = "F1") -> list[Piece]:
    """Lines under one another."""
    return [(left, top + place * size * 1.2, text, size, font) for place, text in enumerate(texts)]


def test_text_is_read_from_top_to_bottom_whatever_its_order_in_the_file() -> None:
    first, second, third = rows("First " + LINE, "Second " + LINE, "Third " + LINE)
    assert [line.split()[0] for line in lines([third, first, second])] == ["First", "Second", "Third"]


def test_halves_of_a_masthead_stand_in_one_line_set_apart() -> None:
    page = [(72, 80, "United Nations", 10, "F1"), (350, 80, "A/79/716", 10, "F2"), *rows(*[LINE] * 3, top=200)]
    assert lines(page)[0].split("   ")[0] == "United Nations"
    assert lines(page)[0].split()[-1] == "A/79/716"


def test_columns_are_read_one_after_the_other() -> None:
    left = rows(*[f"left {number} of the text that runs" for number in range(12)], left=72, top=160)
    right = rows(*[f"right {number} of the text that runs" for number in range(12)], left=320, top=163)
    both = [piece for pair in zip(left, right, strict=True) for piece in pair]
    heading = [(72, 120, "A heading that runs over the whole width of the page and over both of its columns", 10, "F2")]
    read = [line.split()[0] for line in lines([*heading, *both])]
    assert read == ["A"] + ["left"] * 12 + ["right"] * 12


def test_two_columns_of_a_table_stay_beside_each_other() -> None:
    left = rows(*[f"A/79/{number}" for number in range(12)], left=72, top=160)
    right = rows(*[f"Report {number} on the work that was done" for number in range(12)], left=320, top=160)
    assert all(line.split()[:2] == [f"A/79/{number}", "Report"] for number, line in enumerate(lines([*left, *right])))


def test_footnotes_are_lifted_and_referred_to_at_their_words() -> None:
    page = [
        *rows("1. " + LINE, "and of the figures in it.", top=100),
        (168, 108, "7", 6, "F1"),
        *rows("2. The figures of CO", top=140),
        (155, 142, "2", 6, "F1"),  # stands below the line: part of a formula
        *rows("are in tonnes of the gas, and were checked by the secretariat.", left=161, top=140),
        (72, 700, "__________", 8, "F1"),
        (72, 711, "7", 5, "F1"),
        (80, 714, "See document A/79/834, annex,", 8, "F1"),
        (72, 724, "and the corrigendum to it.", 8, "F1"),
    ]
    source = read_pdf(pages([page]))
    assert [(note.mark, note.text.split("\n")) for note in source.notes] == [
        ("7", ["See document A/79/834, annex,", "and the corrigendum to it."])
    ]
    reading = parse_source(source, "report", "")
    assert [note.mark for note in reading.footnotes] == ["7"]
    first, second = (block for block in reading.blocks if block.label in {"1", "2"})
    assert first.html.count("footnote") == 1
    assert "footnote" not in second.html
    assert "CO2" in second.text
    assert "____" not in reading.text


def test_a_note_that_counts_anew_keeps_its_printed_mark() -> None:
    def page(number: int) -> list[Piece]:
        text = rows(f"{number}. {LINE}", "and of what it says", top=100)
        foot = [(72, 697, "1", 5, "F1"), (80, 700, f"Note on page {number}.", 8, "F1")]
        return [*text, (72 + 80, 108, "1", 6, "F1"), *foot]

    reading = parse_source(read_pdf(pages([page(1), page(2)])), "report", "")
    assert [note.mark for note in reading.footnotes] == ["1", "1"]
    assert len({note.anchor for note in reading.footnotes}) == 2
    for note, block in zip(reading.footnotes, reading.blocks, strict=True):
        assert f'id="{note.anchor}">1</a>' in block.html


def test_a_symbol_and_a_word_broken_at_a_line_s_end_are_whole() -> None:
    page = rows(
        "1. The Working Group took note of the report contained in document CTOC/COP/",
        "WG.10/2020/6 and asked the secretariat to bring its figures up to date, espe-",
        "cially those of the parties.",
    )
    (block,) = parse_source(read_pdf(pages([page])), "report", "").blocks
    assert "CTOC/COP/WG.10/2020/6" in block.text
    assert "especially" in block.text


def test_bold_and_italic_type_is_kept_and_goes_on_over_lines() -> None:
    page = [
        *rows("A heading that is set in bold", "and goes on in a second line", font="F2"),
        *rows(*[LINE + "."] * 3, top=150),
        (72, 200, "Recalling", 10, "F3"),
        (113, 200, "its decision on the matter,", 10, "F1"),
    ]
    reading = parse_source(read_pdf(pages([page])), "report", "")
    html = [reading.masthead.title, *(block.html for block in reading.blocks)]
    assert any("A heading that is set in bold and goes on in a second line" in one for one in html)
    assert any("<i>Recalling</i> its decision" in one for one in html)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_that_is_shown_turned_is_read_as_it_is_stored(turn: int) -> None:
    assert lines(rows(*[f"{number} {LINE}" for number in range(4)]), turn=turn) == [
        f"{number} {LINE}" for number in range(4)
    ]


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("5/2019/WG.10/COP/CTOC ةقيثولا", "الوثيقة 5/2019/WG.10/COP/CTOC"),
        ("2020 ربوتكأ/لوألا نيرشت 15", "15 تشرين الأول/أكتوبر 2020"),
        ("ناسين/ليربأ 12-8 ,انييف", "فيينا, 8-12 أبريل/نيسان"),
        ("(ب) 4 و 3 نادنبلا", "البندان 3 و 4 (ب)"),
        ("ءاCشنإ", "إنشاء"),
        ("plain text", "plain text"),
    ],
    ids=["symbol", "date", "days", "brackets", "stretched", "latin"],
)
def test_printed_arabic_is_put_into_reading_order(printed: str, read: str) -> None:
    assert reading_order(printed) == read


def test_pages_that_are_pictures_are_named_and_the_others_are_read() -> None:
    text = rows(*[f"{number}. {LINE} of the year." for number in range(1, 5)])
    blank: list[Piece] = []
    reading = parse_source(read_pdf(pages([text, SCAN, blank, SCAN, SCAN, text])), "report", "")
    assert reading.pages_without_text == (2, 4, 5)
    assert reading.pages_unusable == ()
    assert reading.text.count(LINE) == 8
    assert page_ranges(reading.pages_without_text) == "2, 4-5"


@pytest.mark.parametrize("text", ["It took note. " * 5, LINE], ids=["control-characters", "no-spaces"])
def test_a_page_whose_font_does_not_say_its_letters_is_left_out_and_named(text: str) -> None:
    sound = rows(*[f"{number}. {LINE} of the year." for number in range(1, 5)])
    broken = rows(*["".join(chr(ord(letter) - 29) for letter in text)] * 3, font="F4")  # numbers of glyphs
    reading = parse_source(read_pdf(pages([sound, sound, broken])), "report", "")
    assert reading.pages_unusable == (3,)
    assert reading.text.count(LINE) == 8
