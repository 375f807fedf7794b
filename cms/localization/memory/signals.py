"""What changes the translation memory: what is published, taken offline, withdrawn or deleted."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from cms.localization.memory.remembering import forget, note
from cms.localization.models import MemoryTarget
from documents.models import LanguageVersion, ReportPage

State = LanguageVersion.State


@receiver(page_published, dispatch_uid="localization_remember_published")
def remember_published(instance: Page, **kwargs: Any) -> None:
    """What is published is remembered with its other languages."""
    if instance.alias_of_id is None:
        note([instance.translation_key])


@receiver(page_unpublished, dispatch_uid="localization_forget_unpublished")
def forget_unpublished(instance: Page, **kwargs: Any) -> None:
    """What is taken offline is forgotten at once. Wagtail takes a page offline before it deletes it."""
    forget(Page.objects.filter(pk=instance.pk))
    note([instance.translation_key])


@receiver(post_save, sender=LanguageVersion, dispatch_uid="localization_memory_of_versions")
def follow_version(instance: LanguageVersion, created: bool, **kwargs: Any) -> None:
    """What is withdrawn is forgotten at once, and remembered again when it is released again."""
    if created:
        return
    editions = ReportPage.objects.filter(
        document=instance.document_id, locale__language_code=instance.language, live=True, alias_of=None
    )
    remembered = Exists(MemoryTarget.objects.filter(page=OuterRef("pk")))
    if instance.state in (State.WITHDRAWN, State.AWAITED):
        keys = list(editions.filter(remembered).values_list("translation_key", flat=True))
        if keys:
            forget(editions)
            note(keys)
    elif instance.state == State.RELEASED:
        keys = list(editions.exclude(remembered).values_list("translation_key", flat=True))
        if keys:
            note(keys)
