"""Repairs of extracted text: characters, broken words, page furniture, footnotes."""

from documents.importing.cleaning import clean_characters, clean_markup, find_job_number, furniture, split_lines
from documents.importing.footnotes import lift_marked_notes, lift_page_notes
from documents.importing.hyphens import Vocabulary
from documents.importing.marks import note_mark, strip_marks


def test_characters_that_nobody_sees_go_and_the_others_stay() -> None:
    assert clean_characters("A\u200e/\u00a079\x00\r\n½ № “x”\u2013") == "A/ 79\n½ № “x”\u2013"
    assert clean_characters("الاتحـــــاد") == "الاتحاد"
    assert clean_characters("госу\u00ad\nдарство") == "госу-\nдарство"


def test_markdown_becomes_marks_and_converters_leave_nothing() -> None:
    text = clean_markup("# Title\n\n**Noting** the [bookmark: _Hlk1]report,\n\n---\n  - a. first\n")
    assert strip_marks(text) == "# Title\n\nNoting the report,\n\n\n  a. first\n"


def test_words_broken_at_line_ends_are_healed() -> None:
    vocabulary = Vocabulary("государств-участников и осуществление конвенции")
    assert vocabulary.join("всех государств-", "участников") == "всех государств-участников"
    assert vocabulary.join("осу-", "ществление") == "осуществление"
    assert vocabulary.join("по-", "прежнему") == "по-прежнему"
    assert vocabulary.join("по-", "требность") == "потребность"
    assert vocabulary.join("документе CTOC/COP/", "WG.10/2020/6") == "документе CTOC/COP/WG.10/2020/6"
    assert vocabulary.join("其他", "引文") == "其他引文"
    assert vocabulary.join("two", "words") == "two words"


def test_running_heads_and_page_numbers_go_but_paragraph_numbers_stay() -> None:
    text = "A/79/1\n\nReport\n\n1.\n\nText.\n\n24-01234 (E)   010124\n*2401234*\n\f"
    text += "A/79/1\n\n2.\n\nMore text in A/79/2.\n\n2/2\n\n24-01234\n"
    lines = split_lines(text)
    gone = furniture(lines, ["A/79/1"])
    kept = [line.text for place, line in enumerate(lines) if place not in gone]
    assert kept == ["Report", "1.", "Text.", "2.", "More text in A/79/2."]
    assert find_job_number(text) == "24-01234 (E)"


def test_a_lone_number_at_a_page_edge_is_a_page_number() -> None:
    lines = split_lines("Text of page one\n\n2\n\fText of page two\n\n3\n")
    assert {lines[place].text for place in furniture(lines, [])} == {"2", "3"}


def test_notes_that_a_converter_marked() -> None:
    text, notes = lift_marked_notes(
        "see[footnoteRef:2] and[footnoteRef:3] [2: \tFirst.]  [3: Second.] \n[Islamic Republic]"
    )
    assert text == f"see{note_mark('1')} and{note_mark('2')} \n[Islamic Republic]"
    assert [(note.mark, note.text) for note in notes] == [("1", "First."), ("2", "Second.")]


def test_notes_in_superscript() -> None:
    text, notes = lift_marked_notes("refugees<sup>3</sup>;\n\n<sup>3</sup> Topics are open.\n")
    assert text.startswith(f"refugees{note_mark('3')};")
    assert [(note.mark, note.text) for note in notes] == [("3", "Topics are open.")]


def lifted(text: str) -> list[tuple[str, str]]:
    lines = split_lines(text)
    _, notes = lift_page_notes(lines, furniture(lines, []), Vocabulary(text))
    return [(note.mark, note.text) for note in notes]


def test_notes_under_a_line() -> None:
    assert lifted("Text* with notes.1\n\n____________\n* A/79/1.\n1 See\nA/79/2.\n\f") == [
        ("*", "A/79/1."),
        ("1", "See A/79/2."),
    ]


def test_notes_without_a_line_need_a_reference() -> None:
    assert lifted("The library1 and\nmore text.\n\n\n1 A note.\n\fNext page\n") == [("1", "A note.")]
    assert lifted("The library and\nmore text.\n\n\n1 A line of a list.\n\fNext page\n") == []


def test_notes_whose_numbers_stand_apart() -> None:
    assert lifted("Text1 and2 more.\n\n____\n1\n2\n\nFirst note.\nSecond note.\n\fNext\n") == [
        ("1", "First note."),
        ("2", "Second note."),
    ]


def test_old_notes_with_a_stroke() -> None:
    assert lifted("le rapport 1/ et\n\n____________\n\n      1/    A/48/803.\n\fSuite\n") == [("1", "A/48/803.")]
