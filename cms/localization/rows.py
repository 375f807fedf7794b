"""What a translator sees of a page: its texts in order, each with its translation, read in a handful of queries."""

import json
from dataclasses import dataclass
from typing import Any

from django.db.models import ForeignObjectRel
from django.utils.text import capfirst
from wagtail.fields import StreamField
from wagtail_localize.models import StringSegment, StringTranslation, TemplateSegment, Translation

from cms.core.languages import direction
from cms.localization import inline


@dataclass
class Row:
    """One text of the source and its translation. ``key`` names it in forms, by place and text."""

    key: str
    segment: StringSegment
    source: inline.Coded
    attrs: dict[str, dict[str, Any]]
    rtl: bool
    kind: str = ""
    label: str = ""
    rich: bool = False
    current: StringTranslation | None = None
    previous: StringTranslation | None = None

    @property
    def target(self) -> str:
        """The translation as its translator sees it; empty if there is none."""
        return self.shown(self.current.data) if self.current else ""

    @property
    def previous_target(self) -> str:
        """The translation of what stood here before the source changed; empty if there is none."""
        return self.shown(self.previous.data) if self.previous else ""

    @property
    def previous_source(self) -> str:
        """What stood here before the source changed."""
        return inline.encode(self.previous.translation_of.data, self.attrs).text if self.previous else ""

    def shown(self, data: str) -> str:
        """A stored translation with the codes of this source."""
        return inline.show(data, self.source, self.attrs, rtl=self.rtl)


@dataclass(frozen=True)
class Place:
    """Where a text stands: what it is, and its printed label."""

    kind: str
    label: str = ""


def load(translation: Translation) -> list[Row]:
    """The texts of a translation's source in order, each place and text once. Four queries, whatever their number."""
    source = translation.source
    segments = StringSegment.objects.filter(source=source).select_related("context", "string").order_by("order")
    made = StringTranslation.objects.filter(
        locale=translation.target_locale_id, context__object_id=source.object_id
    ).select_related("translation_of", "last_translated_by")
    rich = set(TemplateSegment.objects.filter(source=source).values_list("context_id", flat=True))
    rtl = direction(translation.target_locale.language_code) == "rtl"
    model = source.specific_content_type.model_class()
    labels = _labels(json.loads(source.content_json))

    rows: dict[str, Row] = {}
    for segment in segments:
        key = f"{segment.context_id}-{segment.string_id}"
        if key in rows:
            continue
        attrs = json.loads(segment.attrs) or {} if segment.attrs else {}
        place = _place(model, segment.context, labels)
        rows[key] = Row(
            key=key,
            segment=segment,
            source=inline.encode(segment.string.data, attrs),
            attrs=attrs,
            rtl=rtl,
            kind=place.kind,
            label=place.label,
            rich=segment.context_id in rich,
        )
    left: dict[int, list[StringTranslation]] = {}
    for entry in made.order_by("updated_at", "pk"):
        row = rows.get(f"{entry.context_id}-{entry.translation_of_id}")
        if row is not None:
            row.current = entry
        else:
            left.setdefault(entry.context_id, []).append(entry)
    for row in rows.values():
        if row.current is None and row.segment.context_id in left:
            row.previous = left[row.segment.context_id][-1]
    return list(rows.values())


def progress(rows: list[Row]) -> tuple[int, int]:
    """How many texts are translated, and how many there are."""
    return sum(row.current is not None and not row.current.has_error for row in rows), len(rows)


def _labels(content: dict[str, Any]) -> dict[str, str]:
    """Printed labels in the snapshot, by block id or by the translation key of a child: no page is built for it."""
    labels = {}
    for value in content.values():
        if isinstance(value, str) and value.startswith("[{"):
            value = json.loads(value)  # noqa: PLW2901 - a StreamField is JSON inside the JSON
        for entry in value if isinstance(value, list) else ():
            if not isinstance(entry, dict):
                continue
            if isinstance(entry.get("value"), dict):
                labels[str(entry.get("id"))] = str(entry["value"].get("label") or "")
            elif "translation_key" in entry:
                labels[str(entry["translation_key"])] = str(entry.get("mark") or "")
    return labels


def _place(model: Any, context: Any, labels: dict[str, str]) -> Place:
    """What kind of text stands at a context's path, in the reader's language, and its label."""
    name, *rest = context.path.split(".")
    field = model._meta.get_field(name)
    label = labels.get(rest[0], "") if rest else ""
    if isinstance(field, StreamField):
        _stream, block_type, *inner = context.field_path.split(".")
        block = field.stream_block.child_blocks[block_type]
        kind = str(block.label)
        if inner and inner[-1] not in {"text", "title"}:
            kind = f"{kind}: {block.child_blocks[inner[0]].label}" if hasattr(block, "child_blocks") else kind
        return Place(kind, label)
    if isinstance(field, ForeignObjectRel):
        child = field.related_model
        inner_field: Any = child._meta.get_field(rest[-1])
        kind = str(child._meta.verbose_name)
        if inner_field.name not in {"text", "title"}:
            kind = f"{kind}: {inner_field.verbose_name}"
        return Place(capfirst(kind), label)
    return Place(capfirst(str(field.verbose_name)))
