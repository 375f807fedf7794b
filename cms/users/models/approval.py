"""The step of the default workflow: a publisher of the page approves it, never their own last edit.

Higher floors add who else may: ``register_reviewers``, for revisers of translated pages.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState
from wagtail.permission_policies.pages import PagePermissionPolicy


@dataclass(frozen=True)
class Reviewers:
    """People who review pages without being publishers of them, and whose work those pages are."""

    # The pages that are a user's to review.
    pages: Callable[[Any], QuerySet[Page]]
    # The keys of the users whose work a page is, so that somebody else has to approve it; None for any other page.
    authors: Callable[[Page], set[int] | None]
    # Whether a page's newest draft is complete.
    ready: Callable[[Page], bool]
    # The keys of the users whom the floor tells by mail of its own that a page waits for them.
    told: Callable[[Page], set[int]]


_reviewers: list[Reviewers] = []


def register_reviewers(reviewers: Reviewers) -> None:
    """Lets more people than publishers review pages."""
    _reviewers.append(reviewers)


def last_editor_id(page: Page) -> int | None:
    """Who saved the page last: the author of its newest revision, else its owner; None for a program's work."""
    revision = page.get_latest_revision()
    editor: int | None = page.owner_id if revision is None else revision.user_id
    return editor


def authors(page: Page) -> set[int | None]:
    """The keys of the users whose work the page is: for most pages of whoever saved it last."""
    known = (entry.authors(page) for entry in _reviewers)
    found = next((people for people in known if people is not None), None)
    return {last_editor_id(page)} if found is None else set(found)


def told_otherwise(page: Page) -> set[int]:
    """The keys of the users who are told by other mail that the page waits for them."""
    return set().union(*(entry.told(page) for entry in _reviewers))


def may_publish(page: Page, user: Any) -> bool:
    """Whether the user may publish the page as it was last saved: a publisher of it whose work it is not."""
    if not page.permissions_for_user(user).can_publish() or last_editor_id(page) == user.pk:
        return False
    return user.pk not in authors(page) and all(entry.ready(page) for entry in _reviewers)


def _reviewing(page: Page, user: Any) -> list[Reviewers]:
    return [entry for entry in _reviewers if entry.pages(user).filter(pk=page.pk).exists()]


def may_review(page: Page, user: Any) -> bool:
    """Whether the page, once it is submitted, is the user's to look through and to send back."""
    return bool(page.permissions_for_user(user).can_publish()) or bool(_reviewing(page, user))


def may_approve(page: Page, user: Any) -> bool:
    """Whether the user may approve the page in review: a publisher or reviewer of it whose work it is not.

    Superusers may approve their own as well, so that a site with one person is never stuck.
    """
    return may_review(page, user) and (user.is_superuser or user.pk not in authors(page))


class PublisherApproval(Task):
    """Approval by a publisher or reviewer of the page. One task for all processes: it asks for rights, not a group."""

    class Meta:
        verbose_name = _("approval by a publisher")
        verbose_name_plural = _("approvals by a publisher")

    def user_can_access_editor(self, obj: Page, user: Any) -> bool:
        return may_review(obj, user)

    def locked_for_user(self, obj: Page, user: Any) -> bool:
        """During review only those who review it may edit; the editor who submitted waits, or withdraws."""
        return not may_review(obj, user)

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, Any, bool]]:
        if not may_review(obj, user):
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
        """Pages waiting for this user's approval: those that the user may publish or review."""
        waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task=self.task_ptr)
        if user.is_superuser:
            return waiting
        ids = [int(pk) for pk in waiting.values_list("workflow_state__object_id", flat=True)]
        everybody = [PagePermissionPolicy().instances_user_has_permission_for(user, "publish")]
        everybody += [entry.pages(user) for entry in _reviewers]
        found = {str(pk) for pages in everybody for pk in pages.filter(pk__in=ids).values_list("pk", flat=True)}
        return waiting.filter(workflow_state__object_id__in=found)

    @classmethod
    def get_description(cls) -> str:
        return str(
            _("Whoever may publish the page approves it, or revises its language, but never their own last edit.")
        )
