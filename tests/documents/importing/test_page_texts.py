"""The text of files by pages: every word on the page that prints it, and nothing that every page repeats."""

from contextlib import suppress
from pathlib import Path

import pytest

from documents.importing.contained import texts_contained
from documents.importing.model import PageTexts
from documents.importing.page_texts import read_page_texts
from documents.importing.refusal import Refused
from tests.documents.importing.docx_files import WordFile, paragraph, table
from tests.documents.importing.pdf_files import HOSTILE, SCAN, Piece, pages


def page(number: int, *lines: str) -> list[Piece]:
    """A page with a running head and a number, and lines in between."""
    head: list[Piece] = [(72, 40, f"Report on the zebra, part {number}", 9, "F1")]
    body: list[Piece] = [(72, 100 + 14 * place, line, 11, "F1") for place, line in enumerate(lines)]
    return [*head, *body, (290, 810, str(number), 9, "F1")]


def texts(content: bytes, folder: Path) -> PageTexts:
    path = folder / "file"
    path.write_bytes(content)
    return texts_contained(path)


def test_words_are_on_the_page_that_prints_them(tmp_path: Path) -> None:
    found = texts(
        pages(
            [
                page(1, "The Working Group considered the draft and agreed that the parties", "should conti-"),
                page(
                    2,
                    "nue.",
                    "The Chair closed the meeting; the secretariat was asked to re-",
                    "port to the Conference.",
                ),
                page(
                    3,
                    "The parties recalled the conclusions of the meeting that are set out in CTOC/COP/",
                    "WG.4/2019/6, for all.",
                ),
            ]
        ),
        tmp_path,
    )

    assert found.pages == (
        "Report on the zebra, part 1\nThe Working Group considered the draft and agreed that the parties should conti-",
        "nue.\nThe Chair closed the meeting; the secretariat was asked to report to the Conference.",
        "The parties recalled the conclusions of the meeting that are set out in CTOC/COP/WG.4/2019/6, for all.",
    )


def test_a_table_over_several_pages_is_on_each_of_them(tmp_path: Path) -> None:
    def rows(names: list[str]) -> list[Piece]:
        return [
            piece
            for place, name in enumerate(names)
            for piece in [
                (72.0, 100.0 + 20 * place, name, 11.0, "F1"),
                (300.0, 100.0 + 20 * place, str(100 + place), 11.0, "F1"),
            ]
        ]

    def grid(count: int) -> list[tuple[float, float, float, float]]:
        across = [(70.0, 86.0 + 20 * line, 400.0, 86.0 + 20 * line) for line in range(count + 1)]
        down = [(left, 86.0, left, 86.0 + 20 * count) for left in (70.0, 290.0, 400.0)]
        return [*across, *down]

    first = ["State", *(f"Andorra{number}" for number in range(12))]
    second = ["State", *(f"Benin{number}" for number in range(12))]
    found = texts(pages([rows(first), rows(second)], rulings=[grid(13), grid(13)]), tmp_path)

    assert "Andorra11" in found.pages[0]
    assert "Benin" not in found.pages[0]
    assert "Benin0" in found.pages[1]
    assert "Andorra" not in found.pages[1]


def test_pages_that_are_pictures_are_named(tmp_path: Path) -> None:
    text = page(1, *["The parties took note of the report of the secretariat and asked for more."] * 4)
    found = texts(pages([text, SCAN]), tmp_path)
    assert found.silent == (2,)
    assert found.pages[1] == ""


def test_a_scan_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="scan without text"):
        texts(pages([SCAN, SCAN]), tmp_path)


@pytest.mark.parametrize("name", list(HOSTILE)[:4])
def test_a_hostile_file_is_read_or_refused(name: str, tmp_path: Path) -> None:
    with suppress(Refused):
        assert texts(HOSTILE[name](), tmp_path).pages


def test_a_word_file_is_one_text_with_its_tables_and_notes(tmp_path: Path) -> None:
    word = WordFile()
    word.add(
        paragraph("The Conference took note", word.note("See the budget."), "."),
        '<w:p><w:r><w:br w:type="page"/></w:r></w:p>',
        table(["State", "Fee"], ["Andorra", "12"]),
        paragraph("It closed."),
    )

    (text,) = texts(word.data(), tmp_path).pages

    assert text.split("\n") == ["The Conference took note.", "State Fee Andorra 12", "It closed.", "See the budget."]


@pytest.mark.shared
def test_real_files_have_words_on_every_page_and_no_running_heads(shared: Path) -> None:
    files = shared / "files" / "pdf"
    report = read_page_texts(files / "E_2025_37.en.pdf").pages
    assert [number for number, text in enumerate(report, start=1) if not text] == [2, 6]
    assert [number for number, text in enumerate(report, start=1) if "85th meeting" in text] == [49]
    assert sum("E/2025/37" in text.split("\n")[0] for text in report) <= 2

    pledge = read_page_texts(files / "A_80_21.en.pdf").pages
    lasts = [text.split("\n")[-1] for text in pledge if text]
    assert max(map(lasts.count, lasts)) <= 2
