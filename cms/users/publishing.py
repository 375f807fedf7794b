"""Four eyes: nobody publishes their own last edit, whichever way. Superusers may, so that a site is never stuck.

Wagtail's "Publish" saves the form as the user's own edit and publishes that, so it is never allowed; publishing goes
through the workflow, where another publisher approves, or through the bulk action on pages that others saved last.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.action_menu import PublishMenuItem
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.models import Page

from cms.users.models.approval import may_publish


def refusal() -> str:
    """What a publisher reads who tried to publish an edit of their own."""
    return _("Not published: nobody publishes their own edit. Submit the page, and another publisher approves it.")


def hide_publish(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Takes "Publish" off the editor's menu; "Submit", "Approve" and "Unpublish" stay."""
    if not request.user.is_superuser:
        menu_items[:] = [item for item in menu_items if not isinstance(item, PublishMenuItem)]


def save_instead_of_publishing(request: HttpRequest, *args: Any) -> None:
    """Turns a posted "Publish" into "Save draft", so that the work is kept, and says why.

    Runs before the page is added or edited: Wagtail adds a page live before it asks whether it may be published.
    """
    user: Any = request.user
    if request.method == "POST" and "action-publish" in request.POST and not user.is_superuser:
        posted = request.POST.copy()
        del posted["action-publish"]
        request.POST = posted  # type: ignore[assignment]  # the same fields but one
        messages.warning(request, refusal())


def refuse_own_edit(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The last door, for whatever way of publishing asks it: leads back to the page with the reason."""
    user: Any = request.user
    if user.is_superuser or may_publish(page, user):
        return None
    messages.error(request, refusal())
    return redirect("wagtailadmin_pages:edit", page.pk)


def explain_missing_approval(request: HttpRequest, page: Page) -> None:
    """Says so when a publisher changed a page and approved it at once: the change was saved and is now their own."""
    approving = request.POST.get("action-workflow-action") and request.POST.get("workflow-action-name") == "approve"
    if approving and page.workflow_in_progress:
        messages.warning(request, _("Saved, but not approved: nobody approves their own edit."))


class PublishOthersEdits(PublishBulkAction):
    """Publishes several pages: only those that somebody else saved last, drafts below them included."""

    def check_perm(self, page: Page) -> bool:
        user: Any = self.request.user
        return super().check_perm(page) and (user.is_superuser or may_publish(page, user))

    @classmethod
    def execute_action(
        cls, objects: list[Page], include_descendants: bool = False, user: Any = None, **kwargs: Any
    ) -> tuple[int, int]:
        """Publishes the pages, then, if asked, the drafts below them as far as the same rule allows."""
        parents, _children = super().execute_action(objects, include_descendants=False, user=user, **kwargs)
        drafts = [
            draft
            for page in (objects if include_descendants else [])
            for draft in page.get_descendants().not_live().specific()
            if user is None or user.is_superuser or may_publish(draft, user)
        ]
        children, _none = super().execute_action(drafts, include_descendants=False, user=user, **kwargs)
        return parents, children
