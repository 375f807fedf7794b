"""Where a text stands on its page, and how it looks there: read from the snapshot's JSON, so that no page is built."""

import json
from dataclasses import dataclass
from typing import Any

from django.db.models import ForeignObjectRel
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import StreamField

from documents.translatable_tables import CAPTION, HEADING

# How a block of a body looks; what is not here is a plain paragraph.
LOOKS = {
    "heading": "heading",
    "annex": "annex",
    "paragraph": "numbered",
    "operative": "clause",
    "preambular": "clause",
    "lettered": "item",
    "quotation": "quotation",
}
# What Wagtail calls these fields says nothing to a translator.
FIELD_NAMES: dict[str, str | Promise] = {
    "seo_title": gettext_lazy("Title for search engines"),
    "search_description": gettext_lazy("Description for search engines"),
}
# Inner fields that are the block's own text: its kind says enough.
OWN_TEXT = {"text", "title"}


@dataclass(frozen=True)
class Place:
    """Where a text stands: what it is, its printed label, the heading above it, and how it looks.

    ``look`` is one of ``field``, ``note``, ``cell``, ``caption``, ``alternative``, ``plain`` and those of ``LOOKS``,
    ``level`` its depth where it has one: 2 to 4 of a heading, 1 to 3 of a lettered item. ``group`` names the part of
    the page, ``block`` is the id of the block in a stream, ``picture`` the key of the image beside it, ``note`` the
    anchor of a footnote.
    """

    kind: str
    label: str = ""
    section: str = ""
    look: str = "field"
    level: int = 0
    group: str = ""
    block: str = ""
    picture: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Standing:
    """What the snapshot says of one block, or of one child of the page."""

    label: str = ""
    section: str = ""
    level: int = 0
    picture: int | None = None
    note: str = ""


def outline(content: dict[str, Any]) -> dict[str, Standing]:
    """What the snapshot says of its blocks, by their id, and of the page's children, by their translation key."""
    found = {}
    for value in content.values():
        section = ""
        for entry in entries(value):
            inner = entry.get("value")
            if "translation_key" in entry:
                note = str(entry.get("anchor") or "")
                found[str(entry["translation_key"])] = Standing(str(entry.get("mark") or ""), note=note)
            elif isinstance(inner, dict):
                label = str(inner.get("label") or "")
                heads = entry.get("type") == "heading"
                found[str(entry.get("id"))] = Standing(
                    label, "" if heads else section, _level(inner.get("level")), _picture(inner.get("image"))
                )
                if heads:
                    section = f"{label} {inner.get('text') or ''}".strip()
    return found


def entries(value: Any) -> list[dict[str, Any]]:
    """The blocks of a stream or the children of a page as the snapshot has them; none of any other field."""
    if isinstance(value, str) and value.startswith("[{"):
        value = json.loads(value)  # a StreamField is JSON inside the JSON
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _level(value: Any) -> int:
    return int(value) if str(value).isdecimal() else 0


def _picture(value: Any) -> int | None:
    """The key of the image in a block's value: an ImageBlock in a block keeps it one step deeper."""
    if isinstance(value, dict):
        value = value.get("image")
    return value if isinstance(value, int) else None


def place_of(model: Any, context: Any, standings: dict[str, Standing]) -> Place:
    """What kind of text stands at a context's path, in the reader's language, and where."""
    name, *rest = context.path.split(".")
    field = model._meta.get_field(name)
    standing = standings.get(rest[0], Standing()) if rest else Standing()
    if isinstance(field, StreamField):
        return _in_stream(field, context, rest, standing)
    if isinstance(field, ForeignObjectRel):
        child = field.related_model
        inner_field: Any = child._meta.get_field(rest[-1])
        kind = str(child._meta.verbose_name)
        if inner_field.name not in OWN_TEXT:
            kind = f"{kind}: {inner_field.verbose_name}"
        look = "note" if standing.note else "field"
        group = capfirst(str(child._meta.verbose_name_plural))
        return Place(capfirst(kind), standing.label, look=look, group=group, note=standing.note)
    return Place(str(FIELD_NAMES.get(name) or capfirst(str(field.verbose_name))), group=_("About the page"))


def _in_stream(field: Any, context: Any, rest: list[str], standing: Standing) -> Place:
    """The place of a text in a block: ``rest`` is the block's id and what follows it in the path."""
    _stream, block_type, *inner = context.field_path.split(".")
    block = field.stream_block.child_blocks[block_type]
    kind = str(block.label)
    look = LOOKS.get(block_type, "plain")
    for name in inner:
        block = block.child_blocks[name]
        if isinstance(block, TypedTableBlock):
            look, kind = _in_table(kind, rest[-1])
            break
        if name in {"alt_text", "caption"}:
            look = "alternative" if name == "alt_text" else "caption"
        if name == inner[-1] and name not in OWN_TEXT:
            kind = f"{kind}: {block.label}"
    return Place(
        kind=kind,
        label=standing.label,
        section=standing.section,
        look=look,
        level=standing.level if look in {"heading", "item"} else 0,
        group=_("Text of the page"),
        block=rest[0],
        picture=standing.picture,
    )


def _in_table(kind: str, place: str) -> tuple[str, str]:
    """Look and kind of a text of a table: its caption, the heading of a column, or a cell, named by its column."""
    if place == CAPTION:
        return "caption", _("%(table)s: caption") % {"table": kind}
    if place == HEADING:
        return "cell", _("%(table)s: heading of a column") % {"table": kind}
    return "cell", _("%(table)s: column %(number)s") % {"table": kind, "number": place}
