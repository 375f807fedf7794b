"""Mail about reviews: whoever is to review is told, and whoever gets a translation back."""

from typing import Any

from django.dispatch import receiver
from wagtail.admin.mail import WorkflowStateRejectionEmailNotifier
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import task_rejected, task_submitted, workflow_rejected

from cms.localization.notices.noting import tell_sent_back, tell_waiting
from cms.localization.reviewing import open_translation


@receiver(task_submitted, dispatch_uid="localization_tell_waiting")
def tell_reviewers(instance: TaskState, user: Any = None, **kwargs: Any) -> None:
    """A translation was handed in. Publishers are told by ``cms.users.notifications``."""
    page = instance.workflow_state.content_object
    if isinstance(page, Page) and open_translation(page) is not None:
        tell_waiting(page, user)


@receiver(task_rejected, dispatch_uid="localization_tell_sent_back")
def tell_translators(instance: TaskState, user: Any = None, **kwargs: Any) -> None:
    """A translation was sent back."""
    page = instance.workflow_state.content_object
    if isinstance(page, Page) and open_translation(page) is not None:
        tell_sent_back(page, instance, user)


class RejectionNotifier(WorkflowStateRejectionEmailNotifier):
    """Wagtail's mail about rejected pages, but for translations, whose people are told here as they wish."""

    def can_handle(self, instance: WorkflowState, **kwargs: Any) -> bool:
        page = instance.content_object
        return super().can_handle(instance, **kwargs) and not (
            isinstance(page, Page) and open_translation(page) is not None
        )


# Under Wagtail's own name, and before Wagtail starts: Django connects what comes first, and nothing else of that name.
notify_of_rejections = RejectionNotifier()
workflow_rejected.connect(
    notify_of_rejections, sender=WorkflowState, dispatch_uid="workflow_state_rejected_email_notification"
)
