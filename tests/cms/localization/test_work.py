"""My work, the coordinators' list, one task, the calendar: what they show, to whom, and what they cost."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile
from wagtail_localize.models import Translation

from cms.localization.assignments.calendars import calendar_path
from cms.localization.models import TaskEvent, TranslationTask
from cms.users.models import User
from tests import factories, people
from tests.cms.localization.conftest import House
from tests.cms.localization.test_roles import handed_in
from tests.cms.localization.test_tasks import task_for

pytestmark = pytest.mark.django_db

MOST_QUERIES = 40


def get(client: Client, name: str, query: str = "", *args: Any) -> str:
    answer = client.get(f"{reverse(f'localization:{name}', args=args)}?{query}")
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text


def titles(client: Client, name: str, query: str) -> list[str]:
    answer = client.get(f"{reverse(f'localization:{name}')}?{query}&format=csv")
    return [row[0] for row in csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))][1:]


def known(house: House, symbol: str) -> Any:
    """A document that everybody may read."""
    document = factories.OfficialDocumentFactory(process=house.document.process, symbol=symbol)
    factories.LanguageVersionFactory(document=document, language="en", state="released", title=f"Paper {symbol}")
    return document


def test_my_work_shows_what_is_mine_in_parts(
    client: Client, house: House, anne: User, translator: User, french: Translation
) -> None:
    today = timezone.localdate()
    task_for(house.document.uid, translator=translator, reviser=anne)
    for symbol, days in (("KP/1", -1), ("KP/2", 3), ("KP/3", 30)):
        task_for(known(house, symbol).uid, translator=anne, due_on=today + timedelta(days=days))
    task_for(known(house, "KP/4").uid, translator=anne, state="done")
    task_for(known(house, "KP/5").uid, translator=translator)
    handed_in(client, translator, french)
    client.force_login(anne)
    assert len(titles(client, "my_work", "")) == 4
    assert titles(client, "my_work", "")[0] == "KP/1 – Paper KP/1"
    assert titles(client, "my_work", "show=mine") == [f"KP/{n} – Paper KP/{n}" for n in (1, 2, 3)]
    assert titles(client, "my_work", "show=soon") == ["KP/2 – Paper KP/2"]
    assert titles(client, "my_work", "show=overdue") == ["KP/1 – Paper KP/1"]
    assert titles(client, "my_work", "show=done") == ["KP/4 – Paper KP/4"]
    assert [title.split(" – ")[0] for title in titles(client, "my_work", "show=review")] == ["KP/2017/1"]
    page = get(client, "my_work", "show=review&p=x")
    assert reverse("localization:edit_translation", args=[french.pk]) in page
    assert "In review" in page
    assert "Overdue (1)" in page


def test_what_the_reader_may_not_know_of_has_no_name(client: Client, house: House, coordinator: User) -> None:
    other = factories.ProcessFactory()
    secret = factories.OfficialDocumentFactory(process=other, symbol="SECRET/1")
    factories.LanguageVersionFactory(document=secret, language="en", state="held", title="Secret title")
    anne = people.translator_of("fr")
    task = task_for(secret.uid, translator=anne, due_on=timezone.localdate(), note="Secret note", process=other)
    client.force_login(anne)
    page = get(client, "my_work")
    assert "A document that is not open to you" in page
    feed = client.get(calendar_path(anne)).content.decode()
    assert "A document that is not open to you" in feed
    for text in ("SECRET/1", "Secret title"):
        assert text not in page + feed + get(client, "task", "", task.pk)
    assert "Secret note" not in feed
    client.force_login(coordinator)
    assert titles(client, "tasks", "state=") == []
    for name in ("task",):
        assert client.get(reverse(f"localization:{name}", args=[task.pk]))["Location"] == reverse("wagtailadmin_home")


def test_coordinators_see_held_documents_of_their_process(client: Client, house: House, coordinator: User) -> None:
    held = factories.OfficialDocumentFactory(process=house.document.process, symbol="KP/9")
    factories.LanguageVersionFactory(document=held, language="en", state="held", title="Draft decision")
    task_for(held.uid, process=house.document.process)
    client.force_login(coordinator)
    assert titles(client, "tasks", "") == ["KP/9 – Draft decision"]
    assert "KP/9" in get(client, "matrix")


def test_the_coordinators_list_is_narrowed(client: Client, house: House, coordinator: User) -> None:
    process = house.document.process
    yesterday = timezone.localdate() - timedelta(days=1)
    task_for(known(house, "KP/1").uid, process=process, due_on=yesterday)
    task_for(known(house, "KP/2").uid, "es", process=process)
    task_for(known(house, "KP/3").uid, process=process, state="withdrawn")
    task_for(known(house, "KP/4").uid, process=factories.ProcessFactory())
    client.force_login(coordinator)
    assert len(titles(client, "tasks", "state=")) == 3
    assert titles(client, "tasks", "state=overdue") == ["KP/1 – Paper KP/1"]
    assert titles(client, "tasks", f"language=es&process={process.pk}") == ["KP/2 – Paper KP/2"]
    assert titles(client, "tasks", "state=withdrawn") == ["KP/3 – Paper KP/3"]
    get(client, "tasks", "state=x&process=x&language=x&p=-1")
    client.force_login(people.administrator())
    assert len(titles(client, "tasks", "state=")) == 4


def test_a_coordinator_changes_and_withdraws_a_task(
    client: Client, house: House, coordinator: User, anne: User, translator: User
) -> None:
    today = timezone.localdate()
    soon, over = today + timedelta(days=9), today - timedelta(days=9)
    task = task_for(house.document.uid, translator=translator, process=house.document.process, due_on=over)
    client.force_login(coordinator)
    where = reverse("localization:task", args=[task.pk])
    data = {"action": "save", "translator": anne.pk, "reviser": "", "due_on": soon, "priority": 3, "note": "x"}
    for day, sentence in ((today - timedelta(days=1), "This day is over."), ("9999-12-31", "more than 10 years away")):
        answer = client.post(where, data | {"due_on": day})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    # What is late already keeps its date when something else is changed.
    kept = {"due_on": over, "translator": translator.pk, "priority": 2, "note": ""}
    assert client.post(where, data | kept).status_code == 302
    assert not TaskEvent.objects.exists()
    assert client.post(where, data).status_code == 302
    task.refresh_from_db()
    assert (task.translator, task.due_on, task.priority, task.note) == (anne, soon, 3, "x")
    page = get(client, "task", "", task.pk)
    assert f"{translator.username} / –" in page
    assert "Anne Moreau / –" in page
    assert list(TaskEvent.objects.values_list("action", flat=True)) == ["reassigned", "due_changed", "changed"]
    client.post(where, data)
    assert TaskEvent.objects.count() == 3
    both = people.reviser_of("fr")
    both.groups.add(*anne.groups.all())
    answer = client.post(where, data | {"translator": both.pk, "reviser": both.pk})
    assert answer.status_code == 422
    assert "The reviser must be another person than the translator." in answer.content.decode()
    client.post(where, {"action": "withdraw"})
    client.post(where, {"action": "withdraw"})
    task.refresh_from_db()
    assert task.state == "withdrawn"
    assert TaskEvent.objects.filter(action="withdrawn").count() == 1
    answer = client.post(where, data | {"note": "late"}, follow=True)
    assert "Not saved: the task is not open any more." in answer.content.decode()


def test_whoever_has_a_task_sees_it_and_changes_nothing(client: Client, house: House, anne: User) -> None:
    task = task_for(house.document.uid, translator=anne, process=house.document.process)
    client.force_login(anne)
    get(client, "task", "", task.pk)
    where = reverse("localization:task", args=[task.pk])
    for data in ({"action": "withdraw"}, {"action": "save", "priority": 4}):
        assert client.post(where, data)["Location"] == reverse("wagtailadmin_home")
    task.refresh_from_db()
    assert (task.state, task.priority) == ("open", 2)


def test_the_calendar_needs_no_account_and_its_address_can_be_taken_back(
    client: Client, house: House, anne: User
) -> None:
    long = "Réunion du Groupe; points 1, 2\\3 " * 6
    document = known(house, "KP/1")
    document.versions.update(title=long)
    task_for(document.uid, translator=anne, due_on=date(2026, 5, 4), note="First line\nsecond", priority=4)
    task_for(known(house, "KP/2").uid, translator=anne, due_on=date(2026, 5, 4), state="done")
    task_for(known(house, "KP/3").uid, translator=anne)
    client.force_login(anne)
    page = get(client, "my_work")
    address = calendar_path(anne)
    assert f"http://testserver{address}" in page
    stranger = Client()
    answer = stranger.get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    assert "sessionid" not in answer.cookies
    lines = answer.content.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    text = answer.content.decode().replace("\r\n ", "")
    assert text.count("BEGIN:VEVENT") == 1
    assert "SUMMARY:Translate into French: KP/1 – Réunion du Groupe\\; points 1\\, 2\\\\3" in text
    assert "DTSTART;VALUE=DATE:20260504\r\nDTEND;VALUE=DATE:20260505" in text
    assert "DESCRIPTION:First line\\nsecond" in text
    assert "PRIORITY:1" in text
    client.post(reverse("localization:renew_calendar"))
    assert stranger.get(address).status_code == 404
    new = calendar_path(anne)
    assert new != address
    assert stranger.get(new).status_code == 200
    assert stranger.post(new).status_code in {403, 405}


def test_a_workbook_of_tasks_has_days_and_begins_where_its_language_does(
    client: Client, house: House, anne: User
) -> None:
    due_on = timezone.localdate() + timedelta(days=5)
    task_for(known(house, "KP/1").uid, translator=anne, due_on=due_on)
    task_for(known(house, "KP/2").uid, translator=anne)
    client.force_login(anne)
    where = f"{reverse('localization:my_work')}?format=xlsx"
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(where).content)).active
    assert [sheet["D2"].value.date(), sheet["D3"].value or ""] == [due_on, ""]
    assert not sheet.sheet_view.rightToLeft
    UserProfile.objects.create(user=anne, preferred_language="ar")
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(where).content)).active
    assert sheet.sheet_view.rightToLeft


def test_the_calendar_is_in_its_owner_s_language(client: Client, house: House, anne: User) -> None:
    UserProfile.objects.create(user=anne, preferred_language="fr")
    task_for(known(house, "KP/1").uid, translator=anne, due_on=date(2026, 5, 4))
    text = client.get(calendar_path(anne), headers={"accept-language": "es"}).content.decode()
    assert "français" in text.lower()


@pytest.mark.parametrize("kind", ["nonsense", "other salt", "no key", "shape", "closed", "no rights"])
def test_no_other_address_opens_a_calendar(client: Client, house: House, anne: User, kind: str) -> None:
    address = calendar_path(anne)
    salt = "localization.calendar"
    token = {
        "nonsense": "x" * 3000,
        "other salt": signing.dumps([anne.pk, "x"], salt="x"),
        "no key": signing.dumps([anne.pk, ""], salt=salt),
        "shape": signing.dumps({"a": 1}, salt=salt),
    }.get(kind)
    if kind == "closed":
        User.objects.filter(pk=anne.pk).update(is_active=False)
    if kind == "no rights":
        anne.groups.clear()
    path = reverse("task_calendar", args=[token]) if token else address
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("name", ["my_work", "tasks"])
def test_lists_cost_the_same_with_few_tasks_and_with_many(client: Client, house: House, name: str) -> None:
    coordinator = people.coordinator_of(house.document.process)
    coordinator.groups.add(*people.translator_of("fr").groups.all())
    client.force_login(coordinator)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            get(client, name)
        return len(queries)

    def make(count: int, start: int) -> None:
        for number in range(start, start + count):
            fields: dict[str, Any] = {"translator": coordinator, "process": house.document.process}
            task_for(known(house, f"KP/2020/{number}").uid, **fields)

    make(2, 0)
    asked()
    few = asked()
    make(55, 2)
    assert asked() == few <= MOST_QUERIES
    with CaptureQueriesContext(connection) as feed:
        client.get(calendar_path(coordinator))
    assert len(feed) <= MOST_QUERIES
    assert TranslationTask.objects.count() == 57


def test_nobody_without_the_administration_sees_any_of_it(client: Client, house: House) -> None:
    task = task_for(house.document.uid)
    reader = people.reader_of(house.document.process)
    for user in (None, reader):
        if user:
            client.force_login(user)
        for name, args in (("my_work", []), ("tasks", []), ("task", [task.pk]), ("renew_calendar", [])):
            assert client.get(reverse(f"localization:{name}", args=args)).status_code == 302
            assert client.post(reverse(f"localization:{name}", args=args)).status_code == 302
