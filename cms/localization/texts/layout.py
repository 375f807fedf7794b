"""The texts of a translation as their document looks: in groups, tables as grids, pictures beside their words."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images import get_image_model
from wagtail.images.models import SourceImageIOError
from wagtail_localize.models import TemplateSegment, Translation
from wagtail_localize.segments import StringSegmentValue

from cms.core.languages import direction
from cms.localization.sending.sources import with_names
from cms.localization.texts import inline
from cms.localization.texts.places import entries as blocks_of
from cms.localization.texts.rows import Row
from documents.block_html import printed_label
from documents.translatable_tables import CAPTION, HEADING, Cell, cells

THUMBNAIL = "max-320x200"
# In the template of a rich text: where lists begin and end, what a line is, and where a text stands.
_TAG = re.compile(r'<(/?)(ul|ol|li|p|h[1-6]|blockquote)\b[^>]*>|<text position="(\d+)">')


@dataclass
class Box:
    """A cell of a grid: where it stands, in words, and its texts in order."""

    where: str
    texts: list["Part"] = field(default_factory=list)


@dataclass
class Grid:
    """A table as its columns' headings and its rows."""

    name: str
    head: list[Box]
    rows: list[list[Box]]


@dataclass
class Part:
    """One text of the page, or one table, and how it looks.

    ``entry`` is what the editor shows of the text; without it the text is only read here: it is not asked for, or it is
    translated in an earlier cell, with the key ``same_as``. ``label`` is printed in the margin, ``source`` is the text
    with its codes marked, ``group`` the heading of the part of the page that begins here. ``signs`` are the codes, each
    with the key of the text of the footnote that it marks.
    """

    row: Row | None = None
    entry: Mapping[str, Any] | None = None
    look: str = "plain"
    level: int = 0
    label: str = ""
    where: str = ""
    same_as: str = ""
    group: str = ""
    source: str = ""
    signs: list[tuple[inline.Sign, str]] = field(default_factory=list)
    picture: Any = None
    grid: Grid | None = None


def arrange(translation: Translation, rows: Sequence[Row], shown: Mapping[str, Mapping[str, Any]]) -> list[Part]:
    """The texts that are shown, in order, as their document looks.

    ``shown`` holds what the editor shows of each by the row's key, in the rows' order. Of a table all cells are there
    as soon as one is shown. Costs no query for a page of numbered paragraphs, one where a field holds several
    paragraphs, two where there are pictures.
    """
    return _Arranging(translation, rows, shown).parts()


