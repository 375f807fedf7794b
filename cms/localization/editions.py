"""Editions: which language versions a translation made here never overwrites, and the version it belongs to."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from wagtail.models import Page

from documents.models import LanguageVersion, ReportPage


def own_editions(translation_key: Any, language: Any) -> QuerySet[LanguageVersion]:
    """The document's language versions that were written or imported on their own: one at most.

    A page's translation key is its record's uid. An awaited version is no edition yet: nothing is there to overwrite.
    Both may be references to an outer query.
    """
    return (
        LanguageVersion.objects.filter(document__uid=translation_key, language=language)
        .exclude(origin=LanguageVersion.Origin.TRANSLATED)
        .exclude(state=LanguageVersion.State.AWAITED)
    )


def own_edition(translation_key: UUID, language: str) -> LanguageVersion | None:
    """The document's language version that was written or imported on its own, or None. One query."""
    return own_editions(translation_key, language).select_related("document").first()


def version_of_translation(page: Page) -> LanguageVersion | None:
    """The language version of a translated web edition: made if there is none, held until somebody releases it.

    An awaited version becomes the translated one and stays awaited. None for pages that are no web edition.
    """
    if not isinstance(page, ReportPage):
        return None
    version, _created = LanguageVersion.objects.get_or_create(
        document=page.document,
        language=page.locale.language_code,
        defaults={"origin": LanguageVersion.Origin.TRANSLATED, "state": LanguageVersion.State.HELD},
    )
    if version.origin != LanguageVersion.Origin.TRANSLATED:
        version.origin = LanguageVersion.Origin.TRANSLATED
        version.save()
    return version


def take_title(page: Page) -> None:
    """Gives a translated version its page's title, as long as it is not released: then the record is the reference."""
    if not isinstance(page, ReportPage):
        return
    waiting = LanguageVersion.objects.filter(
        document=page.document_id,
        language=page.locale.language_code,
        origin=LanguageVersion.Origin.TRANSLATED,
        state__in=[LanguageVersion.State.AWAITED, LanguageVersion.State.HELD],
    )
    waiting.update(title=page.title)


def version_to_release(page: Page) -> LanguageVersion | None:
    """The language version that readers wait for before they have this web edition; None where they do not. One query.

    A web edition may be live: the gate shows it to nobody before its version is released, at that moment and by itself.
    """
    if not isinstance(page, ReportPage):
        return None
    version = LanguageVersion.objects.filter(document=page.document_id, language=page.locale.language_code).first()
    return None if version is None or version.is_released() else version
