"""A new document from a session's page: record, language version and draft page in one step, or nothing."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from cms.meetings.models import SessionPage
from documents.models import LanguageVersion, OfficialDocument, ReportPage
from tests import factories, people
from tests.records import World, errors_of
from tests.tree import Tree, fresh, plant_process, plant_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def session_page(tree: Tree) -> SessionPage:
    process = factories.ProcessFactory(code="untoc", symbol_heads=["CTOC/COP"])
    pages = plant_process(tree, process)
    session = factories.SessionFactory(working_group__process=process, number=10)
    factories.AgendaItemFactory(session=session, number="2")
    return plant_session(pages, session)["en"]


@pytest.fixture
def editor(client: Client, session_page: SessionPage) -> Client:
    client.force_login(people.editor_of(session_page.session.process))
    return client


def address(page: SessionPage) -> str:
    return reverse("new_document", args=[page.pk])


FIELDS = {
    "symbol": "CTOC/COP/2020/3",
    "title": "Activities of the working group",
    "language": "en",
    "kind": "note",
    "date": "2020-07-01",
    "distribution": "general",
    "access": "public",
    "web_edition": "on",
}


def test_record_version_and_draft_are_made_together(editor: Client, session_page: SessionPage) -> None:
    item = session_page.session.agenda_items.get()
    response = editor.post(address(session_page), {**FIELDS, "agenda_items": [item.pk]})
    document = OfficialDocument.objects.get(symbol="CTOC/COP/2020/3")
    version = LanguageVersion.objects.get(document=document)
    page = ReportPage.objects.get(document=document)
    assert response.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert (document.session, document.process) == (session_page.session, session_page.session.process)
    assert list(document.agenda_items.all()) == [item]
    assert (document.original_language, document.working_group) == ("en", session_page.session.working_group)
    assert (version.title, version.state, version.origin) == (FIELDS["title"], "held", "written")
    assert (page.live, page.slug, page.translation_key) == (False, "ctoc-cop-2020-3", document.uid)
    assert page.get_parent().specific == session_page
    assert page.latest_revision is not None
    assert ModelLogEntry.objects.filter(object_id=str(document.pk), action="wagtail.create").count() == 1
    assert editor.get(response.url).status_code == 200


def test_without_a_web_edition_it_leads_to_the_record(editor: Client, session_page: SessionPage) -> None:
    fields = {name: value for name, value in FIELDS.items() if name != "web_edition"}
    response = editor.post(address(session_page), fields)
    document = OfficialDocument.objects.get()
    assert f"/officialdocument/edit/{document.pk}/" in response.url
    assert not ReportPage.objects.exists()


def test_a_symbol_that_is_taken_is_a_message_and_nothing_is_made(editor: Client, session_page: SessionPage) -> None:
    factories.OfficialDocumentFactory(symbol="CTOC/COP/2020/3")
    factories.FormerSymbolFactory(symbol="CTOC/COP/2020/4")
    for symbol in ("CTOC/COP/2020/3", "ctoc/cop/2020/ 3", "СТОС/СОР/2020/3", "CTOC/COP/2020/4"):
        refused = errors_of(editor.post(address(session_page), {**FIELDS, "symbol": symbol}))
        assert set(refused) == {"symbol"}, symbol
    assert not LanguageVersion.objects.exists()
    assert not ReportPage.objects.exists()


def test_a_symbol_taken_in_the_meantime_is_a_message_too(
    editor: Client, session_page: SessionPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form's check sees nothing yet; the database refuses."""
    factories.OfficialDocumentFactory(symbol="CTOC/COP/2020/3")
    monkeypatch.setattr(OfficialDocument, "clean", OfficialDocument.derive)
    monkeypatch.setattr(OfficialDocument, "validate_unique", lambda *args, **kwargs: None)
    monkeypatch.setattr(OfficialDocument, "_perform_unique_checks", lambda *args, **kwargs: {}, raising=False)
    refused = errors_of(editor.post(address(session_page), FIELDS))
    assert refused == {"symbol": ["This symbol has just been taken."]}
    assert not LanguageVersion.objects.exists()


def test_nothing_is_made_where_the_page_has_no_place(editor: Client, session_page: SessionPage, tree: Tree) -> None:
    refused = errors_of(editor.post(address(session_page), {**FIELDS, "language": "ar"}))
    assert "no page in this language" in refused["__all__"][0]
    assert not OfficialDocument.objects.exists()
    assert not LanguageVersion.objects.exists()


def test_other_sessions_agenda_items_are_no_choice(editor: Client, session_page: SessionPage) -> None:
    foreign = factories.AgendaItemFactory()
    assert f'value="{foreign.pk}"' not in editor.get(address(session_page)).content.decode()
    assert set(errors_of(editor.post(address(session_page), {**FIELDS, "agenda_items": [foreign.pk]}))) == {
        "agenda_items"
    }


def test_the_button_and_the_form_are_for_editors_of_the_process(
    client: Client, session_page: SessionPage, foreign: World
) -> None:
    link = address(session_page)
    editor = people.editor_of(session_page.session.process)
    for user, allowed in (
        (editor, True),
        (people.archive_officer(), True),
        (people.translator_of("en"), False),
        (people.editor_of(foreign.process), False),
    ):
        client.force_login(user)
        assert (client.get(link).status_code == 200) is allowed
        assert (
            client.post(link, FIELDS).status_code == 302
            and OfficialDocument.objects.filter(symbol=FIELDS["symbol"]).exists()
        ) is allowed
        OfficialDocument.objects.filter(symbol=FIELDS["symbol"]).update(symbol=None, symbol_key=None)
        for view in ("wagtailadmin_explore", "wagtailadmin_pages:edit"):
            page = client.get(reverse(view, args=[session_page.pk]), follow=True).content.decode()
            assert (link in page) is allowed, (user, view)


def test_the_language_is_that_of_the_page(editor: Client, session_page: SessionPage) -> None:
    french = session_page.get_translations().get(locale__language_code="fr").specific
    assert editor.get(address(french)).context["form"]["language"].value() == "fr"


def test_slugs_stay_apart(editor: Client, session_page: SessionPage) -> None:
    for symbol in ("A/1.2", "A/1-2", "A/1/2"):
        editor.post(address(session_page), {**FIELDS, "symbol": symbol})
    assert set(ReportPage.objects.values_list("slug", flat=True)) == {"a-1-2", "a-1-2-2", "a-1-2-3"}


def test_it_takes_a_bounded_number_of_queries(editor: Client, session_page: SessionPage) -> None:
    editor.get(address(session_page))
    with CaptureQueriesContext(connection) as captured:
        assert editor.post(address(session_page), FIELDS).status_code == 302
    assert len(captured) <= 140


def test_a_page_that_is_no_session_has_no_button(editor: Client, session_page: SessionPage) -> None:
    parent = fresh(session_page).get_parent()
    assert "new-document" not in editor.get(reverse("wagtailadmin_explore", args=[parent.pk])).content.decode()
