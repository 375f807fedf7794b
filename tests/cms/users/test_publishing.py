"""Four eyes: an editor submits, a publisher approves, and nobody publishes their own last edit."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, TaskState, Workflow

from cms.users.models import PublisherApproval, User
from home.models import StandardPage
from tests import factories, people
from tests.tree import fresh, plant, plant_process

pytestmark = pytest.mark.django_db


@pytest.fixture
def process() -> Any:
    return factories.ProcessFactory(code="alpha")


@pytest.fixture
def page(process: Any) -> StandardPage:
    """A live page in the section of a process."""
    pages = plant_process(plant(), process)
    made: StandardPage = factories.StandardPageFactory(parent=fresh(pages["en"]), title="About", slug="about")
    made.save_revision().publish()
    return made


@pytest.fixture
def editor(process: Any, page: Page) -> User:
    return people.editor_of(process)


@pytest.fixture
def publisher(process: Any, page: Page) -> User:
    return people.publisher_of(process)


def post(client: Client, user: User, page: Page, title: str, **action: str) -> str:
    """Posts the page's form as the user, and gives the text of the page that follows."""
    client.force_login(user)
    fields = {
        "title": title,
        "slug": page.slug,
        "summary": "",
        "body-count": "0",
        "search_description": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {**fields, **action}, follow=True)
    return response.content.decode()


def live_title(page: Page) -> str:
    title: str = Page.objects.get(pk=page.pk).title
    return title


def draft_title(page: Page) -> str:
    title: str = Page.objects.get(pk=page.pk).latest_revision.content["title"]
    return title


def waiting(page: Page) -> TaskState:
    return TaskState.objects.get(workflow_state__object_id=str(page.pk), status=TaskState.STATUS_IN_PROGRESS)


def act(client: Client, user: User, page: Page, action: str) -> int:
    """Takes a workflow action in the window that the moderation lists open."""
    client.force_login(user)
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, waiting(page).pk])
    return client.post(address, {"comment": ""}).status_code


def test_the_default_workflow_binds_every_page(page: Page) -> None:
    assert [workflow.name for workflow in Workflow.objects.filter(active=True)] == ["Publisher approval"]
    assert isinstance(page.get_workflow().tasks.get().specific, PublisherApproval)


def test_an_editor_submits_and_a_publisher_approves(client: Client, page: Page, editor: User, publisher: User) -> None:
    post(client, editor, page, "Changed", **{"action-submit": "1"})
    assert live_title(page) == "About"
    assert [message.to for message in mail.outbox] == [[publisher.email]]

    client.force_login(publisher)
    assert "Changed" in client.get(reverse("wagtailadmin_home")).content.decode()
    assert act(client, publisher, page, "approve") == 302
    assert live_title(page) == "Changed"


def test_an_editor_does_not_approve_and_waits_during_review(client: Client, page: Page, editor: User) -> None:
    post(client, editor, page, "Changed", **{"action-submit": "1"})
    assert act(client, editor, page, "approve") == 302
    assert live_title(page) == "About"
    post(client, editor, page, "Changed again")
    assert draft_title(page) == "Changed"


def test_a_publisher_asks_for_changes(client: Client, page: Page, editor: User, publisher: User) -> None:
    post(client, editor, page, "Changed", **{"action-submit": "1"})
    act(client, publisher, page, "reject")
    assert live_title(page) == "About"
    post(client, editor, page, "Better", **{"action-submit": "1"})
    act(client, publisher, page, "approve")
    assert live_title(page) == "Better"


def test_a_publisher_does_not_approve_their_own_edit(client: Client, page: Page, publisher: User) -> None:
    post(client, publisher, page, "Mine", **{"action-submit": "1"})
    assert act(client, publisher, page, "approve") == 302
    assert live_title(page) == "About"
    client.force_login(publisher)
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert 'data-workflow-action-name="approve"' not in html


def test_another_publisher_approves_it(client: Client, page: Page, process: Any, publisher: User) -> None:
    post(client, publisher, page, "Mine", **{"action-submit": "1"})
    act(client, people.publisher_of(process), page, "approve")
    assert live_title(page) == "Mine"


def test_changing_and_approving_at_once_saves_and_does_not_publish(
    client: Client, page: Page, editor: User, publisher: User
) -> None:
    post(client, editor, page, "Theirs", **{"action-submit": "1"})
    text = post(
        client,
        publisher,
        page,
        "Mine",
        **{"action-workflow-action": "true", "workflow-action-name": "approve"},
    )
    assert live_title(page) == "About"
    assert draft_title(page) == "Mine"
    assert "Saved, but not approved" in text


def test_publish_is_not_offered_and_saves_a_draft_when_posted(client: Client, page: Page, publisher: User) -> None:
    client.force_login(publisher)
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert 'name="action-publish"' not in html
    assert 'name="action-submit"' in html
    assert reverse("wagtailadmin_pages:unpublish", args=[page.pk]) in html

    text = post(client, publisher, page, "Mine", **{"action-publish": "action-publish"})
    assert live_title(page) == "About"
    assert draft_title(page) == "Mine"
    assert "nobody publishes their own edit" in text


def test_a_new_page_is_not_published_at_once(client: Client, page: Page, publisher: User) -> None:
    """Wagtail adds the page live before it asks whether it may be published."""
    client.force_login(publisher)
    address = reverse("wagtailadmin_pages:add", args=["home", "standardpage", page.get_parent().pk])
    fields = {"title": "New", "slug": "new", "summary": "", "body-count": "0", "action-publish": "action-publish"}
    fields |= {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    client.post(address, fields)
    assert not StandardPage.objects.get(slug="new").live


def test_a_superuser_publishes(client: Client, page: Page) -> None:
    post(client, people.superuser(), page, "Mine", **{"action-publish": "action-publish"})
    assert live_title(page) == "Mine"


def test_an_administrator_is_bound_too(client: Client, page: Page) -> None:
    post(client, people.administrator(), page, "Mine", **{"action-publish": "action-publish"})
    assert live_title(page) == "About"


def test_bulk_publishing_takes_only_what_others_saved_last(
    client: Client, page: StandardPage, publisher: User, editor: User
) -> None:
    theirs = factories.StandardPageFactory(parent=fresh(page), title="Theirs", slug="theirs", live=False)
    mine = factories.StandardPageFactory(parent=fresh(page), title="Mine", slug="mine", live=False)
    below = factories.StandardPageFactory(parent=fresh(theirs), title="Below", slug="below", live=False)
    theirs.save_revision(user=editor)
    mine.save_revision(user=publisher)
    below.save_revision(user=publisher)
    client.force_login(publisher)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{address}?id={theirs.pk}&id={mine.pk}&next=/admin/", {"include_descendants": "on"})
    live = {one.title: one.live for one in Page.objects.filter(pk__in=[theirs.pk, mine.pk, below.pk])}
    assert live == {"Theirs": True, "Mine": False, "Below": False}


def test_unpublishing_needs_no_second_pair_of_eyes(client: Client, page: Page, publisher: User) -> None:
    client.force_login(publisher)
    client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    assert not Page.objects.get(pk=page.pk).live


def test_the_moderation_list_of_another_process_is_empty(client: Client, page: Page, editor: User) -> None:
    other = factories.ProcessFactory(code="beta")
    stranger = people.publisher_of(other)
    post(client, editor, page, "Changed", **{"action-submit": "1"})
    assert TaskState.objects.reviewable_by(stranger).count() == 0
    assert act(client, stranger, page, "approve") in (302, 403)
    assert live_title(page) == "About"
