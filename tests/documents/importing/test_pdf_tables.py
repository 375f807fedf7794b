"""Tables of PDF files are read as tables: framed ones, ruled ones, and those that go on over the page."""

import pytest

from documents.importing.model import DocumentReading, TableText
from documents.importing.parse import parse_source
from documents.importing.pdf.text import read_pdf
from tests.documents.importing.pdf_files import Piece, Ruling, pages

COLUMNS = (72.0, 250.0, 330.0, 420.0)
PARAGRAPH = "The Committee took note with appreciation of the report of the Secretariat on its work."


def across(top: float, left: float = 72, right: float = 480) -> Ruling:
    return (left, top, right, top)


def line(top: float, *texts: str, font: str = "F1", size: float = 9) -> list[Piece]:
    """Cells beside each other; an empty text leaves its column free."""
    return [(left, top, text, size, font) for left, text in zip(COLUMNS, texts, strict=False) if text]


def paragraphs(top: float, first: int, count: int = 3) -> list[Piece]:
    return [(72, top + 24 * place, f"{first + place}. {PARAGRAPH}", 11, "F1") for place in range(count)]


def read(*contents: list[Piece], rulings: list[list[Ruling]]) -> DocumentReading:
    return parse_source(read_pdf(pages(contents, rulings=rulings)), "report", "")


def tables(reading: DocumentReading) -> list[TableText]:
    return [block.table for block in reading.blocks if block.table]


RULED = [
    *paragraphs(80, 1),
    *line(180, "Kind of support", "Number", "Cost", "Place", font="F3", size=7),
    *line(188, "", "of flights", "", "", font="F3", size=7),
    *line(206, "Transport of staff and of", "", "", ""),
    *line(216, "goods to the north", "12", "1 079", "Bangui"),
    *line(231, "Fuel", "7", "450", "Bria"),
    *line(246, "Water", "–", "36", "Bangassou and", size=9),
    *line(256, "", "", "", "its surroundings"),
    *line(275, "Total", "19", "1 565", "", font="F2"),
    *paragraphs(320, 4),
]
RULES = [across(170), across(193), across(263), across(282)]


def test_a_ruled_table_is_read_with_its_head_and_cells_of_several_lines() -> None:
    reading = read(RULED, rulings=[RULES])
    (table,) = tables(reading)
    assert table.headings == ("Kind of support", "Number of flights", "Cost", "Place")
    assert table.rows[:3] == (
        ("Transport of staff and of goods to the north", "12", "1 079", "Bangui"),
        ("Fuel", "7", "450", "Bria"),
        ("Water", "–", "36", "Bangassou and its surroundings"),
    )
    assert [cell.replace("<b>", "").replace("</b>", "") for cell in table.rows[3]] == ["Total", "19", "1 565", ""]
    assert [block.label for block in reading.blocks if block.kind == "paragraph"] == list("123456")


def test_headings_over_several_columns_are_said_of_each() -> None:
    page = [
        (258, 180, "Recommendations in all together", 7, "F3"),
        *line(192, "Audit", "Total", "High", "Conclusion", font="F3", size=7),
        *line(210, "Office in Bangladesh", "8", "2", "Satisfactory"),
        *line(225, "Country offices of the region and of others beside it and far away from it", "", "", "", font="F2"),
        *line(240, "Office in Mexico", "9", "", "Satisfactory"),
        *line(255, "Office in Ukraine", "5", "1", "Satisfactory"),
        *paragraphs(330, 1),
    ]
    rulings = [across(170), (250, 184, 400, 184), across(197), across(262)]
    (table,) = tables(read(page, rulings=[rulings]))
    assert table.headings == (
        "Audit",
        "Recommendations in all together, Total",
        "Recommendations in all together, High",
        "Conclusion",
    )
    assert [row[-1] for row in table.rows] == ["Satisfactory", "", "Satisfactory", "Satisfactory"]


