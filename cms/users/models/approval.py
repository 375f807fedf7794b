"""The step of the default workflow: whoever may publish a page approves it, never their own last edit."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState
from wagtail.permission_policies.pages import PagePermissionPolicy


def last_editor_id(page: Page) -> int | None:
    """Who saved the page last: the author of its newest revision, else its owner; None for a program's work."""
    revision = page.get_latest_revision()
    editor: int | None = page.owner_id if revision is None else revision.user_id
    return editor


def may_approve(page: Page, user: Any) -> bool:
    """Whether the user may publish the page as it was last saved: a publisher of it who did not save it last."""
    return bool(page.permissions_for_user(user).can_publish()) and last_editor_id(page) != user.pk


class PublisherApproval(Task):
    """Approval by a publisher of the page. One task serves all processes: it asks for rights, not for a group."""

    class Meta:
        verbose_name = _("approval by a publisher")
        verbose_name_plural = _("approvals by a publisher")

    def user_can_access_editor(self, obj: Page, user: Any) -> bool:
        return bool(obj.permissions_for_user(user).can_publish())

    def locked_for_user(self, obj: Page, user: Any) -> bool:
        """During review only publishers may edit; the editor who submitted waits, or withdraws."""
        return not obj.permissions_for_user(user).can_publish()

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, Any, bool]]:
        if not obj.permissions_for_user(user).can_publish():
            return []
        actions: list[tuple[str, Any, bool]] = [("reject", _("Request changes"), True)]
        if may_approve(obj, user):
            actions += [("approve", _("Approve"), False), ("approve", _("Approve with comment"), True)]
        return actions

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """Takes the action. The rule is held here too, since a form can be posted past the menu."""
        allowed = {name for name, _label, _modal in self.get_actions(task_state.workflow_state.content_object, user)}
        if action_name in allowed:
            super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
        """Pages waiting for this user's approval: those that the user may publish."""
        waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task=self.task_ptr)
        if user.is_superuser:
            return waiting
        ids = [int(pk) for pk in waiting.values_list("workflow_state__object_id", flat=True)]
        pages = PagePermissionPolicy().instances_user_has_permission_for(user, "publish").filter(pk__in=ids)
        return waiting.filter(workflow_state__object_id__in=[str(pk) for pk in pages.values_list("pk", flat=True)])

    @classmethod
    def get_description(cls) -> str:
        return str(_("Whoever may publish the page approves it, but never their own last edit."))
