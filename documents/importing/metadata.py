"""Tables of metadata beside the files of an older archive: CSV or XLSX, read row by row, however many there are."""

import csv
import datetime
from collections import Counter
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
# The name under which a row has what stands beyond its last column; no column is called so.
BEYOND = ""
SAMPLE = 8192  # characters from which the separator of a CSV file is told

Row = Mapping[str, str]


class TableError(Exception):
    """A table that cannot be used at all; the message is one plain sentence."""


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of a table, each as cells by column name; days come as 2020-07-01. Empty rows are left out.

    Cells beyond the columns are under ``BEYOND``. Raises TableError for a file that is neither CSV in UTF-8 nor XLSX,
    and for columns that it does not know or that stand there twice.
    """
    if path.suffix.lower() in (".xls", ".ods", ".numbers"):
        raise TableError(f"{path.name} is neither CSV nor XLSX. Save it as XLSX.")
    cells = _xlsx(path) if path.suffix.lower() == ".xlsx" else _csv(path)
    header = _header(path, [_cell(value) for value in next(cells, [])])
    for values in cells:
        row = {name: _cell(value) for name, value in zip(header, values, strict=False) if name}
        if beyond := " ".join(filter(None, map(_cell, values[len(header) :]))):
            row[BEYOND] = beyond
        if any(row.values()):
            yield row


def _header(path: Path, titles: list[str]) -> list[str]:
    """The names of a table's columns. Raises TableError."""
    names = [title.lower().replace(" ", "_") for title in titles]
    unknown = [title for title, name in zip(titles, names, strict=True) if name and name not in COLUMNS]
    twice = [name for name, count in Counter(names).items() if name and count > 1]
    trouble = ""
    if not any(names):
        trouble = "its first row is empty, and should name the columns"
    elif unknown:
        trouble = f"it has a column “{unknown[0]}”"
    elif twice:
        trouble = f"it has the column “{twice[0]}” twice"
    elif "file" not in names:
        trouble = "it has no column “file”"
    if trouble:
        raise TableError(f"{path.name}: {trouble}. The columns are: {', '.join(COLUMNS)}.")
    return names


def count_rows(path: Path) -> int:
    """How many rows a table has, for telling how far an import is. Raises TableError."""
    return sum(1 for _row in read_rows(path))


def _csv(path: Path) -> Iterator[list[Any]]:
    try:
        line = 1
        with path.open(encoding="utf-8-sig", newline="") as file:
            sample = file.read(SAMPLE).split("\n", 1)[0]
            separator = max(",;\t", key=sample.count)
            file.seek(0)
            # Strict: else a quotation mark that is never closed would swallow the rows after it.
            rows = csv.reader(file, delimiter=separator, strict=True)
            for row in rows:
                yield row
                line = rows.line_num + 1
    except UnicodeDecodeError as error:
        raise TableError(f"{path.name} is not in UTF-8. Save it as “CSV UTF-8” or as XLSX.") from error
    except csv.Error as error:
        trouble = "a quotation mark is not closed, or stands in the middle of a cell"
        raise TableError(f"{path.name}: {trouble}, in the row that begins on line {line}.") from error
    except OSError as error:
        raise TableError(f"{path.name} cannot be read: {error.strerror or 'unknown error'}.") from error


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
