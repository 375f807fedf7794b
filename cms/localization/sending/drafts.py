"""The translated page as a draft: built in memory and saved as a revision. The row that readers see stays as it is.

wagtail-localize's own ``save_target`` writes that row even when it is asked for a draft, so nothing here calls it.
"""

import json
from typing import Any

from django.db.models import ForeignKey
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, Revision
from wagtail_localize.fields import copy_synchronised_fields
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.segments.ingest import ingest_segments

from cms.localization.editions import take_title


def build(translation: Translation) -> Page:
    """The target page with all translations made so far and the source's text where there is none. Writes nothing.

    The slug follows the source's unless a sibling has it, as on the home pages, which are siblings of each other.
    """
    source, locale = translation.source, translation.target_locale
    original = snapshot_page(source)
    page: Page = source.get_translated_instance(locale)
    copy_synchronised_fields(original, page)
    segments = source._get_segments_for_translation(locale, fallback=True)
    children = _children(original)
    standing = [segment for segment in segments if _stands(segment.path, children)]
    ingest_segments(original, page, source.locale, locale, standing)
    parent = page.get_parent()
    if not Page._slug_is_available(page.slug, parent, page):
        page.slug = Page.objects.values_list("slug", flat=True).get(pk=page.pk)
    return page


def _children(page: Page) -> dict[str, set[str]]:
    """The translation keys of a page's translatable children, by relation."""
    names = [relation.get_accessor_name() for relation in get_all_child_relations(page)]
    return {
        name: {str(child.translation_key) for child in getattr(page, name).all() if hasattr(child, "translation_key")}
        for name in names
    }


def _stands(path: str, children: dict[str, set[str]]) -> bool:
    """Whether the place of a text is there: a child may be gone since the snapshot, with the record it is about."""
    name, _dot, rest = path.partition(".")
    return name not in children or rest.partition(".")[0] in children[name]


def snapshot_page(source: TranslationSource) -> Page:
    """The source page as its snapshot has it. One query for each kind of record that its children refer to, if any.

    wagtail-localize looks up page and language of each child: two queries for every footnote.
    """
    model: type[Page] = source.specific_content_type.model_class()
    content = json.loads(source.content_json)
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        own = {relation.field.name, "locale"}
        for field in relation.related_model._meta.fields:
            if isinstance(field, ForeignKey) and field.name not in own and content.get(name):
                content[name] = _not_orphaned(content[name], field)
    page: Page = model.from_serializable_data(content, check_fks=False)
    return page


def _not_orphaned(children: list[dict[str, Any]], field: Any) -> list[dict[str, Any]]:
    """Those children whose record is still there: the others went with it."""
    named = {child.get(field.name) for child in children}
    there = set(field.related_model._default_manager.filter(pk__in=named - {None}).values_list("pk", flat=True))
    return [child for child in children if child.get(field.name) is None or child[field.name] in there]


def save_draft(translation: Translation, user: Any) -> Revision:
    """Saves the built page as its newest revision. Raises ValidationError for content that the page refuses."""
    page = build(translation)
    revision: Revision = page.save_revision(user=user, log_action=True)
    if has_title(translation):
        take_title(page)
    return revision


def has_title(translation: Translation) -> bool:
    """Whether the title is translated, so that the page's title is not the source's."""
    titles = StringSegment.objects.filter(source=translation.source_id, context__path="title")
    return titles.get_translations(translation.target_locale).filter(has_error=False).exists()


def languages_with_texts(source: TranslationSource) -> set[int]:
    """The languages (keys of their locales) into which anything of this source's page was ever translated.

    Texts are kept when a page is deleted or its translation stopped.
    """
    made = StringTranslation.objects.filter(context__object_id=source.object_id)
    return set(made.order_by().values_list("locale", flat=True).distinct())
