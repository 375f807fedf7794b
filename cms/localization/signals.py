"""What follows by itself: when a page is published that others are translated from, and when a review is decided."""

from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import page_published, task_rejected, workflow_approved

from cms.localization.reviewing import authors_of, commented, mark_approved, mark_commented, open_translation
from cms.localization.sending.refreshing import source_of
from cms.localization.tasks import refresh_translations


@receiver(page_published, dispatch_uid="localization_refresh_translations")
def refresh_on_publication(instance: Page, revision: Any = None, **kwargs: Any) -> None:
    """Has the worker bring the page's translations to its new text: nobody has to ask for it. One query."""
    if instance.alias_of_id is None and source_of(instance) is not None:
        user = revision.user_id if revision is not None else None
        transaction.on_commit(partial(refresh_translations.enqueue, instance.pk, user))


@receiver(workflow_approved, dispatch_uid="localization_texts_approved")
def approve_texts(instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    """The texts of a translation are approved with it."""
    page = instance.content_object
    translation = open_translation(page) if isinstance(page, Page) else None
    if translation is not None:
        mark_approved(translation, user)


@receiver(task_rejected, dispatch_uid="localization_texts_sent_back")
def give_texts_back(instance: TaskState, user: Any = None, **kwargs: Any) -> None:
    """The texts that were commented on in the review are drafts again."""
    page = instance.workflow_state.content_object
    translation = open_translation(page) if isinstance(page, Page) else None
    if translation is not None:
        places = commented(translation, instance, authors_of(translation, instance))
        mark_commented(translation, places, user)