class _Arranging:
    """One page being arranged."""

    def __init__(self, translation: Translation, rows: Sequence[Row], shown: Mapping[str, Mapping[str, Any]]) -> None:
        source = translation.source
        self.rows, self.shown = rows, shown
        self.rtl = direction(source.locale.language_code) == "rtl"
        self.notes = {row.place.note: row.key for row in rows if row.place.note and row.key in shown}
        self.lines = _lines(source, rows)
        self.pictures = _pictures({row.place.picture for row in rows if row.key in shown} - {None})
        self.tables = self._tables(source)

    def parts(self) -> list[Part]:
        """The parts in order, each group's first with its heading."""
        found: list[Part] = []
        group = ""
        tables: set[str] = set()
        for row in self.rows:
            part = None
            block = row.place.block
            if row.place.look == "cell":
                if block not in tables and any(one.key in self.shown for one in self._cells_of(block)):
                    tables.add(block)
                    part = Part(look="table", grid=self._grid(block))
            elif row.key in self.shown:
                part = self._part(row)
            if part is not None:
                if row.place.group != group:
                    part.group = group = row.place.group
                found.append(part)
        return found

    def _cells_of(self, block: str) -> Iterator[Row]:
        return (row for row in self.rows if row.place.block == block and row.place.look == "cell")

    def _part(self, row: Row, where: str = "", *, repeated: bool = False) -> Part:
        look, level = self.lines.get(row.key, (row.place.look, row.place.level))
        return Part(
            row=row,
            entry=None if repeated else self.shown.get(row.key),
            look=look,
            level=level,
            label=row.label if look == "note" else printed_label(row.label),
            where=where,
            same_as=row.key if repeated and row.key in self.shown else "",
            source=inline.marked(row.source, rtl=self.rtl),
            signs=[(sign, self.notes.get(sign.note, "") if sign.note else "") for sign in row.source.signs()],
            picture=self.pictures.get(row.place.picture),
        )

    def _tables(self, source: Any) -> dict[str, tuple[str, list[Cell]]]:
        """The tables of the snapshot by their block's id: the path of the table and its cells."""
        wanted = {row.place.block for row in self.rows if row.place.look == "cell"}
        if not wanted:
            return {}
        model = source.specific_content_type.model_class()
        found = {}
        for name, value in json.loads(source.content_json).items():
            for entry in blocks_of(value):
                if entry.get("id") not in wanted:
                    continue
                stream: Any = model._meta.get_field(name)
                block = stream.stream_block.child_blocks[entry["type"]]
                for inner, child in block.child_blocks.items():
                    if isinstance(child, TypedTableBlock):
                        table = child.to_python(entry["value"][inner])
                        found[str(entry["id"])] = (f"{name}.{entry['id']}.{inner}", list(cells(table)))
        return found

    def _grid(self, block: str) -> Grid:
        """The table as a grid; a text that stands in several cells of a column is translated in the first."""
        path, own_cells = self.tables[block]
        by_text = {(row.segment.context.path, row.segment.string.data): row for row in self._cells_of(block)}
        head: list[Box] = []
        rows: defaultdict[int, list[Box]] = defaultdict(list)
        seen: set[str] = set()
        headings: list[str] = []
        for cell in own_cells:
            if cell.place == CAPTION:
                continue
            if cell.place == HEADING:
                headings.append(str(cell.value or cell.column + 1))
            box = Box(_where(cell, headings[cell.column]))
            (head if cell.place == HEADING else rows[cell.row]).append(box)
            for segment in map(with_names, cell.segments()):
                row = by_text.get((f"{path}.{segment.path}", segment.string.data)) if _is_text(segment) else None
                if row is not None:
                    box.texts.append(self._part(row, box.where, repeated=row.key in seen))
                    seen.add(row.key)
        caption = next((row.source.text for row in self.rows if _captions(row, block)), "")
        return Grid(caption or _("Table"), head if any(box.texts for box in head) else [], list(rows.values()))


def _captions(row: Row, block: str) -> bool:
    return row.place.block == block and row.place.look == "caption"


def _is_text(segment: Any) -> bool:
    return isinstance(segment, StringSegmentValue)


def _where(cell: Cell, heading: str) -> str:
    """A cell's place in words."""
    if cell.place == HEADING:
        return _("heading of column %(number)s") % {"number": cell.column + 1}
    return _("row %(row)s, %(heading)s") % {"row": cell.row + 1, "heading": heading}


def _lines(source: Any, rows: Sequence[Row]) -> dict[str, tuple[str, int]]:
    """Look and level of the texts of a rich text that has several: its headings and the items of its lists."""
    by_context: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        if row.rich and row.place.look != "cell":
            by_context[row.segment.context_id].append(row)
    several = {context: texts for context, texts in by_context.items() if len(texts) > 1}
    if not several:
        return {}
    templates = TemplateSegment.objects.filter(source=source, context__in=several)
    found: dict[str, tuple[str, int]] = {}
    for context, template in templates.values_list("context_id", "template__template"):
        looks = list(_looks(template))
        # The same line twice is one text, so that places and texts cannot be paired by number.
        if len(looks) == len(several[context]):
            found |= {
                row.key: look
                for row, look in zip(several[context], looks, strict=True)
                if look[0] != "plain" or row.place.look == "plain"
            }
    return found


def _looks(template: str) -> Iterator[tuple[str, int]]:
    """Look and level of each text of a rich text's template."""
    depth, tag = 0, ""
    for closing, name, position in _TAG.findall(template):
        if position:
            if tag.startswith("h"):
                yield "heading", min(int(tag[1]), 4)
            elif tag == "blockquote":
                yield "quotation", 0
            else:
                yield ("item", min(depth, 3)) if depth else ("plain", 0)
        elif name in {"ul", "ol"}:
            depth += -1 if closing else 1
        elif not closing:
            tag = name


def _pictures(wanted: set[Any]) -> dict[int | None, Any]:
    """Small renditions of images by the images' keys. Two queries; more only when one is made for the first time."""
    if not wanted:
        return {}
    found: dict[int | None, Any] = {}
    for image in get_image_model().objects.filter(pk__in=wanted).prefetch_renditions(THUMBNAIL):
        try:
            found[image.pk] = image.get_rendition(THUMBNAIL)
        except SourceImageIOError:
            continue  # its file is gone: the words are translated all the same
    return found
