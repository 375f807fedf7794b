"""The snapshot of a page's text that translators work on: wagtail-localize's rows, written in bulk.

The rows are those that ``TranslationSource.refresh_segments`` writes, links named by
:mod:`cms.localization.texts.naming`, in some 30 queries instead of 8,000 for a document of 300 paragraphs; a segment
keeps its row when others are put in before it. Texts that others took the place of are noted (``SourceChange``).
"""

import json
import uuid
from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.contrib.typed_table_block.blocks import TypedTable
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    Template,
    TemplateSegment,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
    get_schema_version,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.strings import StringValue

from cms.localization.models import SourceChange
from cms.localization.texts.comparing import ALIKE, likeness
from cms.localization.texts.naming import named
from documents.translatable_tables import cells

M = TypeVar("M", bound=Model)


def present_text(page: Page) -> Page:
    """What is translated of a page: what readers see, or the newest draft of a page that is not live."""
    specific: Page = page.specific
    if specific.live:
        return specific
    draft: Page = specific.get_latest_revision_as_object()
    return draft


def segments_of(instance: Model) -> list[Any]:
    """wagtail-localize's segment values of a page or one of its children, in order, links named by what they are."""
    return [with_names(value) for value in extract_segments(instance)]


def with_names(value: Any) -> Any:
    """A segment value with its links named by what they are, see :mod:`cms.localization.texts.naming`."""
    if not isinstance(value, StringSegmentValue) or not value.attrs:
        return value
    data, attrs = named(value.string.data, value.attrs)
    return StringSegmentValue(value.path, StringValue(data), attrs=attrs, order=value.order)


@transaction.atomic
def snapshot(page: Page, user: Any = None) -> TranslationSource:
    """Takes the page's present text as the source of its translations, in all languages at once.

    Translations made before stay with the texts that are the same; nothing of any target page is written. ``user`` is
    who changed the text, for the history.
    """
    instance = present_text(page)
    thing, _created = TranslatableObject.objects.get_or_create_from_instance(instance)
    # The source's row is written first: of two refreshes at once the second waits for the first.
    fields = {
        "specific_content_type": ContentType.objects.get_for_model(type(instance)),
        "object_repr": str(instance)[:200],
        "content_json": instance.to_json(),
        "schema_version": get_schema_version(instance._meta.app_label),
        "last_updated_at": timezone.now(),
    }
    known = TranslationSource.objects.filter(object=thing, locale=instance.locale)
    if known.update(**fields):
        source = known.select_related("locale", "specific_content_type").get()
    else:
        source = TranslationSource.objects.create(object=thing, locale=instance.locale, **fields)
    _write_segments(source, instance, user)
    return source


def _write_segments(source: TranslationSource, instance: Page, user: Any) -> None:
    """Brings the four kinds of segments to what the instance holds."""
    values = segments_of(instance)
    contexts = _contexts(source, instance, {value.path for value in values})
    strings = _strings(source.locale_id, [value for value in values if isinstance(value, StringSegmentValue)])
    templates = _templates([value for value in values if isinstance(value, TemplateSegmentValue)])
    related = [value for value in values if isinstance(value, RelatedObjectSegmentValue)]
    _ensure(
        TranslatableObject,
        "translation_key",
        {
            value.translation_key: TranslatableObject(
                translation_key=value.translation_key, content_type=value.content_type
            )
            for value in related
        },
    )
    rows: dict[type[Model], list[dict[str, Any]]] = {
        model: [] for model in (StringSegment, TemplateSegment, RelatedObjectSegment, OverridableSegment)
    }
    for value in values:
        row = {"context_id": contexts[value.path], "order": value.order}
        if isinstance(value, StringSegmentValue):
            rows[StringSegment].append(row | {"string_id": strings[value.string.data], "attrs": _dump(value.attrs)})
        elif isinstance(value, TemplateSegmentValue):
            rows[TemplateSegment].append(row | {"template_id": templates[value.format, value.template]})
        elif isinstance(value, RelatedObjectSegmentValue):
            rows[RelatedObjectSegment].append(row | {"object_id": value.translation_key})
        elif isinstance(value, OverridableSegmentValue):
            rows[OverridableSegment].append(row | {"data_json": _dump(value.data)})
    changed = {model: _bring(model, source, wanted) for model, wanted in rows.items()}
    _note_changes(source, *changed[StringSegment], user)


def _dump(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder)


def _ensure(model: type[Model], key: str, wanted: dict[Any, Model], **scope: Any) -> dict[Any, Any]:
    """Get or create many rows: ``{key: primary key}``. One query when all are there, three otherwise."""
    if not wanted:
        return {}
    manager = model._default_manager
    found = dict(manager.filter(**scope, **{f"{key}__in": list(wanted)}).values_list(key, "pk"))
    missing = [value for value in wanted if value not in found]
    if missing:
        manager.bulk_create([wanted[value] for value in missing], ignore_conflicts=True)
        found |= dict(manager.filter(**scope, **{f"{key}__in": missing}).values_list(key, "pk"))
    return found


def _contexts(source: TranslationSource, instance: Page, paths: set[str]) -> dict[str, int]:
    """The rows of the places that strings stand in, by path."""
    fields = field_paths(instance, paths)
    ids = {path: TranslationContext._get_path_id(path) for path in paths}
    rows = _ensure(
        TranslationContext,
        "path_id",
        {
            ids[path]: TranslationContext(
                object_id=source.object_id, path_id=ids[path], path=path, field_path=fields[path]
            )
            for path in sorted(paths)
        },
        object_id=source.object_id,
    )
    return {path: rows[ids[path]] for path in paths}


