"""Giving out translation: to whom it goes, what is refused and why, what it costs."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from cms.localization.models import NotRequired, TaskEvent, TranslationTask
from cms.users.models import User
from tests import factories, people
from tests.cms.localization.conftest import House, imported_edition
from tests.tree import fresh, plant_report

pytestmark = pytest.mark.django_db

MOST_QUERIES = 75


def address(query: str) -> str:
    return f"{reverse('localization:assign_tasks')}?{query}"


def order(code: str, translator: User, **fields: Any) -> dict[str, Any]:
    """What is posted for one language."""
    data = {"chosen": "on", "translator": translator.pk, "reviser": "", "due_on": "", "priority": 2, "note": ""}
    return {f"{code}-{name}": value for name, value in (data | fields).items()}


def assign(client: Client, query: str, *orders: dict[str, Any]) -> str:
    answer = client.post(address(query), {name: value for data in orders for name, value in data.items()})
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text


def test_a_document_is_given_out_and_opened(
    client: Client, house: House, coordinator: User, anne: User, django_capture_on_commit_callbacks: Any
) -> None:
    reviser = people.reviser_of("fr")
    client.force_login(coordinator)
    due_on = timezone.localdate() + timedelta(days=40)
    data = order("fr", anne, reviser=reviser.pk, due_on=due_on, priority=4, note="For the *plenary*.")
    with django_capture_on_commit_callbacks(execute=True):
        assert "1 task was made." in assign(client, f"key={house.document.uid}", data)
    task = TranslationTask.objects.get()
    assert (task.translation_key, task.locale.language_code, task.kind) == (house.document.uid, "fr", "page")
    assert (task.translator, task.reviser, task.created_by) == (anne, reviser, coordinator)
    assert (task.due_on, task.priority, task.note) == (due_on, 4, "For the *plenary*.")
    assert task.process == house.document.process
    event = TaskEvent.objects.get()
    assert (event.action, event.by, event.after) == ("assigned", coordinator, "Anne Moreau")
    translation = Translation.objects.get(source__object_id=house.document.uid)
    assert translation.target_locale.language_code == "fr"


def test_all_documents_of_a_session_get_the_proposed_date(
    client: Client, house: House, coordinator: User, anne: User
) -> None:
    opens = timezone.localdate() + timedelta(weeks=30)
    opens -= timedelta(days=opens.weekday())
    session = factories.SessionFactory(working_group__process=house.document.process, starts_on=opens, ends_on=opens)
    house.document.session = session
    house.document.save()
    due = opens - timedelta(weeks=6)
    client.force_login(coordinator)
    page = client.get(address(f"session={session.pk}")).content.decode()
    assert f'value="{due:%Y-%m-%d}"' in page
    assign(client, f"session={session.pk}", order("fr", anne))
    assert TranslationTask.objects.get().due_on == due


def test_what_is_refused_is_told_with_the_reason(client: Client, house: House, coordinator: User, anne: User) -> None:
    imported_edition(house, "es")
    arabic = Locale.objects.get(language_code="ar")
    NotRequired.objects.create(translation_key=house.document.uid, locale=arabic, reason="Informal paper")
    file_only = factories.OfficialDocumentFactory(process=house.document.process, symbol="KP/2018/9")
    client.force_login(coordinator)
    spanish, egyptian, english = (people.translator_of(code) for code in ("es", "ar", "en"))
    orders = [order("fr", anne), order("es", spanish), order("ar", egyptian), order("en", english)]
    query = f"key={house.document.uid}"
    page = assign(client, query, *orders)
    for reason in (
        "The document has an edition of its own in this language.",
        "Not required: Informal paper",
        "It is written in this language.",
    ):
        assert reason in page
    again = assign(client, query, order("fr", anne))
    assert "0 tasks were made." in again
    assert "Assigned already: Anne Moreau" in again
    page = assign(client, f"key={file_only.uid}", order("fr", anne))
    assert "It has no page to translate from, and no file in this language is awaited." in page
    assert TranslationTask.objects.count() == 1


def test_an_awaited_file_is_given_out_without_a_page(
    client: Client, house: House, coordinator: User, anne: User
) -> None:
    document = factories.OfficialDocumentFactory(process=house.document.process, symbol="KP/2018/9")
    factories.LanguageVersionFactory(document=document, language="fr", state="awaited")
    client.force_login(coordinator)
    assign(client, f"key={document.uid}", order("fr", anne))
    assert TranslationTask.objects.get().kind == "file"


def test_pages_of_the_process_are_given_out(client: Client, house: House, coordinator: User, anne: User) -> None:
    page = factories.StandardPageFactory(parent=fresh(house.processes["en"]), title="About us")
    client.force_login(coordinator)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "localization_assign"])
    answer = client.get(f"{bulk}?id={page.pk}&next=/admin/")
    assert answer["Location"] == address(f"id={page.pk}")
    assign(client, f"id={page.pk}", order("fr", anne))
    assert TranslationTask.objects.get().translation_key == page.translation_key
    everything = client.get(f"{bulk}?id=all&childOf={house.processes['en'].pk}")
    listed = client.get(everything["Location"]).content.decode()
    assert "About us" in listed
    assert "KP/2017/1" in listed


def test_mistakes_are_told_and_nothing_typed_is_lost(
    client: Client, house: House, coordinator: User, anne: User
) -> None:
    client.force_login(coordinator)
    both = people.reviser_of("fr")
    both.groups.add(*anne.groups.all())
    where = address(f"key={house.document.uid}")
    answer = client.post(where, order("fr", both, reviser=both.pk, note="Careful"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "The reviser must be another person than the translator." in page
    assert "Careful" in page
    stranger = people.translator_of("es")
    for data, sentence in (
        ({}, "Choose a language."),
        ({"fr-chosen": "on", "fr-priority": "2"}, "Choose the translator."),
        (order("fr", stranger), "Choose somebody of the list."),
        (order("fr", anne, due_on="soon"), "Enter a valid date."),
        (order("fr", anne, due_on=timezone.localdate() - timedelta(days=1)), "This day is over."),
        (order("fr", anne, due_on="9999-12-31"), "This is more than 10 years away."),
        (order("fr", anne, priority="9"), "Select a valid choice."),
    ):
        answer = client.post(where, data)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    assert not TranslationTask.objects.exists()


@pytest.mark.parametrize("query", ["", "session=x&key=y&id=-1&below=99999999", "key=%00", "id=" + "9" * 40])
def test_whatever_the_address_says_there_is_a_page(client: Client, coordinator: User, query: str) -> None:
    client.force_login(coordinator)
    assert "Nothing that you coordinate is chosen." in client.get(address(query)).content.decode()


def test_what_is_another_process_s_is_neither_shown_nor_given_out(client: Client, house: House, anne: User) -> None:
    stranger = people.coordinator_of(factories.ProcessFactory())
    client.force_login(stranger)
    where = address(f"key={house.document.uid}&id={house.report.pk}&id={house.tree.homes['en'].pk}")
    page = client.get(where).content.decode()
    assert "KP/2017/1" not in page
    client.post(where, order("fr", anne))
    assert not TranslationTask.objects.exists()
    for user in (anne, people.editor_of(house.document.process), people.publisher_of(house.document.process)):
        client.force_login(user)
        assert client.get(where)["Location"] == reverse("wagtailadmin_home")
        client.post(where, order("fr", anne))
    assert not TranslationTask.objects.exists()


def test_many_documents_in_five_languages_cost_few_queries(client: Client, house: House, coordinator: User) -> None:
    session = factories.SessionFactory(working_group__process=house.document.process)
    parent = house.processes["en"]
    for number in range(100):
        document = factories.OfficialDocumentFactory(
            process=house.document.process, symbol=f"KP/2019/{number}", session=session
        )
        plant_report(fresh(parent), document, title=f"Paper {number}")
    for code in ("ru", "zh-hans"):
        factories.LocaleFactory(language_code=code)
    orders = [order(code, people.translator_of(code)) for code in ("fr", "es", "ar", "ru", "zh-hans")]
    client.force_login(coordinator)
    with CaptureQueriesContext(connection) as queries:
        page = assign(client, f"session={session.pk}", *orders)
    assert "500 tasks were made." in page
    assert len(queries) <= MOST_QUERIES
    assert Page.objects.count() > 100
    with CaptureQueriesContext(connection) as again:
        page = assign(client, f"session={session.pk}", *orders)
    assert "0 tasks were made." in page
    assert len(again) <= len(queries)
    assert TranslationTask.objects.count() == TaskEvent.objects.count() == 500


def test_the_only_translator_of_a_language_is_proposed(
    client: Client, house: House, coordinator: User, anne: User
) -> None:
    client.force_login(coordinator)
    where = address(f"key={house.document.uid}")
    assert "selected>Anne Moreau</option>" in client.get(where).content.decode()
    people.translator_of("fr")
    assert "selected>Anne Moreau</option>" not in client.get(where).content.decode()
