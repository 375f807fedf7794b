"""Tables of metadata: read row by row, in the forms that secretariats have them in, and refused in words."""

import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from documents.importing.metadata import BEYOND, TableError, count_rows, read_rows


def table(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "table.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("separator", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_csv_is_read_as_spreadsheets_write_it(tmp_path: Path, separator: str, encoding: str) -> None:
    text = "File;Symbol;Agenda items\r\na.pdf;A/1/2; 3\r\n\r\n;;\r\nб.pdf;A/1/3;4 (b)\r\n".replace(";", separator)
    path = table(tmp_path, text, encoding)
    assert list(read_rows(path)) == [
        {"file": "a.pdf", "symbol": "A/1/2", "agenda_items": "3"},
        {"file": "б.pdf", "symbol": "A/1/3", "agenda_items": "4 (b)"},
    ]
    assert count_rows(path) == 2


def test_xlsx_is_read_with_its_days(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["file", "date", "released"])
    sheet.append(["a.pdf", datetime.date(2020, 7, 1), datetime.datetime.fromisoformat("2020-07-02T15:30:00")])
    sheet.append([None, None, None])
    path = tmp_path / "table.xlsx"
    book.save(path)
    assert list(read_rows(path)) == [{"file": "a.pdf", "date": "2020-07-01", "released": "2020-07-02T15:30:00"}]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"file,colour\na.pdf,red\n", "it has a column “colour”"),
        (b"symbol,title\nA/1/2,Water\n", "it has no column “file”"),
        (b"File name,Title\na.pdf,Water\n", "it has a column “File name”"),
        (b"", "its first row is empty"),
        (b"file,title,Title\na.pdf,Water,Sea\n", "it has the column “title” twice"),
        (b'file,title\na.pdf,Water\nb.pdf,"Sea\nc.pdf,River\n', "not closed.* begins on line 3"),
        ("file,title\na.pdf,Вода\n".encode("cp1251"), "is not in UTF-8. Save it as"),
    ],
    ids=["unknown column", "no files", "its own name", "empty", "twice", "open quotation mark", "not UTF-8"],
)
def test_a_table_that_cannot_be_used_is_refused_in_words(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    with pytest.raises(TableError, match=reason):
        list(read_rows(path))


def test_an_older_spreadsheet_is_to_be_saved_anew(tmp_path: Path) -> None:
    path = tmp_path / "table.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0")
    with pytest.raises(TableError, match="Save it as XLSX"):
        list(read_rows(path))


def test_a_row_with_more_cells_than_columns_keeps_them_apart(tmp_path: Path) -> None:
    """A title with a comma that nobody put into quotation marks must not move the cells after it."""
    path = table(tmp_path, "file,title,date\na.pdf,Water, clean,2020-07-01\nb.pdf,Sea,2020-07-01,,\n")
    first, second = read_rows(path)
    assert first[BEYOND] == "2020-07-01"
    assert BEYOND not in second


def test_a_broken_workbook_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    path.write_bytes(b"PK\x03\x04 this is no workbook")
    with pytest.raises(TableError, match="cannot be read as an XLSX file"):
        list(read_rows(path))
