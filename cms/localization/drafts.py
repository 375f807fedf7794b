"""The translated page as a draft: built in memory and saved as a revision. The row that readers see stays as it is.

wagtail-localize's own ``save_target`` writes that row even when it is asked for a draft, so nothing here calls it.
"""

from typing import Any

from wagtail.models import Page, Revision
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.localization.editions import take_title


def build(translation: Translation) -> Page:
    """The target page with all translations made so far and the source's text where there is none. Writes nothing.

    The slug follows the source's unless a sibling has it, as on the home pages, which are siblings of each other.
    """
    page: Page = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    parent = page.get_parent()
    if not Page._slug_is_available(page.slug, parent, page):
        page.slug = Page.objects.values_list("slug", flat=True).get(pk=page.pk)
    return page


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


def has_translations(translation: Translation) -> bool:
    """Whether anything of this object was ever translated into the language: kept when a page is deleted or stopped."""
    return StringTranslation.objects.filter(
        context__object_id=translation.source.object_id, locale=translation.target_locale
    ).exists()
