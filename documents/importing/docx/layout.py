"""Tables that only set text side by side, as a masthead does, turned into lines as they stand on the page."""

from xml.etree.ElementTree import Element

from documents.importing.docx.package import W, child_value, switch, whole
from documents.importing.marks import strip_marks

_PAGE = 90  # characters of a line across the whole page
_GAP = 4  # spaces at least between two cells
_MOST_ROWS = 14  # a longer table sets data
_MOST_COLUMNS = 6
MOST_SPAN = 64  # columns; no page has more, and what a file claims is not trusted


def rows_of(table: Element) -> list[Element]:
    """A table's rows, those that a tracked change deletes left out; never the rows of tables inside it."""
    rows: list[Element] = []
    for child in table:
        if child.tag == W + "tr":
            rows.append(child)
        elif child.tag == W + "sdt":
            content = child.find(W + "sdtContent")
            rows += content.findall(W + "tr") if content is not None else []
        elif child.tag in {W + "ins", W + "moveTo", W + "customXml"}:
            rows += child.findall(W + "tr")
    return [row for row in rows if row.find(f"{W}trPr/{W}del") is None]


def cells_of(row: Element) -> list[Element]:
    """A row's cells, those that a tracked change deletes left out."""
    cells: list[Element] = []
    for child in row:
        if child.tag == W + "tc":
            cells.append(child)
        elif child.tag == W + "sdt":
            content = child.find(W + "sdtContent")
            cells += content.findall(W + "tc") if content is not None else []
        elif child.tag == W + "customXml":
            cells += child.findall(W + "tc")
    return [cell for cell in cells if cell.find(f"{W}tcPr/{W}cellDel") is None]


def columns_of(cell: Element) -> int:
    """How many columns of the grid a cell takes up."""
    return min(max(whole(child_value(cell.find(W + "tcPr"), "gridSpan"), 1), 1), MOST_SPAN)


def columns_before(row: Element) -> int:
    """How many columns of the grid a row leaves out at its beginning."""
    return min(max(whole(child_value(row.find(W + "trPr"), "gridBefore"), 0), 0), MOST_SPAN)


def is_frame(table: Element) -> bool:
    """Whether a table has one column, as a frame around text has."""
    return all(len(cells_of(row)) <= 1 for row in rows_of(table))


def sets_text(table: Element, *, in_head: bool) -> bool:
    """Whether a table sets text rather than data: a small one without lines at the beginning.

    `in_head`: nothing but a masthead stands before it.
    """
    rows = rows_of(table)
    widest = max((len(cells_of(row)) for row in rows), default=0)
    if not in_head or len(rows) > _MOST_ROWS or widest > _MOST_COLUMNS:
        return False
    return not _has_inner_lines(table) and not any(switch(row.find(W + "trPr"), "tblHeader") for row in rows)


def _has_inner_lines(table: Element) -> bool:
    borders = table.find(f"{W}tblPr/{W}tblBorders")
    lines = [child_value(borders, name) for name in ("insideH", "insideV")]
    return all(line not in {None, "nil", "none"} for line in lines)


def side_by_side(table: Element, texts: list[list[list[str]]]) -> list[str]:
    """The lines of a table: `texts` are the lines of each cell of each row."""
    starts = _column_starts(table)
    lines: list[str] = []
    for row, cells in zip(rows_of(table), texts, strict=True):
        place = columns_before(row)
        columns: list[tuple[int, list[str]]] = []
        for cell, cell_lines in zip(cells_of(row), cells, strict=True):
            columns.append((starts[place] if place < len(starts) else _PAGE, cell_lines))
            place += columns_of(cell)
        for number in range(max((len(cell_lines) for _, cell_lines in columns), default=0)):
            here = [(start, cell_lines[number]) for start, cell_lines in columns if number < len(cell_lines)]
            lines.append(_set_line(here))
    return lines


def _column_starts(table: Element) -> list[int]:
    """The column of text, counted in characters, where each column of the grid begins."""
    grid = table.find(W + "tblGrid")
    widths = (
        [max(whole(column.get(W + "w"), 0), 1) for column in grid.findall(W + "gridCol")] if grid is not None else []
    )
    total = sum(widths)
    return [sum(widths[:place]) * _PAGE // total for place in range(len(widths))]


def _set_line(cells: list[tuple[int, str]]) -> str:
    line, width = "", 0
    for start, text in cells:
        if not text:
            continue
        column = max(start, width + _GAP) if line else start
        line += " " * (column - width) + text
        width = column + len(strip_marks(text))
    return line
