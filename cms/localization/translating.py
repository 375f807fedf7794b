"""Sending pages to translation: the rows that translators work on, and the target page as a draft.

It stands in place of wagtail-localize's ``translate_object`` and ``translate_page_subtree``, which ask no permission of
the page or the language, and which publish.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from cms.localization.drafts import has_translations, save_draft
from cms.localization.editions import own_editions, version_of_translation
from cms.localization.rules import editing_refusal, may_edit, source_refusal, target_refusal
from cms.localization.sources import snapshot

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """What became of one page in one language: its new or updated target page, or a sentence that says why not."""

    page: Page
    locale: Locale
    target: Page | None = None
    refusal: str = ""


def translate_page(page: Page, locales: Iterable[Locale], user: Any) -> list[Outcome]:
    """Sends one page to translation into these languages; each language stands for itself.

    Where nothing is allowed nothing is written, not even the source's snapshot.
    """
    refused = source_refusal(page, user)
    if refused:
        return [Outcome(page, locale, refusal=refused) for locale in locales]
    refusals = {locale: target_refusal(page, locale, user) for locale in locales}
    outcomes = [Outcome(page, locale, refusal=reason) for locale, reason in refusals.items() if reason]
    allowed = [locale for locale, reason in refusals.items() if not reason]
    if not allowed:
        return outcomes
    source = snapshot(page)
    for locale in allowed:
        try:
            target = start(source, locale, user)
        except ValidationError as error:
            outcomes.append(Outcome(page, locale, refusal=" ".join(error.messages)))
        except IntegrityError:
            outcomes.append(Outcome(page, locale, refusal=_("Somebody else started it at the same time.")))
        else:
            outcomes.append(Outcome(page, locale, target=target))
    return outcomes


@transaction.atomic
def start(source: TranslationSource, locale: Locale, user: Any) -> Page:
    """Opens the translation of a source into a language and makes its target page, which is never live.

    Whether the user may is asked before (:func:`translate_page`). Raises ValidationError where the language has an
    edition of its own, and IntegrityError where another process made the page at the same moment.
    """
    translation, _created = Translation.objects.update_or_create(
        source=source, target_locale=locale, defaults={"enabled": True}
    )
    target: Page = source.get_source_instance().copy_for_translation(locale).specific
    version_of_translation(target)
    if has_translations(translation):
        save_draft(translation, user)
    log(instance=target, action="localization.start", user=user, data={"source": source.object_repr})
    return target


def translate_subtree(page: Page, locales: list[Locale], user: Any) -> list[Outcome]:
    """Sends all pages below this one to translation, parents before children, each under the same rules."""
    outcomes: list[Outcome] = []
    for below in page.get_descendants().order_by("path").iterator():
        outcomes += translate_page(below.specific, locales, user)
    refused = [outcome for outcome in outcomes if outcome.refusal]
    for outcome in refused:
        logger.info("Not translated: %s into %s: %s", outcome.page, outcome.locale, outcome.refusal)
    log(
        instance=page,
        action="localization.subtree",
        user=user,
        data={"started": len(outcomes) - len(refused), "refused": len(refused)},
    )
    return outcomes


def _has_own_edition(translation: Translation) -> bool:
    key, language = translation.source.object_id, translation.target_locale.language_code
    return own_editions(key, language).exists()


def update_translations(source: TranslationSource, user: Any) -> list[Outcome]:
    """Takes the source page's present text, and saves a new draft of each translation that the user may change.

    Nothing is published. Raises PermissionError where the user may not change the source page.
    """
    page = source.get_source_instance()
    refused = source_refusal(page, user)
    if refused:
        raise PermissionError(refused)
    source = snapshot(page)
    outcomes = []
    for translation in source.translations.filter(enabled=True).select_related("target_locale", "source__locale"):
        target = page.get_translation_or_none(translation.target_locale)
        if target is None:
            continue
        reason = None if may_edit(target, user) else _("You may not change this page.")
        reason = reason or editing_refusal(target, user, _has_own_edition(translation))
        if not reason:
            try:
                with transaction.atomic():
                    save_draft(translation, user)
            except ValidationError as error:
                reason = " ".join(error.messages)
        outcomes.append(Outcome(page, translation.target_locale, None if reason else target, reason or ""))
    return outcomes
