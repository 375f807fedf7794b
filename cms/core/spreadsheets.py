"""Tables as CSV and XLSX, for spreadsheet programs."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

# Without it, spreadsheet programs take UTF-8 for an old code page.
BYTE_ORDER_MARK = "\ufeff"
# What a spreadsheet program takes for the beginning of a formula, wide forms included (OWASP, "CSV Injection").
FORMULA_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_lines(rows: Iterable[Sequence[str]]) -> str:
    """The rows as lines of CSV, no cell of which a program calculates."""
    text = io.StringIO()
    writer: Any = csv.writer(text)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
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


def table_response(rows: Sequence[Sequence[str]], form: str, name: str) -> HttpResponse:
    """The rows, the header first, as a file to be saved: ``form`` is "csv" or "xlsx", ``name`` has no ending."""
    content = xlsx_file(rows) if form == XLSX else BYTE_ORDER_MARK + csv_lines(rows)
    response = HttpResponse(content, content_type=CONTENT_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def xlsx_file(rows: Sequence[Sequence[str]]) -> bytes:
    """The rows as a workbook with one sheet whose header stays in sight. All cells are text: none is calculated."""
    from openpyxl import Workbook  # slow to load, and seldom needed
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    for number, column in enumerate(zip(*rows, strict=True), start=1):
        width = min(max(map(len, column)) + 2, WIDEST_COLUMN)
        sheet.column_dimensions[get_column_letter(number)].width = width
    for row in rows:
        cells = [WriteOnlyCell(sheet, CONTROLS.sub("", text)[:LONGEST_CELL]) for text in row]
        for cell in cells:
            cell.data_type = "s"
        sheet.append(cells)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
