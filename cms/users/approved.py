"""What happens to an approved page. Wagtail imports this with its models, so models are imported when it is called."""

from typing import Any


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publishes the newest draft, as Wagtail does, also where its reviewer has no right over "Publish".

    Who may approve was asked when they did (``PublisherApproval.get_actions``).
    """
    from cms.users.models.approval import may_review

    page = workflow_state.content_object
    page.get_latest_revision().publish(user=user, skip_permission_checks=user is not None and may_review(page, user))