def test_framed_cells_are_told_by_their_lines() -> None:
    left, middle, right, end = 72.0, 140.0, 240.0, 340.0
    page = [
        *paragraphs(80, 1),
        (80, 180, "Advice", 9, "F2"),
        (145, 180, "Years", 9, "F2"),
        (145, 200, "2023", 9, "F2"),
        (245, 200, "2024", 9, "F2"),
        (80, 220, "Conflict of", 9, "F1"),
        (80, 231, "interest", 9, "F1"),
        (145, 220, "132", 9, "F1"),
        (245, 220, "139", 9, "F1"),
        (80, 251, "Gifts", 9, "F1"),
        (145, 251, "54", 9, "F1"),
        (245, 251, "55", 9, "F1"),
    ]
    levels = [across(top, left, end) for top in (170, 205, 238, 258)] + [across(186, middle, end)]
    uprights = [(at, 170.0, at, 258.0) for at in (left, middle, end)] + [(right, 186.0, right, 258.0)]
    (table,) = tables(read(page, rulings=[[*levels, *uprights]]))
    assert table.headings == ("Advice", "Years, 2023", "Years, 2024")
    assert table.rows == (("Conflict of interest", "132", "139"), ("Gifts", "54", "55"))


@pytest.mark.parametrize("head", [True, False], ids=["head-repeated", "no-head"])
def test_a_table_that_goes_on_over_the_page_is_one(head: bool) -> None:
    heading = line(100, "Symbol", "Pages", "Copies", "Place", font="F3", size=7)
    first = [*heading, *(piece for n in range(40) for piece in line(120 + 16 * n, f"Paper {n}", f"{n}", "2", "Vienna"))]
    second = [
        (72, 50, "A/79/716", 8, "F2"),
        *(heading if head else []),
        *(piece for n in range(5) for piece in line(120 + 16 * n, f"Note {n}", f"{n}", "2", "Geneva")),
        *paragraphs(320, 1),
    ]
    top = [across(90), across(106)]
    reading = read(first, second, rulings=[top, [*(top if head else top[1:]), across(190)]])
    (table,) = tables(reading)
    assert table.headings == ("Symbol", "Pages", "Copies", "Place")
    assert [row[0] for row in table.rows] == [f"Paper {n}" for n in range(40)] + [f"Note {n}" for n in range(5)]
    assert [block.label for block in reading.blocks if block.kind == "paragraph"] == ["1", "2", "3"]


def test_two_tables_with_the_same_lines_stay_two() -> None:
    second = [(left, top + 150, text, size, font) for left, top, text, size, font in RULED[3:-3]]
    page = [*RULED[:-3], (72, 298, "Table 2", 9, "F1"), (72, 308, "What was flown in the year after", 9, "F2"), *second]
    shifted = [across(rule[1] + 150) for rule in RULES]
    found = tables(read(page, rulings=[[*RULES, *shifted]]))
    assert len(found) == 2
    assert len({table.rows for table in found}) == 1


NUMBERED = [across(60), across(74), *[across(200 + 100 * place) for place in range(5)]]


@pytest.mark.parametrize(
    ("page", "rulings"),
    [
        (
            [(72, 66, "A/79/716", 9, "F2"), (400, 66, "Vienna", 9, "F1"), *paragraphs(90, 1, 12)],
            NUMBERED,
        ),
        (
            [
                (72, 80, "Contents", 11, "F2"),
                *line(100, "Chapter", "", "", "Page", size=7),
                *(
                    piece
                    for n, chapter in enumerate(("Introduction", "Background", "Progress", "Conclusion"))
                    for piece in line(120 + 15 * n, chapter, "", "", str(n + 3))
                ),
                *paragraphs(320, 1),
            ],
            [across(92), across(104), across(180)],
        ),
    ],
    ids=["numbered-paragraphs", "contents"],
)
def test_what_is_no_table_stays_text(page: list[Piece], rulings: list[Ruling]) -> None:
    reading = read(page, rulings=[rulings])
    assert tables(reading) == []
    labels = [block.label for block in reading.blocks if block.kind == "paragraph"]
    assert labels == [str(number) for number in range(1, len(labels) + 1)]
    assert len(labels) >= 3
