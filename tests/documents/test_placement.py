"""Where web editions stand in the tree: under their session, body or process, and moved with the facts."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page

from cms.meetings.models import SessionPage
from cms.processes.models import Process, ProcessPage, WorkingGroupPage
from cms.users.models import User
from documents.models import OfficialDocument, ReportPage
from documents.placement import parent_for
from tests import factories, people
from tests.tree import Tree, fresh, plant_body, plant_process, plant_report, plant_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def process() -> Any:
    return factories.ProcessFactory(code="alpha")


@pytest.fixture
def pages(tree: Tree, process: Process) -> dict[str, ProcessPage]:
    return plant_process(tree, process, ["en", "fr"])


@pytest.fixture
def bodies(pages: dict[str, ProcessPage], process: Process) -> dict[str, WorkingGroupPage]:
    return plant_body(pages, factories.WorkingGroupFactory(process=process))


@pytest.fixture
def sessions(bodies: dict[str, WorkingGroupPage]) -> dict[str, SessionPage]:
    return plant_session(bodies, factories.SessionFactory(working_group=bodies["en"].working_group))


def locale(code: str) -> Locale:
    return Locale.objects.get(language_code=code)


def test_the_nearest_page_in_the_language_is_the_parent(
    tree: Tree, process: Process, pages: dict[str, ProcessPage], sessions: dict[str, SessionPage]
) -> None:
    session = sessions["en"].session
    of_session = factories.OfficialDocumentFactory(process=process, session=session)
    of_body = factories.OfficialDocumentFactory(process=process, working_group=session.working_group)
    of_process = factories.OfficialDocumentFactory(process=process)
    for code in ("en", "fr"):
        assert parent_for(of_session, locale(code)) == sessions[code]
        assert isinstance(parent_for(of_body, locale(code)), WorkingGroupPage)
        assert parent_for(of_process, locale(code)) == pages[code]
    assert parent_for(of_session, locale("ru")) == tree.archives["ru"]
    assert parent_for(of_session, factories.LocaleFactory(language_code="ar")) is None


def test_an_alias_is_no_parent(tree: Tree, process: Process, pages: dict[str, ProcessPage]) -> None:
    pages["en"].copy_for_translation(locale("ru"), copy_parents=True, alias=True)
    document = factories.OfficialDocumentFactory(process=process)
    assert parent_for(document, locale("ru")) == tree.archives["ru"]


def test_finding_the_parent_takes_four_queries_at_most(
    process: Process, sessions: dict[str, SessionPage], django_assert_max_num_queries: Any
) -> None:
    document = factories.OfficialDocumentFactory(process=process, session=sessions["en"].session)
    russian = locale("ru")
    with django_assert_max_num_queries(4):
        parent_for(document, russian)


def test_editions_move_with_the_session_and_keep_their_address(
    process: Process, pages: dict[str, ProcessPage], sessions: dict[str, SessionPage]
) -> None:
    document = factories.OfficialDocumentFactory(process=process, symbol="ALPHA/1")
    editions = [plant_report(pages[code], document) for code in ("en", "fr")]
    addresses = [edition.url for edition in editions]
    document.session = sessions["en"].session
    document.save()
    for code, edition, address in zip(("en", "fr"), editions, addresses, strict=True):
        assert fresh(edition).get_parent().specific == sessions[code]
        assert fresh(edition).url == address
    assert Page.find_problems() == ([], [], [], [], [])


def test_editions_move_with_the_process(tree: Tree, process: Process, pages: dict[str, ProcessPage]) -> None:
    other = plant_process(tree, factories.ProcessFactory(code="beta"))
    document = factories.OfficialDocumentFactory(process=process)
    edition = plant_report(pages["en"], document)
    editor, publisher = people.editor_of(process), people.publisher_of(other["en"].process)
    assert fresh(edition).permissions_for_user(editor).can_edit()
    document.process = other["en"].process
    document.save()
    assert fresh(edition).get_parent().specific == other["en"]
    assert not fresh(edition).permissions_for_user(editor).can_edit()
    assert fresh(edition).permissions_for_user(publisher).can_publish()


def test_a_taken_slug_is_changed_in_the_draft_too(process: Process, pages: dict[str, ProcessPage], tree: Tree) -> None:
    other = plant_process(tree, factories.ProcessFactory(code="beta"))
    document = factories.OfficialDocumentFactory(process=process, symbol="A/1")
    factories.StandardPageFactory(parent=fresh(other["en"]), title="a-1", slug="a-1")
    edition = plant_report(pages["en"], document)
    edition.save_revision()
    document.process = other["en"].process
    document.save()
    moved = fresh(edition)
    assert (moved.slug, moved.get_parent().specific) == ("a-1-2", other["en"])
    moved.latest_revision.publish()
    assert fresh(edition).slug == "a-1-2"


def test_an_edition_moved_by_hand_stays_while_the_facts_stay(
    process: Process, pages: dict[str, ProcessPage], sessions: dict[str, SessionPage]
) -> None:
    document = factories.OfficialDocumentFactory(process=process, session=sessions["en"].session)
    edition = plant_report(pages["en"], document)
    document.kind = OfficialDocument.Kind.NOTE
    document.save()
    assert fresh(edition).get_parent().specific == pages["en"]


def test_a_page_of_a_record_does_not_move_to_another_process(
    client: Client, tree: Tree, process: Process, pages: dict[str, ProcessPage]
) -> None:
    other = plant_process(tree, factories.ProcessFactory(code="beta"))
    edition = plant_report(pages["en"], factories.OfficialDocumentFactory(process=process))
    client.force_login(people.superuser())
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[edition.pk, other["en"].pk]))
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    client.post(f"{bulk}?id={edition.pk}&next=/admin/", {"chooser": other["en"].pk})
    assert fresh(edition).get_parent().specific == pages["en"]
    body = plant_body(pages, factories.WorkingGroupFactory(process=process))["en"]
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[edition.pk, body.pk]))
    assert fresh(edition).get_parent().specific == body


def test_a_page_of_a_record_is_made_in_its_own_process_by_its_editors(
    client: Client, tree: Tree, process: Process, pages: dict[str, ProcessPage]
) -> None:
    foreign = factories.OfficialDocumentFactory(process=factories.ProcessFactory(code="beta"))
    own = factories.OfficialDocumentFactory(process=process)
    address = reverse("wagtailadmin_pages:add", args=["documents", "reportpage", pages["en"].pk])

    def post(user: User, document: OfficialDocument | None) -> str:
        client.force_login(user)
        return client.post(address, page_fields("A", "a", document)).content.decode()

    editor = people.editor_of(process)
    assert "belongs to a process that you do not work on" in post(editor, foreign)
    assert "This place belongs to another process" in post(people.superuser(), foreign)
    post(people.translator_of("en"), own)
    post(editor, None)
    assert not ReportPage.objects.exists()
    post(editor, own)
    assert ReportPage.objects.get().document == own
    assert "There is a page for this in this language already" in post(editor, own)


def page_fields(title: str, slug: str, document: OfficialDocument | None) -> dict[str, str]:
    """What the form of a web edition posts, with an empty text."""
    fields = {"title": title, "slug": slug, "document": str(document.pk if document else ""), "body-count": "0"}
    for formset in ("footnotes", "comments"):
        fields |= {f"{formset}-{count}": "0" for count in ("TOTAL_FORMS", "INITIAL_FORMS")}
    return fields


def test_the_record_of_a_page_is_chosen_once(client: Client, process: Process, pages: dict[str, ProcessPage]) -> None:
    edition = plant_report(pages["en"], factories.OfficialDocumentFactory(process=process))
    other = factories.OfficialDocumentFactory(process=process)
    client.force_login(people.editor_of(process))
    address = reverse("wagtailadmin_pages:edit", args=[edition.pk])
    html = client.get(address).content.decode()
    assert 'name="document"' not in html
    assert str(edition.document) in html
    client.post(address, page_fields("B", edition.slug, other))
    assert fresh(edition).latest_revision.as_object().document == edition.document
    assert fresh(edition).latest_revision.as_object().title == "B"


def test_pages_of_records_are_not_copied(
    client: Client, tree: Tree, process: Process, pages: dict[str, ProcessPage]
) -> None:
    edition = plant_report(pages["en"], factories.OfficialDocumentFactory(process=process))
    client.force_login(people.superuser())
    count = Page.objects.count()
    for page in (edition, pages["en"], tree.processes["en"]):
        fields = {"new_title": "X", "new_slug": "x", "new_parent_page": page.get_parent().pk, "copy_subpages": "on"}
        response = client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), fields, follow=True)
        assert "This cannot be copied" in response.content.decode()
    assert Page.objects.count() == count
    plain = factories.StandardPageFactory(parent=fresh(tree.homes["en"]), title="Plain", slug="plain")
    assert client.get(reverse("wagtailadmin_pages:copy", args=[plain.pk])).status_code == 200
