"""Tasks follow the work: handed in, taken back, sent back, approved, published, not needed any more.

Whatever address or program did it, the page's review and its publication tell it.
"""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import page_published, task_rejected, task_submitted, workflow_cancelled

from cms.localization.assignments.history import close, note
from cms.localization.completeness import open_translations, unfinished
from cms.localization.models import NotRequired, TaskEvent, TranslationTask
from documents.models import LanguageVersion, OfficialDocument

Action = TaskEvent.Action
Kind = TranslationTask.Kind


def _of_page(page: Any) -> QuerySet[TranslationTask]:
    """The open tasks that are about this page in its language: one at most."""
    if not isinstance(page, Page):
        return TranslationTask.objects.none()
    return TranslationTask.objects.open().about(page.translation_key, page.locale_id)


@receiver(task_submitted, dispatch_uid="localization_task_handed_in")
def follow_submission(instance: TaskState, user: Any = None, **kwargs: Any) -> None:
    """The page went into review. One query where it is nobody's task."""
    note(_of_page(instance.workflow_state.content_object), Action.HANDED_IN, user)


@receiver(task_rejected, dispatch_uid="localization_task_sent_back")
def follow_rejection(instance: TaskState, user: Any = None, **kwargs: Any) -> None:
    """The reviser sent it back, with the comment of the review."""
    note(_of_page(instance.workflow_state.content_object), Action.SENT_BACK, user, after=instance.comment)


@receiver(workflow_cancelled, dispatch_uid="localization_task_taken_back")
def follow_cancellation(instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    """Somebody took it back from review. What is published is done by then."""
    note(_of_page(instance.content_object), Action.TAKEN_BACK, user)


@receiver(post_save, sender=WorkflowState, dispatch_uid="localization_task_approved")
def follow_approval(instance: WorkflowState, created: bool, **kwargs: Any) -> None:
    """The review ended well: the task is done, also where the page is released later.

    Wagtail's own signal comes after the publication, which would look like one without a review.
    """
    if created or instance.status != WorkflowState.STATUS_APPROVED:
        return
    tasks = list(_of_page(instance.content_object))
    if tasks:
        state = TaskState.objects.filter(pk=instance.current_task_state_id).select_related("finished_by").first()
        by = state.finished_by if state else None
        close(tasks, Action.APPROVED, by, why=state.comment if state else "")


@receiver(page_published, dispatch_uid="localization_task_done")
def follow_publication(instance: Page, **kwargs: Any) -> None:
    """The page went public without a review: the task is done, unless texts are missing still."""
    tasks = list(_of_page(instance))
    if tasks and not unfinished(open_translations([instance])):
        close(tasks, Action.DONE, get_active_log_context().user)


@receiver(post_save, sender=LanguageVersion, dispatch_uid="localization_task_of_version")
def follow_version(instance: LanguageVersion, created: bool, **kwargs: Any) -> None:
    """The awaited version came: a file's task is done. An edition of its own takes a page's task away."""
    is_translated = instance.origin == LanguageVersion.Origin.TRANSLATED
    # A new translated one is what opening a translation makes: it ends nothing.
    if instance.state == LanguageVersion.State.AWAITED or (created and is_translated):
        return
    tasks = TranslationTask.objects.open().filter(
        translation_key=instance.document.uid, locale__language_code=instance.language
    )
    by = get_active_log_context().user
    for task in tasks:
        if task.kind == Kind.FILE:
            close([task], Action.DONE, by)
        elif not is_translated:
            close([task], Action.WITHDRAWN, by, why=_("It has an edition of its own now."))


@receiver(post_delete, sender=Page, dispatch_uid="localization_task_of_deleted_page")
def follow_deletion_of_page(instance: Page, **kwargs: Any) -> None:
    """Nothing is left to be translated: no page of the key in any language, and no document."""
    _withdraw_orphans(instance.translation_key)


@receiver(post_delete, sender=OfficialDocument, dispatch_uid="localization_task_of_deleted_document")
def follow_deletion_of_document(instance: OfficialDocument, **kwargs: Any) -> None:
    """The same of a document."""
    _withdraw_orphans(instance.uid)


def _withdraw_orphans(key: UUID) -> None:
    """Withdraws the tasks of what is gone. One query where there are none."""
    tasks = list(TranslationTask.objects.open().filter(translation_key=key))
    if not tasks or OfficialDocument.objects.filter(uid=key).exists():
        return
    if not Page.objects.filter(translation_key=key).exists():
        close(tasks, Action.WITHDRAWN, get_active_log_context().user, why=_("What was to be translated is deleted."))


@receiver(post_save, sender=NotRequired, dispatch_uid="localization_task_not_required")
def follow_not_required(instance: NotRequired, **kwargs: Any) -> None:
    """What is not required is nobody's task."""
    tasks = TranslationTask.objects.open().about(instance.translation_key, instance.locale_id)
    close(tasks, Action.WITHDRAWN, instance.by, why=instance.reason)
