"""The parity matrix in the administration: what it shows, to whom, and what it costs."""

import csv
import io
import re
from collections.abc import Callable

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import Translation

from cms.localization.models import NotRequired, TranslationTask
from cms.localization.views import matrix
from cms.meetings.models import Session
from cms.processes.models import WorkingGroup
from cms.users.models import User
from documents.models import OfficialDocument
from tests import factories
from tests.cms.localization.conftest import House, save, staff

pytestmark = pytest.mark.django_db

MOST_QUERIES = 40


def address(query: str = "") -> str:
    return f"{reverse('localization:matrix')}?{query}"


def test_each_language_has_its_state_and_leads_to_the_work(
    client: Client, house: House, translator: User, french: Translation
) -> None:
    arabic = Locale.objects.get(language_code="ar")
    NotRequired.objects.create(translation_key=house.document.uid, locale=arabic, reason="Informal paper")
    client.force_login(translator)
    save(client, french, "Rapport", "Report")
    page = client.get(address()).content.decode()
    assert "KP/2017/1" in page
    assert '<span lang="en" dir="ltr">' in page
    assert "1 of 5" in page
    assert reverse("localization:edit_translation", args=[french.pk]) in page
    assert "Informal paper" in page


def rows(client: Client, query: str) -> list[list[str]]:
    answer = client.get(address(f"{query}&format=csv"))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_table_holds_the_whole_choice(client: Client, house: House, editor: User, french: Translation) -> None:
    client.force_login(editor)
    header, *found = rows(client, "")
    assert header == ["Symbol", "Title", "Language", "English", "French", "Spanish", "Russian", "Arabic", "Chinese"]
    assert [(row[0], row[3], row[4], row[5]) for row in found] == [
        ("KP/2017/1", "Original", "Not started", "Not started")
    ]
    assert rows(client, "state=up_to_date")[1:] == []
    assert len(rows(client, "state=not_started")[1:]) == 1
    assert len(rows(client, f"process={house.document.process_id}&q=kp/2017")[1:]) == 1
    assert rows(client, "process=999999")[1:] == []
    titles = {row[1] for row in rows(client, "kind=pages")[1:]}
    assert house.processes["en"].title in titles
    assert house.report.title not in titles


@pytest.mark.parametrize(
    "query",
    [
        "kind=x&process=x&session=-1&state=x&p=x",
        "process=" + "9" * 40,
        "q=" + "x" * 5_000,
        "q=%00%ff",
        "p=-1",
        "p=99999999",
    ],
    ids=["nonsense", "huge", "long", "control", "minus", "far"],
)
def test_whatever_the_address_says_there_is_a_page(client: Client, editor: User, query: str) -> None:
    client.force_login(editor)
    assert client.get(address(query)).status_code == 200


def test_what_somebody_may_not_read_is_not_in_it(client: Client, house: House, editor: User) -> None:
    """Held papers of another process, and papers for its staff, are nobody else's to know of."""
    other = factories.ProcessFactory(code="other")
    held = factories.OfficialDocumentFactory(process=other, symbol="OTHER/1")
    factories.LanguageVersionFactory(document=held, language="en", state="held", title="Secret title")
    closed = factories.OfficialDocumentFactory(process=other, symbol="OTHER/2", access="staff")
    factories.LanguageVersionFactory(document=closed, language="en", state="released")
    known = factories.OfficialDocumentFactory(process=other, symbol="OTHER/3")
    factories.LanguageVersionFactory(document=known, language="en", state="released")
    client.force_login(editor)
    found = {row[0] for row in rows(client, "")[1:]}
    assert found == {"KP/2017/1", "OTHER/3"}
    assert "Secret title" not in client.get(address("q=Secret")).content.decode().replace('value="Secret"', "")


def test_nobody_outside_the_administration_sees_it(client: Client, house: House) -> None:
    assert client.get(address()).status_code == 302
    client.force_login(factories.UserFactory())
    assert client.get(address()).status_code == 302


def test_it_costs_the_same_with_few_rows_and_with_many(
    client: Client, house: House, editor: User, open_translation: Callable[[str], Translation]
) -> None:
    for code in ("fr", "es", "ar"):
        open_translation(code)
    client.force_login(editor)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address()).status_code == 200
        return len(queries)

    asked()
    few = asked()
    for number in range(60):
        document = factories.OfficialDocumentFactory(process=house.document.process, symbol=f"KP/2019/{number}")
        factories.LanguageVersionFactory(document=document, language="en", state="released")
    assert OfficialDocument.objects.count() > 60
    assert asked() == few <= MOST_QUERIES


def test_a_formula_in_a_title_stays_text(client: Client, house: House, editor: User) -> None:
    document = factories.OfficialDocumentFactory(process=house.document.process, symbol="KP/2020/1")
    factories.LanguageVersionFactory(document=document, language="en", state="released", title="=1+1")
    client.force_login(editor)
    assert "'=1+1" in {row[1] for row in rows(client, "")[1:]}


def test_cells_say_who_translates_and_until_when(
    client: Client, house: House, editor: User, translator: User, french: Translation
) -> None:
    User.objects.filter(pk=translator.pk).update(first_name="Anna", last_name="Petit")
    task = TranslationTask.objects.create(
        translation_key=house.document.uid,
        locale=french.target_locale,
        process=house.document.process,
        translator=translator,
        due_on="2001-05-03",
    )
    client.force_login(editor)
    page = client.get(address()).content.decode()
    assert '<bdi class="matrix__note">Anna Petit</bdi>' in page
    assert "overdue since 3 May 2001" in page
    assert "Anna Petit; overdue since" in rows(client, "")[1][4]
    TranslationTask.objects.filter(pk=task.pk).update(due_on="2999-05-03")
    assert "due 3 May 2999" in client.get(address()).content.decode()


