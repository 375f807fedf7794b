"""Tables of metadata beside the files of an older archive: CSV or XLSX, read row by row, however many there are."""

import csv
import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

# The columns, by their names in the first row; all but "file" may be missing, and any cell may be empty.
COLUMNS = (
    "file",
    "symbol",
    "language",
    "title",
    "date",
    "kind",
    "process",
    "session",
    "agenda_items",
    "distribution",
    "original_language",
    "access",
    "released",
)
SAMPLE = 8192  # characters from which the separator of a CSV file is told

Row = Mapping[str, str]


class TableError(Exception):
    """A table that cannot be used at all; the message is one plain sentence."""


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of a table, each as cells by column name; days come as 2020-07-01. Empty rows are left out.

    Raises TableError for a file that is neither CSV in UTF-8 nor XLSX, and for columns it does not know.
    """
    cells = _xlsx(path) if path.suffix.lower() == ".xlsx" else _csv(path)
    header = [_cell(value).lower().replace(" ", "_") for value in next(cells, [])]
    unknown = [name for name in header if name and name not in COLUMNS]
    if unknown or "file" not in header:
        trouble = f"it has a column “{unknown[0]}”" if unknown else "it has no column “file”"
        raise TableError(f"{path.name}: {trouble}. The columns are: {', '.join(COLUMNS)}.")
    for values in cells:
        row = {name: _cell(value) for name, value in zip(header, values, strict=False) if name}
        if any(row.values()):
            yield row


def count_rows(path: Path) -> int:
    """How many rows a table has, for telling how far an import is. Raises TableError."""
    return sum(1 for _row in read_rows(path))


def _csv(path: Path) -> Iterator[list[Any]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            sample = file.read(SAMPLE).split("\n", 1)[0]
            separator = max(",;\t", key=sample.count)
            file.seek(0)
            yield from csv.reader(file, delimiter=separator)
    except UnicodeDecodeError as error:
        raise TableError(f"{path.name} is not in UTF-8.") from error
    except (OSError, csv.Error) as error:
        raise TableError(f"{path.name} cannot be read: {error}.") from error


def _xlsx(path: Path) -> Iterator[list[Any]]:
    from openpyxl import load_workbook  # slow to load, and seldom needed

    book = None
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        yield from (list(values) for values in book.worksheets[0].iter_rows(values_only=True))
    except Exception as error:  # openpyxl raises whatever its parts raise on a broken file
        raise TableError(f"{path.name} cannot be read as an XLSX file.") from error
    finally:
        if book is not None:
            book.close()


def _cell(value: Any) -> str:
    """A cell as text, without spaces around it; a moment without a time of day as its day."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat()
    return str(value).strip()
