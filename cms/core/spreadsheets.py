"""Tables as CSV and XLSX, for spreadsheet programs."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language_bidi

from cms.core.downloads import saved_as

# What a cell holds: a text, or a number or a day, with which a workbook reckons.
Value = str | int | date

# Without it, spreadsheet programs take UTF-8 for an old code page.
BYTE_ORDER_MARK = "\ufeff"
# What a spreadsheet program takes for the beginning of a formula, wide forms included (OWASP, "CSV Injection").
FORMULA_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_lines(rows: Iterable[Sequence[Value]]) -> str:
    """The rows as lines of CSV, no cell of which a program calculates. Days are written as 2026-05-04."""
    text = io.StringIO()
    writer: Any = csv.writer(text)
    writer.writerows([_harmless(str(cell)) for cell in row] for row in rows)
    return text.getvalue()


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet program calculates: an apostrophe before it makes it text."""
    return f"'{cell}" if cell.startswith(FORMULA_BEGINNINGS) else cell


CSV, XLSX = "csv", "xlsx"
CONTENT_TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# XML has no such characters, and the longest cell is that of Excel.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
LONGEST_CELL = 32_767
WIDEST_COLUMN = 60  # characters


def table_response(rows: Sequence[Sequence[Value]], form: str, name: str) -> HttpResponse:
    """The rows, the header first, as a file to be saved: ``form`` is "csv" or "xlsx", ``name`` has no ending."""
    content = xlsx_file(rows) if form == XLSX else BYTE_ORDER_MARK + csv_lines(rows)
    return saved_as(f"{name}.{form}", HttpResponse(content, content_type=CONTENT_TYPES[form]))


def xlsx_file(rows: Sequence[Sequence[Value]]) -> bytes:
    """The rows as a workbook with one sheet whose header stays in sight.

    Texts stay texts, none is calculated. In languages that are written from the right the sheet begins there.
    """
    from openpyxl import Workbook  # slow to load, and seldom needed
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.sheet_view.rightToLeft = get_language_bidi()
    for number, column in enumerate(zip(*rows, strict=True), start=1):
        width = min(max(len(str(value)) for value in column) + 2, WIDEST_COLUMN)
        sheet.column_dimensions[get_column_letter(number)].width = width
    for row in rows:
        cells = [WriteOnlyCell(sheet, _fitting(value)) for value in row]
        for cell, value in zip(cells, row, strict=True):
            if isinstance(value, str):
                cell.data_type = "s"
        sheet.append(cells)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _fitting(value: Value) -> Value:
    """The value as a cell can hold it."""
    return CONTROLS.sub("", value)[:LONGEST_CELL] if isinstance(value, str) else value