def _strings(locale_id: int, values: list[StringSegmentValue]) -> dict[str, int]:
    """The rows of the strings, by their text."""
    hashes = {value.string.data: String._get_data_hash(value.string.data) for value in values}
    rows = _ensure(
        String,
        "data_hash",
        {key: String(locale_id=locale_id, data_hash=key, data=data) for data, key in hashes.items()},
        locale_id=locale_id,
    )
    return {data: rows[key] for data, key in hashes.items()}


def _templates(values: list[TemplateSegmentValue]) -> dict[tuple[str, str], int]:
    """The rows of the templates that rich texts are put together from, by format and text."""
    wanted: dict[uuid.UUID, Template] = {}
    keys: dict[tuple[str, str], uuid.UUID] = {}
    for value in values:
        key = uuid.uuid5(uuid.uuid5(Template.BASE_UUID_NAMESPACE, value.format), value.template)
        keys[value.format, value.template] = key
        wanted[key] = Template(
            uuid=key, template=value.template, template_format=value.format, string_count=value.string_count
        )
    rows = _ensure(Template, "uuid", wanted)
    return {pair: rows[key] for pair, key in keys.items()}


def _bring(model: type[Model], source: TranslationSource, wanted: list[dict[str, Any]]) -> tuple[list[Any], list[Any]]:
    """Brings the source's segments of one kind to the wanted rows; one that only moved keeps its row.

    Gives the segments that are gone, and those that are new.
    """
    manager = model._default_manager
    same = [name for name in (wanted[0] if wanted else {}) if name != "order"]
    kept: defaultdict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for segment in manager.filter(source=source).order_by("order"):
        kept[tuple(getattr(segment, name) for name in same)].append(segment)
    new, moved = [], []
    for row in wanted:
        twins = kept[tuple(row[name] for name in same)]
        if not twins:
            new.append(model(source=source, **row))
            continue
        segment = twins.pop(0)
        if segment.order != row["order"]:
            segment.order = row["order"]
            moved.append(segment)
    gone = [segment for segments in kept.values() for segment in segments]
    if gone:
        manager.filter(pk__in=[segment.pk for segment in gone]).delete()
    if moved:
        manager.bulk_update(moved, ["order"])
    manager.bulk_create(new)
    return gone, new


def _note_changes(source: TranslationSource, gone: list[Any], new: list[Any], user: Any) -> None:
    """Notes which text took the place of which, one for one. No query where nothing changed, two otherwise."""
    places: defaultdict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, segments in enumerate((gone, new)):
        for segment in segments:
            places[segment.context_id][side].append(segment.string_id)
    changed = {context: sides for context, sides in places.items() if all(sides)}
    if not changed:
        return
    strings = {string for sides in changed.values() for side in sides for string in side}
    texts = dict(String.objects.filter(pk__in=strings).values_list("pk", "data"))
    SourceChange.objects.bulk_create(
        SourceChange(source=source, context_id=context, before_id=before, after_id=after, user=user)
        for context, sides in changed.items()
        for before, after in _successors(*sides, texts)
        if before != after
    )


def _successors(gone: list[int], come: list[int], texts: dict[int, str]) -> Iterator[tuple[int, int]]:
    """Which of the texts that came to a place is the later version of which that went, the most alike first."""
    if len(gone) == len(come) == 1:
        yield gone[0], come[0]
        return
    ratios = {(before, after): likeness(texts[before], texts[after]) for before, after in product(set(gone), set(come))}
    left, waiting = set(gone), set(come)
    for before, after in sorted(ratios, key=lambda pair: (-ratios[pair], pair)):
        if ratios[before, after] >= ALIKE and before in left and after in waiting:
            left.discard(before)
            waiting.discard(after)
            yield before, after


def field_paths(instance: Page, paths: set[str]) -> dict[str, str]:
    """The field that each content path leads to, such as ``body.paragraph.text`` for ``body.<block id>.text``.

    wagtail-localize works it out path by path, building a dictionary of all blocks each time.
    """
    streams: dict[str, dict[str, str]] = {}
    found = {}
    for path in paths:
        name, *rest = path.split(".")
        field = instance._meta.get_field(name)
        if isinstance(field, StreamField):
            if name not in streams:
                streams[name] = dict(_walk(field.stream_block, field.value_from_object(instance), name, name))
            known = path
            while known not in streams[name]:  # the address of a link is quoted behind the path of its text
                known = known.rpartition(".")[0]
            found[path] = streams[name][known]
        else:
            # A child's path is <relation>.<translation key>.<field>.
            found[path] = ".".join([name, *rest[1:]])
    return found


def _walk(block: Any, value: Any, path: str, field_path: str) -> Iterator[tuple[str, str]]:
    """All content paths under a block with their field paths."""
    yield path, field_path
    if isinstance(block, ImageBlock):
        for name in block.child_blocks:
            yield f"{path}.{name}", f"{field_path}.{name}"
    elif isinstance(value, StructValue):
        for name, child in block.child_blocks.items():
            yield from _walk(child, value.get(name), f"{path}.{name}", f"{field_path}.{name}")
    elif isinstance(value, ListValue):
        for bound in value.bound_blocks:
            yield from _walk(bound.block, bound.value, f"{path}.{bound.id}", f"{field_path}.item")
    elif isinstance(value, StreamValue):
        for bound in value:
            yield from _walk(bound.block, bound.value, f"{path}.{bound.id}", f"{field_path}.{bound.block_type}")
    elif isinstance(value, TypedTable):
        for cell in cells(value):
            yield f"{path}.{cell.place}", f"{field_path}.{block.field_path(cell)}"
