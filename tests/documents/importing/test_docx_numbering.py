"""Automatic numbers come out as Word prints them: they are what a citation names."""

import pytest

from documents.importing.docx.number_formats import format_number
from documents.importing.docx.text import read_docx
from documents.importing.marks import sure_label
from tests.documents.importing.docx_files import (
    STYLES,
    WordFile,
    definition,
    level,
    numbered_list,
    paragraph,
    restart,
)


def labels(file: WordFile) -> list[str]:
    """The labels of a file's paragraphs, in order; empty for one without."""
    return [sure_label(line.lstrip("# ")) for line in read_docx(file.data()).text.split("\n") if line.strip()]


@pytest.mark.parametrize(
    ("form", "value", "printed"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 7, "07"),
        ("upperRoman", 1999, "MCMXCIX"),
        ("lowerRoman", 14, "xiv"),
        ("lowerLetter", 27, "aa"),
        ("upperLetter", 26, "Z"),
        ("russianLower", 10, "к"),
        ("russianUpper", 1, "А"),
        ("arabicAbjad", 3, "ج"),
        ("arabicAlpha", 3, "ت"),
        ("chineseCounting", 11, "十一"),
        ("chineseCountingThousand", 20, "二十"),
        ("ideographDigital", 20, "二〇"),
        ("japaneseCounting", 35, "三十五"),
        ("none", 3, ""),
        ("cardinalText", 3, "3"),
        ("upperRoman", 0, "0"),
        ("lowerLetter", 10**9, "1000000000"),
    ],
)
def test_numbers_in_words_own_formats(form: str, value: int, printed: str) -> None:
    assert format_number(value, form) == printed


def test_a_style_numbers_its_paragraphs_and_those_derived_from_it() -> None:
    file = WordFile().add(
        paragraph("One", style="Numbered"),
        paragraph("Two", style="Derived"),
        "Text",
        paragraph("Three", style="Numbered"),
    )
    assert labels(file) == ["1.", "2.", "", "3."]


def test_levels_begin_again_under_the_next_number() -> None:
    items = [(0, "One"), (1, "a"), (1, "b"), (2, "i"), (0, "Two"), (1, "a again")]
    file = WordFile().add(*(paragraph(text, numbering=(2, depth)) for depth, text in items))
    assert labels(file) == ["1.", "(a)", "(b)", "(i)", "2.", "(a)"]


def test_lists_on_one_definition_count_on_and_a_restart_holds_once() -> None:
    numbers = [2, 2, 3, 2, 3]
    file = WordFile().add(*(paragraph("Text", numbering=(number, 0)) for number in numbers))
    assert labels(file) == ["1.", "2.", "1.", "2.", "3."]


def test_an_empty_paragraph_takes_its_number_and_prints_none() -> None:
    file = WordFile().add(
        paragraph("One", style="Numbered"), paragraph("", style="Numbered"), paragraph("Three", style="Numbered")
    )
    assert labels(file) == ["1.", "3."]


def test_a_paragraph_can_be_taken_out_of_its_styles_list() -> None:
    file = WordFile().add(paragraph("Text", style="Numbered", numbering=(0, 0)), paragraph("One", style="Numbered"))
    assert labels(file) == ["", "1."]


def test_numbers_of_chapters_in_those_of_sections() -> None:
    numbering = definition(
        5,
        level(0, "upperRoman", "%1."),
        level(1, "decimal", "%1.%2"),
        level(2, "decimal", "%1.%2.%3", "<w:isLgl/>"),
    ) + numbered_list(7, 5)
    items = [(0, "I"), (1, "I.1"), (1, "I.2"), (2, "1.2.1"), (0, "II"), (1, "II.1")]
    file = WordFile(numbering=numbering).add(*(paragraph(text, numbering=(7, depth)) for depth, text in items))
    lines = [line for line in read_docx(file.data()).text.split("\n") if line.strip()]
    assert [line.replace("\ue008", " ") for line in lines] == [
        "I. I",
        "I.1 I.1",
        "I.2 I.2",
        "1.2.1 1.2.1",
        "II. II",
        "II.1 II.1",
    ]


@pytest.mark.parametrize(("extra", "expected"), [('<w:lvlRestart w:val="0"/>', "(c)"), ("", "(a)")])
def test_a_level_may_go_on_after_a_higher_one(extra: str, expected: str) -> None:
    numbering = definition(5, level(0, "decimal", "%1."), level(1, "lowerLetter", "(%2)", extra)) + numbered_list(7, 5)
    file = WordFile(numbering=numbering).add(*(paragraph("Text", numbering=(7, depth)) for depth in (0, 1, 1, 0, 1)))
    assert labels(file)[-1] == expected


def test_a_list_may_begin_elsewhere() -> None:
    file = WordFile(numbering=definition(1, level(0, "decimal", "%1.")) + numbered_list(7, 1, restart(at=5)))
    file.add(*(paragraph("Text", numbering=(7, 0)) for _ in range(2)))
    assert labels(file) == ["5.", "6."]


def test_a_list_defined_by_a_style() -> None:
    styles = STYLES + (
        '<w:style w:type="numbering" w:styleId="List1"><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>'
    )
    linked = '<w:abstractNum w:abstractNumId="6"><w:numStyleLink w:val="List1"/></w:abstractNum>'
    numbering = definition(5, level(0, "decimal", "%1)")) + linked + numbered_list(7, 5) + numbered_list(8, 6)
    file = WordFile(styles=styles, numbering=numbering).add(paragraph("Text", numbering=(8, 0)))
    assert labels(file) == ["1)"]


def test_bullets_are_bullets_whatever_their_font_draws() -> None:
    numbering = definition(1, level(0, "bullet", "\uf0b7")) + numbered_list(7, 1)
    assert labels(WordFile(numbering=numbering).add(paragraph("Text", numbering=(7, 0)))) == ["•"]


def test_a_style_based_on_itself_ends() -> None:
    styles = STYLES + (
        '<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    )
    assert labels(WordFile(styles=styles).add(paragraph("Text", style="A"))) == [""]


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("1.", "1."),
        ("2.1", "2.1"),
        ("1bis.1.2", "1bis.1.2"),
        ("b)bis", "b)bis"),
        ("(iv)", "(iv)"),
        ("A", ""),
        ("V", ""),
        ("Note", ""),
    ],
)
def test_a_number_typed_before_a_tab_is_a_label(typed: str, label: str) -> None:
    assert labels(WordFile().add(f"{typed}\tText of the paragraph")) == [label]
