"""What follows by itself when a page is published that others are translated from."""

from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published

from cms.localization.refreshing import source_of
from cms.localization.tasks import refresh_translations


@receiver(page_published, dispatch_uid="localization_refresh_translations")
def refresh_on_publication(instance: Page, revision: Any = None, **kwargs: Any) -> None:
    """Has the worker bring the page's translations to its new text: nobody has to ask for it. One query."""
    if instance.alias_of_id is None and source_of(instance) is not None:
        user = revision.user_id if revision is not None else None
        transaction.on_commit(partial(refresh_translations.enqueue, instance.pk, user))
