"""A table as a grid: every row with as many cells as there are columns, its headings told apart from its rows."""

import functools
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from documents.importing.hyphens import Vocabulary
from documents.importing.marks import FULL_LINE, is_bold, note_marks, strip_marks
from documents.importing.source import Cell, Table

_MOST_COLUMNS = 64
_LONGEST_HEADING = 200  # characters


class Grid(NamedTuple):
    """A table's headings, one a column and empty where it has none, and its rows; texts hold private marks."""

    headings: list[str]
    rows: list[list[str]]


def table_of_rows(rows: Sequence[Sequence[str]]) -> Table | None:
    """The table that lines of plain text are, when all have the same number of cells; else None."""
    if len(rows) < 2 or len({len(row) for row in rows}) != 1:
        return None
    return Table(tuple(tuple(Cell(text) for text in row) for row in rows))


def with_lines_joined(table: Table, vocabulary: Vocabulary) -> Table:
    """The table with the lines of its cells put together that surely go on, words healed at their ends."""
    return Table(
        tuple(
            tuple(
                replace(cell, text=functools.reduce(vocabulary.join, cell.text.split(f"{FULL_LINE}\n"))) for cell in row
            )
            for row in table.rows
        ),
        table.caption,
    )


def grid_of(table: Table) -> Grid:
    """A table as a grid.

    A cell that covers rows is repeated in each, so that every row can be read alone; one that covers columns stands in
    the first of them, and over the headings of all where it heads them. Rows that say nothing are left out.
    """
    width = min(max((sum(cell.columns for cell in row) for row in _completed(table)), default=0), _MOST_COLUMNS)
    heads = _header_rows(table)
    rows = [_spread(row, width, repeat=number < heads) for number, row in enumerate(_completed(table))]
    headings = ["" for _ in range(width)]
    for row in rows[:heads]:
        for column, text in enumerate(strip_marks(text) for text in row):
            if text and text not in headings[column].split(", "):
                headings[column] = f"{headings[column]}, {text}" if headings[column] else text
    said = [row for row in rows[heads:] if any(strip_marks(text).strip() for text in row)]
    return Grid([" ".join(text.split()) for text in headings], said)


def _completed(table: Table) -> list[list[Cell]]:
    """The rows with each cell that covers several of them standing in all."""
    open_cells: dict[int, tuple[Cell, int]] = {}  # by column: the cell from above and how many rows it still covers
    rows: list[list[Cell]] = []
    for row in table.rows:
        cells: list[Cell] = []
        column = 0
        waiting = list(reversed(row))
        while waiting or column in open_cells:
            if column in open_cells:
                cell, left = open_cells.pop(column)
                if left > 1:
                    open_cells[column] = (cell, left - 1)
            else:
                cell = waiting.pop()
                if cell.rows > 1:
                    open_cells[column] = (cell, cell.rows - 1)
            cells.append(cell)
            column += cell.columns
        rows.append(cells)
    return rows


def _spread(row: list[Cell], width: int, *, repeat: bool) -> list[str]:
    texts: list[str] = []
    for cell in row:
        texts += [cell.text, *[cell.text if repeat else ""] * (cell.columns - 1)]
    return [*texts, *[""] * (width - len(texts))][:width]


def _header_rows(table: Table) -> int:
    """How many rows at the top head the columns: those that say so, or a first row in bold or without figures.

    A heading is plain text, so a row with a footnote stays a row.
    """
    said = 0
    while said < len(table.rows) - 1 and table.rows[said] and all(cell.is_header for cell in table.rows[said]):
        said += 1
    heads = said or _rows_like_headings(table)
    texts = [cell.text for row in table.rows[:heads] for cell in row]
    plain = all(len(text) <= _LONGEST_HEADING and not note_marks(text) for text in texts)
    return heads if plain else 0


def _rows_like_headings(table: Table) -> int:
    """How many rows at the top look like headings: the first, or all that its tallest cell covers."""
    depth = max((cell.rows for cell in table.rows[0]), default=1) if table.rows else 1
    if len(table.rows) <= depth or len(table.rows[0]) < 2:
        return 0
    texts = [cell.text for row in table.rows[:depth] for cell in row]
    rest = [cell.text for row in table.rows[depth:] for cell in row]
    if not all(text.strip() for text in texts[1:]):
        return 0
    if all(is_bold(text) for text in texts if text.strip()):
        return depth
    has_figures_below = sum(map(_has_figure, rest)) * 3 > len(rest)
    return depth if has_figures_below and not any(map(_has_figure, texts)) else 0


def _has_figure(text: str) -> bool:
    return any(character.isdecimal() for character in strip_marks(text))
