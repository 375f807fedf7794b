"""Long work, done by the worker."""

from uuid import UUID

from django.contrib.auth import get_user_model
from django_tasks import task
from wagtail.models import Locale, Page

from cms.localization.remembering import remember, sweep
from cms.localization.translating import translate_subtree


@task()
def translate_pages_below(page_id: int, language_codes: list[str], user_id: int) -> int:
    """Sends the pages below a page to translation. Gives the number of pages that were made."""
    page = Page.objects.get(pk=page_id)
    locales = list(Locale.objects.filter(language_code__in=language_codes))
    user = get_user_model().objects.get(pk=user_id)
    return sum(outcome.target is not None for outcome in translate_subtree(page.specific, locales, user))


@task()
def remember_pages(translation_key: str) -> int:
    """Brings the translation memory to what the pages of a translation key hold. Gives the number of new pairs."""
    added, removed = remember(UUID(translation_key))
    if removed:
        sweep()
    return added


@task()
def sweep_memory() -> int:
    """Removes texts of pages that are gone from the translation memory, and gives their number."""
    return sweep()
