"""Who may translate what into which language: every answer is None or a plain sentence that says why not.

Rights are those on pages, in each language's own tree; whoever coordinates a process sends its pages without them. The
permission ``wagtail_localize.submit_translation`` asks for neither page nor language, so it counts for nothing here.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from cms.core.languages import language
from cms.localization.editions import own_edition, own_editions
from cms.localization.models import NotRequired
from cms.localization.roles import coordinates, coordinates_any
from cms.processes.placement import process_above


def name_of(locale: Locale) -> str:
    """The locale's language in the reader's language."""
    return str(language(locale.language_code).label)


def source_refusal(page: Page, user: Any) -> str | None:
    """Why the user may not send this page to translation: only who may change it, or coordinates its process, may."""
    if page.is_root():
        return _("This is no page.")
    if page.alias_of_id:
        return _("This page only repeats another one. Translate that one.")
    if not page.permissions_for_user(user).can_edit() and not coordinates_page(page, user):
        return _("You may not change this page.")
    return None


def coordinates_page(page: Page, user: Any) -> bool:
    """Whether the user coordinates the process in whose section the page stands. One query for coordinators."""
    return coordinates_any(user) and coordinates(user, process_above(page))


def spared_languages(page: Page) -> dict[int, str]:
    """The languages, by the keys of their locales, that the page is not required in, with the reasons. One query."""
    return dict(NotRequired.objects.filter(translation_key=page.translation_key).values_list("locale", "reason"))


def target_refusal(page: Page, locale: Locale, user: Any, spared: Mapping[int, str]) -> str | None:
    """Why the user may not start the translation of this page into this language. At most five queries.

    ``spared`` are the page's :func:`spared_languages`.
    """
    if locale.pk == page.locale_id:
        return _("It is written in this language.")
    if locale.pk in spared:
        return _("It is marked as not required: %(reason)s") % {"reason": spared[locale.pk]}
    if own_edition(page.translation_key, locale.language_code):
        return _("The document has an edition of its own in this language.")
    existing = Page.objects.filter(translation_key=page.translation_key, locale=locale).first()
    return _existing_refusal(existing) if existing else _place_refusal(page, locale, user)


def target_parent(page: Page, locale: Locale) -> Page | None:
    """The page under which this page's translation belongs; None where that is not there yet. Two queries at most."""
    parent: Page = page.get_parent()
    if parent.is_root():
        return parent
    above: Page | None = parent.get_translation_or_none(locale)
    return above


def _place_refusal(page: Page, locale: Locale, user: Any) -> str | None:
    """Why the page in this language would have no place, or none where the user may add pages."""
    above = target_parent(page, locale)
    if above is None:
        return _("The page above it does not exist in this language yet.")
    if not above.permissions_for_user(user).can_add_subpage() and not coordinates_page(above, user):
        return _("You may not add pages in this language.")
    return None


def _existing_refusal(existing: Page) -> str:
    """Why a page that is there already is not made again."""
    if existing.alias_of_id:
        return _("A copy that repeats the original stands there. Delete the copy first.")
    translations = Translation.objects.filter(
        source__object_id=existing.translation_key, target_locale=existing.locale_id
    )
    enabled = [translation.enabled for translation in translations]
    if any(enabled):
        return _("It is being translated already.")
    if enabled:
        return _("Its translation was stopped. Start it again on that page.")
    return _("It has a page of its own there.")


def target_pages(translation: Translation) -> QuerySet[Page]:
    """The page that a translation writes: one at most."""
    pages: QuerySet[Page] = Page.objects.filter(
        translation_key=translation.source.object_id, locale=translation.target_locale_id
    )
    return pages


def target_of(translation: Translation) -> Any:
    """The page that a translation writes, with ``has_own_edition`` for :func:`editing_refusal`; None without one.

    Its review is read along, once for all that asks for it.
    """
    own = own_editions(OuterRef("translation_key"), OuterRef("locale__language_code"))
    return target_pages(translation).annotate(has_own_edition=Exists(own)).prefetch_workflow_states().first()


def target_for(translation: Translation, user: Any) -> Any:
    """As :func:`target_of`, where the translation is open and the user may change the page; else None."""
    page = target_of(translation) if translation.enabled and user is not None else None
    return page if page is not None and may_edit(page, user) else None


def may_edit(page: Page, user: Any) -> bool:
    """Whether the user may change the page, locks aside: the right to translate into its language."""
    return bool(page.permissions_for_user(user).can_edit())


def lock_refusal(page: Page, user: Any) -> str | None:
    """Why the page cannot be changed by this user now: locked by somebody, in review, or about to be published."""
    lock = page.get_lock()
    if lock is None or not lock.for_user(user):
        return None
    message = lock.get_message(user)
    return strip_tags(str(message)) if message else _("The page is locked.")


def editing_refusal(page: Any, user: Any) -> str | None:
    """Why a translation cannot be written now: a lock, or an edition of its own that came meanwhile.

    ``page`` is that of :func:`target_of`.
    """
    if page.has_own_edition:
        return _("The document has an edition of its own in this language: it is not translated over.")
    return lock_refusal(page, user)
