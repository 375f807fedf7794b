"""Tables that are translated cell by cell. wagtail-localize finds no text in a TypedTableBlock."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail.rich_text import RichText
from wagtail_localize.segments import StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.ingest import organise_template_segments
from wagtail_localize.strings import extract_strings, restore_strings

CAPTION, HEADING = "caption", "heading"


@dataclass(frozen=True)
class Cell:
    """A text of a table: the place that its translation is kept for, and where it stands (rows and columns from 0).

    ``place`` is the column's number from 1, ``heading`` or ``caption``: a row put in between moves no translation, and
    the same word is translated once a column. ``block`` is the column's block; None for headings and captions, which
    are plain text (``row`` -1).
    """

    place: str
    row: int
    column: int
    block: blocks.Block | None
    value: Any

    def segments(self) -> list[Any]:
        """What is to be translated of it, as wagtail-localize's segment values; nothing of an empty cell."""
        found: list[Any]
        if isinstance(self.block, blocks.RichTextBlock):
            template, strings = extract_strings(self.value.source)
            found = [TemplateSegmentValue("", "html", template, len(strings))]
            found += [StringSegmentValue("", string, attrs=attrs) for string, attrs in strings]
        else:
            found = [StringSegmentValue("", str(self.value or ""))]
        return [segment.wrap(self.place) for segment in found if not segment.is_empty()]

    def restored(self, segments: list[Any]) -> Any:
        """Its value with these segments, translated, in place of its own."""
        if isinstance(self.block, blocks.RichTextBlock):
            _format, template, strings = organise_template_segments(segments)
            return RichText(restore_strings(template, strings))
        (segment,) = segments
        return segment.render_text()


def cells(table: TypedTable) -> Iterator[Cell]:
    """The texts of a table in the order in which they are read."""
    yield Cell(CAPTION, -1, -1, None, table.caption)
    for number, column in enumerate(table.columns):
        yield Cell(HEADING, -1, number, None, column["heading"])
    for row, entry in enumerate(table.row_data):
        for number, (column, value) in enumerate(zip(table.columns, entry["values"], strict=True)):
            yield Cell(str(number + 1), row, number, column["block"], value)


class TranslatableTableBlock(TypedTableBlock):
    """A table whose caption, headings and cells are translated, each by itself."""

    def get_translatable_segments(self, value: TypedTable) -> list[Any]:
        """Called by wagtail-localize: the texts of the table, with the places in it as paths."""
        return [segment for cell in cells(value) for segment in cell.segments()]

    def restore_translated_segments(self, value: TypedTable, segments: list[Any]) -> TypedTable:
        """Called by wagtail-localize with the source's table and its segments translated: the translated table."""
        waiting = iter(sorted(segments, key=lambda segment: segment.order))
        columns = [dict(column) for column in value.columns]
        rows = [{"values": list(entry["values"])} for entry in value.row_data]
        caption = value.caption
        for cell in cells(value):
            own = [next(waiting).unwrap()[1] for _segment in cell.segments()]
            if not own:
                continue
            text = cell.restored(own)
            if cell.place == CAPTION:
                caption = text
            elif cell.place == HEADING:
                columns[cell.column]["heading"] = text
            else:
                rows[cell.row]["values"][cell.column] = text
        return TypedTable(columns=columns, row_data=rows, caption=caption)

    def field_path(self, cell: Cell) -> str:
        """The child block that says what the cell may hold: headings and captions are plain text like its cells."""
        return cell.block.name if cell.block else "text"
