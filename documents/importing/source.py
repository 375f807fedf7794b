"""What every reader of a file format gives: the text in reading order, with what the format knows of its structure."""

import re
from dataclasses import dataclass, field

from documents.importing.footnotes import Note
from documents.importing.marks import TABLE_OFF, TABLE_ON

_TABLE_MARK = re.compile(f"{TABLE_ON}(\\d{{1,6}}){TABLE_OFF}")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; text may hold private marks, and line breaks between its paragraphs."""

    text: str
    columns: int = 1
    rows: int = 1
    is_header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its rows of cells, as they are set. A cell that another one covers is left out of its row. `turns` are
    the places of the rows that begin a further page."""

    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    turns: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file's text before it is parsed.

    text: lines in reading order; a form feed between pages; what stands beside something is set apart by spaces as on
        the page. References to notes and emphasis are private marks (`marks`); FULL_LINE ends a line that surely goes
        on to the edge; `table_mark(n)` alone on a line stands for ``tables[n]``.
    notes: footnotes that the format tells apart from the text, in order, their marks set in the text; a note's
        text may hold line breaks.
    tables: as above.
    one_line_a_paragraph: whether the format knows where paragraphs end; None when that must be seen from the text.
    pages: how many the file has; 0 where the format has none.
    pages_without_text: the numbers, from 1, of pages that are pictures; pages_unusable: of those whose text was left
        out because its fonts do not say which letters they show.
    language: what the file itself says, as a short code; a hint only.
    """

    text: str
    notes: tuple[Note, ...] = ()
    tables: tuple[Table, ...] = ()
    one_line_a_paragraph: bool | None = None
    pages: int = 0
    pages_without_text: tuple[int, ...] = ()
    pages_unusable: tuple[int, ...] = ()
    language: str | None = None


def table_mark(number: int) -> str:
    """The line that stands for a table in a source's text; `number` counts from 0."""
    return f"{TABLE_ON}{number}{TABLE_OFF}"


def table_number(line: str) -> int | None:
    """The number of the table that a line stands for; None for a line of text."""
    mark = _TABLE_MARK.fullmatch(line)
    return int(mark[1]) if mark else None
