"""Mail to those who may approve a page, when it is submitted. Wagtail tells only the groups of its own task."""

from typing import Any

from django.db.models import QuerySet
from wagtail.admin.mail import GroupApprovalTaskStateSubmissionEmailNotifier, Notifier
from wagtail.models import TaskState
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.signals import task_submitted

from cms.users.models import PublisherApproval
from cms.users.models.approval import told_otherwise


class PublisherApprovalNotifier(GroupApprovalTaskStateSubmissionEmailNotifier):
    """Tells the publishers of the page, but not whoever submitted it, and nobody twice."""

    def can_handle(self, instance: TaskState, **kwargs: Any) -> bool:
        handles = Notifier.can_handle(self, instance, **kwargs)
        return handles and isinstance(instance.task.specific, PublisherApproval)

    def get_recipient_users(self, task_state: TaskState, **kwargs: Any) -> QuerySet[Any]:
        page = task_state.workflow_state.content_object
        publishers: QuerySet[Any] = PagePermissionPolicy().users_with_permission_for_instance(
            "publish", page, include_superusers=False
        )
        submitter = kwargs.get("user")
        left_out = told_otherwise(page) | ({submitter.pk} if submitter else set())
        return publishers.exclude(pk__in=left_out)


notify_publishers = PublisherApprovalNotifier()
task_submitted.connect(notify_publishers, sender=TaskState, dispatch_uid="publisher_approval_submitted")
