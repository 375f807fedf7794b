"""The form of a session's page, as its editor gets it."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.meetings.models import Session, SessionPage
from cms.processes.models import ProcessPage
from tests import factories, people, tree
from tests.records import save_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> SessionPage:
    """The English page of a session with items 2 and 1, whose process has another session with item 7."""
    process = factories.ProcessFactory()
    body = factories.WorkingGroupFactory(process=process)
    session = factories.SessionFactory(working_group=body)
    factories.AgendaItemFactory(session=session, number="2", sort_order=1)
    factories.AgendaItemFactory(session=session, number="1", sort_order=0)
    factories.AgendaItemFactory(session=factories.SessionFactory(working_group=body), number="7")
    return tree.plant_session(tree.plant_process(tree.plant(["en"]), process), session)["en"]


@pytest.fixture
def editor(page: SessionPage, client: Client) -> Client:
    client.force_login(people.editor_of(page.session.process))
    return client


def edit(page: SessionPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def offered(html: str, row: str = "__prefix__") -> list[str]:
    """The agenda items that a row of the form offers; `__prefix__` is the row that "Add" makes."""
    start = html.index(f'<select name="agenda_titles-{row}-item"')
    return re.findall(r"<option[^>]*>\s*([^<]*?)\s*</option>", html[start : html.index("</select>", start)])


def test_titles_are_given_to_items_of_this_session_only(editor: Client, page: SessionPage) -> None:
    factories.AgendaTitleFactory(page=page, item=page.session.agenda_items.get(number="2"), title="Review")
    html = editor.get(edit(page)).content.decode()
    assert offered(html) == offered(html, "0") == ["---------", "1", "2"]


def test_an_item_of_another_session_is_refused(editor: Client, page: SessionPage) -> None:
    own = page.session.agenda_items.get(number="1")
    foreign = Session.objects.exclude(pk=page.session_id).get().agenda_items.get()
    row = {"agenda_titles__0__title": "Opening", "agenda_titles__0__ORDER": "1", "agenda_titles__0__id": ""}
    row |= {"agenda_titles__0__annotation": "null", "agenda_titles__0__DELETE": "", "agenda_titles__TOTAL_FORMS": "1"}
    refused = save_form(editor, edit(page), **row, agenda_titles__0__item=str(foreign.pk))
    assert refused.status_code == 200
    assert "item" in refused.context["form"].formsets["agenda_titles"].errors[0]
    assert save_form(editor, edit(page), **row, agenda_titles__0__item=str(own.pk)).status_code == 302
    [title] = SessionPage.objects.get(pk=page.pk).get_latest_revision_as_object().agenda_titles.all()
    assert (title.item, title.title) == (own, "Opening")


def test_a_long_agenda_is_read_once(editor: Client, page: SessionPage) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert editor.get(edit(page)).status_code == 200
        return sum('FROM "meetings_agendaitem"' in query["sql"] for query in captured)

    for item in page.session.agenda_items.all():
        factories.AgendaTitleFactory(page=page, item=item)
    queries()
    few = queries()
    for item in factories.AgendaItemFactory.create_batch(6, session=page.session):
        factories.AgendaTitleFactory(page=page, item=item)
    assert queries() <= few + 6  # Wagtail asks for each row's own item; the choices are read once


def test_a_new_page_says_what_comes_first(editor: Client, page: SessionPage) -> None:
    parent = ProcessPage.objects.get()
    html = editor.get(reverse("wagtailadmin_pages:add", args=["meetings", "sessionpage", parent.pk])).content.decode()
    assert offered(html) == ["Choose the session and save the page first"]
