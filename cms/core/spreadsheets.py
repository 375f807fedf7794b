"""Tables as CSV, for spreadsheet programs."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

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