def plant_session_of(house: House, count: int, number: int = 1) -> Session:
    """A session with so many documents, of which every second is released in French too."""
    body = WorkingGroup.objects.filter(process=house.document.process).first()
    body = body or factories.WorkingGroupFactory(process=house.document.process)
    session = factories.SessionFactory(working_group=body, number=number)
    for place in range(count):
        document = factories.OfficialDocumentFactory(
            process=house.document.process, session=session, symbol=f"KP/{number}/{place}", original_language="en"
        )
        for code in ("en", "fr")[: 1 + place % 2]:
            factories.LanguageVersionFactory(document=document, language=code)
    return session


def test_a_session_says_how_many_of_its_documents_are_ready_and_leads_to_the_others(
    client: Client, house: House, editor: User
) -> None:
    session = plant_session_of(house, 5)
    arabic = Locale.objects.get(language_code="ar")
    first = OfficialDocument.objects.filter(session=session).earliest("pk")
    NotRequired.objects.create(translation_key=first.uid, locale=arabic, reason="Informal paper")
    client.force_login(editor)
    page = client.get(address("kind=sessions")).content.decode()
    assert "5 of 5" in page
    assert "2 of 5" in page
    assert "0 of 4" in page
    leads = re.search(rf'<a href="\?(kind=documents&amp;session={session.pk}&amp;state=[^"]*)">2 of 5</a>', page)
    assert leads is not None
    shown = client.get(address(leads[1].replace("&amp;", "&"))).content.decode()
    assert shown.count('<bdi class="thing-symbol">') == 5  # Spanish and Russian lack for each of them
    _header, *found = rows(client, "kind=sessions")
    assert [row[1:4] for row in found if row[0] == str(session)][:2] == [["English", "5", "5"], ["French", "2", "5"]]
    assert {row[0] for row in found} == {str(session), "Without a session"}
    assert {row[0] for row in rows(client, "session=none")[1:]} == {"KP/2017/1"}


def test_pages_of_a_long_matrix_keep_the_choice(
    client: Client, house: House, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = plant_session_of(house, 5)
    monkeypatch.setattr(matrix, "PER_PAGE", 3)
    client.force_login(editor)
    shown = client.get(address(f"session={session.pk}&state=not_started")).content.decode()
    assert shown.count('<bdi class="thing-symbol">') == 3
    leads = re.search(r'href="(\?[^"]*p=2[^"]*)"', shown)
    assert leads is not None
    rest = client.get(reverse("localization:matrix") + leads[1].replace("&amp;", "&")).content.decode()
    assert rest.count('<bdi class="thing-symbol">') == 2


def test_sessions_cost_the_same_whatever_their_number(client: Client, house: House, editor: User) -> None:
    plant_session_of(house, 2)
    client.force_login(editor)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address("kind=sessions")).status_code == 200
        return len(queries)

    asked()
    few = asked()
    for number in range(2, 12):
        plant_session_of(house, 2, number)
    assert asked() == few <= MOST_QUERIES


def test_the_table_is_a_workbook_too_and_nothing_in_it_is_calculated(
    client: Client, house: House, editor: User
) -> None:
    document = factories.OfficialDocumentFactory(process=house.document.process, symbol="KP/2020/1")
    factories.LanguageVersionFactory(document=document, language="en", title="=1+1\x0bevil")
    client.force_login(editor)
    answer = client.get(address("format=xlsx"))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    assert answer["Content-Disposition"] == 'attachment; filename="languages.xlsx"'
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[0][:4] == ["Symbol", "Title", "Language", "English"]
    titles = {row[1].value: row[1].data_type for row in sheet.iter_rows()}
    assert titles["=1+1evil"] == "s"
    counted = openpyxl.load_workbook(io.BytesIO(client.get(address("kind=sessions&format=xlsx")).content)).active
    assert counted is not None
    assert isinstance(counted["D2"].value, int)  # to be added up


def test_the_chart_has_its_numbers_as_a_table_for_those_who_do_not_see_it(
    client: Client, house: House, editor: User, french: Translation
) -> None:
    client.force_login(editor)
    page = client.get(address()).content.decode()
    chart = page[page.index('class="matrix-chart"') : page.index('class="listing matrix"')]
    assert "Kimberley Process" in chart
    assert re.search(r"1 of 1\s*<span class=\"w-sr-only\">\s*Ready: 1\s*</span>", chart)
    assert re.search(r"0 of 1\s*<span class=\"w-sr-only\">\s*Not started: 1\s*</span>", chart)
    assert '<rect class="band band--ready" x="0" width="1000"' in chart
    assert "style=" not in chart


def test_pages_are_chosen_by_the_process_they_stand_under(client: Client, house: House, editor: User) -> None:
    client.force_login(editor)
    titles = {row[1] for row in rows(client, f"kind=pages&process={house.document.process_id}")[1:]}
    assert titles == {house.processes["en"].title}


def test_an_outsider_sees_only_what_is_public(client: Client, house: House) -> None:
    client.force_login(staff())
    assert {row[0] for row in rows(client, "")[1:]} <= {"KP/2017/1"}
