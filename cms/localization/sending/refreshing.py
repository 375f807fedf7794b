"""When the source changes: its snapshot, the translations that still fit, and new drafts of the target pages."""

import json
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource

from cms.localization.models import SourceChange
from cms.localization.notices.noting import places, tell_source_changed
from cms.localization.rules import editing_refusal, may_edit, source_refusal, target_of
from cms.localization.sending.carrying import carry_over
from cms.localization.sending.drafts import save_draft
from cms.localization.sending.sources import present_text, snapshot
from cms.localization.sending.targets import OWN
from cms.localization.sending.translating import Outcome

# What changes in a page's row without its content changing.
STATE = OWN | {"live", "has_unpublished_changes", "owner", "locale", "content_type"}


def source_of(page: Page) -> TranslationSource | None:
    """What the page's translations are made from; None where it was never sent to translation. One query."""
    source: TranslationSource | None = TranslationSource.objects.filter(
        object_id=page.translation_key, locale=page.locale_id
    ).first()
    return source


def refresh(page: Page, user: Any) -> bool:
    """Brings the translations of a page to its present text, and says whether anything in it had changed.

    What is the same stays translated, and drafts of the target pages take over what is no text: order, links, pictures.
    A target page that is locked or in review is left as it is. Nothing is published. Nothing happens to a page that was
    never sent to translation.
    """
    before = source_of(page)
    if before is None or _content(before.content_json) == _content(present_text(page).to_json()):
        return False
    with transaction.atomic():
        texts = places(before)
        source = snapshot(page, user)
        carry_over(source, user)
        tell_source_changed(source, texts, user)
    for translation in source.translations.filter(enabled=True).select_related("target_locale", "source__locale"):
        target = target_of(translation)
        if target is None or target.get_lock() or target.has_own_edition:
            continue
        _save_draft(translation, user)
    return True


def _content(page: str) -> dict[str, Any]:
    """The content of a page as JSON. The same page published again differs only in what is left out here."""
    return {name: value for name, value in json.loads(page).items() if name not in STATE}


def _save_draft(translation: Translation, user: Any) -> str:
    """Saves a draft, or gives a sentence that says why not."""
    try:
        with transaction.atomic():
            save_draft(translation, user)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def update_translations(source: TranslationSource, user: Any) -> list[Outcome]:
    """Takes the source page's present text, and saves a new draft of each translation that the user may change.

    Nothing is published. Raises PermissionError where the user may not change the source page.
    """
    page = source.get_source_instance()
    refused = source_refusal(page, user)
    if refused:
        raise PermissionError(refused)
    with transaction.atomic():
        texts = places(source)
        source = snapshot(page, user)
        carry_over(source, user)
        tell_source_changed(source, texts, user)
    outcomes = []
    for translation in source.translations.filter(enabled=True).select_related("target_locale", "source__locale"):
        target = target_of(translation)
        if target is None:
            continue
        reason = None if may_edit(target, user) else _("You may not change this page.")
        reason = reason or editing_refusal(target, user)
        reason = reason or _save_draft(translation, user)
        outcomes.append(Outcome(page, translation.target_locale, None if reason else target, reason or ""))
    return outcomes


def mark_minor(source: TranslationSource, changes: Collection[int], user: Any) -> int:
    """Marks changes of a source, by their keys, as small corrections, which outdate no translation.

    What was translated of the texts before stands for the texts after, in every language and in the state it was in;
    where a link or a footnote mark came or went with the change, it stays to be translated. Gives how many translations
    were carried over. Raises PermissionError where the user may not change the source page.
    """
    refused = source_refusal(source.get_source_instance(), user)
    if refused:
        raise PermissionError(refused)
    with transaction.atomic():
        SourceChange.objects.filter(source=source, pk__in=changes).update(minor=True)
        return carry_over(source, user).total()
