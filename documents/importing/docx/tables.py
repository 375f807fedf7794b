"""A Word table as rows of cells, with merged cells counted."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from documents.importing.docx.layout import MOST_SPAN, cells_of, columns_before, columns_of, rows_of
from documents.importing.docx.package import W, switch
from documents.importing.source import Cell, Table


def read_table(table: Element, text_of: Callable[[Element], str]) -> Table:
    """A table's rows. A cell that goes on from the row above, or from the left, is counted to the one it belongs to."""
    rows: list[list[Cell]] = []
    above: dict[int, tuple[int, int]] = {}  # where the cell that covers each column of the grid stands
    for row in rows_of(table):
        is_header = bool(switch(row.find(W + "trPr"), "tblHeader"))
        cells: list[Cell] = []
        covering: dict[int, tuple[int, int]] = {}
        before = columns_before(row)
        if before:
            cells.append(Cell("", before, is_header=is_header))
        place = before
        for element in cells_of(row):
            columns = min(columns_of(element), MOST_SPAN)
            across, down = _merge(element, "hMerge"), _merge(element, "vMerge")
            text = text_of(element)
            if across == "continue" and cells:
                cells[-1] = _wider(cells[-1], columns, text)
            elif down == "continue" and place in above:
                covering[place] = above[place]
                _lengthen(rows, above[place], text)
            else:
                covering[place] = (len(rows), len(cells))
                cells.append(Cell(text, columns, is_header=is_header))
            place += columns
        rows.append(cells)
        above = covering
    return Table(tuple(tuple(row) for row in rows))


def _merge(cell: Element, name: str) -> str | None:
    """Whether a cell begins or goes on with a merged one: "restart", "continue", or None."""
    element = cell.find(f"{W}tcPr/{W}{name}")
    return None if element is None else element.get(W + "val", "continue")


def _wider(cell: Cell, columns: int, text: str) -> Cell:
    return Cell(_both(cell.text, text), min(cell.columns + columns, MOST_SPAN), cell.rows, cell.is_header)


def _lengthen(rows: list[list[Cell]], place: tuple[int, int], text: str) -> None:
    row, number = place
    cell = rows[row][number]
    rows[row][number] = Cell(_both(cell.text, text), cell.columns, cell.rows + 1, cell.is_header)


def _both(text: str, more: str) -> str:
    """The text of two cells made one; what stands in a covered cell is not lost."""
    return "\n".join(part for part in (text, more) if part)
