"""The languages of the documents, for readers: what each kind of reader sees, and what nobody does."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from cms.core.visibility import Access
from cms.localization.models import NotRequired
from cms.localization.sending.refreshing import update_translations
from cms.meetings.models import Session
from cms.processes.models import ProcessRole
from cms.processes.roles import ensure_groups
from cms.users.models import User
from documents.models import LanguageVersion, OfficialDocument
from tests import factories
from tests.cms.localization.conftest import House, target, translate_all
from tests.tree import fresh, plant_session

pytestmark = pytest.mark.django_db

MOST_QUERIES = 25
ALL = "/en/documents/languages/"


@dataclass
class Meeting:
    """A session with a document of each kind."""

    house: House
    session: Session
    documents: dict[str, OfficialDocument]

    @property
    def address(self) -> str:
        return f"{ALL}{self.session.uid}/"


@pytest.fixture
def meeting(house: House) -> Meeting:
    """Documents that are public, restricted, for staff, held, embargoed, withdrawn, awaited, all of one session."""
    process = house.document.process
    session = factories.SessionFactory(working_group=factories.WorkingGroupFactory(process=process), number=7)
    documents = {}
    for name, access, state in (
        ("PUBLIC", Access.PUBLIC, "released"),
        ("PARTICIPANTS", Access.PARTICIPANTS, "released"),
        ("STAFF", Access.STAFF, "released"),
        ("HELD", Access.PUBLIC, "held"),
        ("LATER", Access.PUBLIC, "released"),
        ("WITHDRAWN", Access.PUBLIC, "withdrawn"),
        ("AWAITED", Access.PUBLIC, "awaited"),
    ):
        document = factories.OfficialDocumentFactory(
            process=process, session=session, symbol=f"KP/{name}", access=access, original_language="en"
        )
        factories.LanguageVersionFactory(document=document, language="en", state=state, title=f"Title {name}")
        documents[name] = document
    LanguageVersion.objects.filter(document=documents["LATER"]).update(released_at="2999-01-01T00:00Z")
    # What is held in another language is no secret that may come out beside what is public.
    factories.LanguageVersionFactory(document=documents["PUBLIC"], language="fr", state="held", title="Titre secret")
    return Meeting(house, session, documents)


def rows(client: Client, address: str) -> list[list[str]]:
    answer = client.get(f"{address}?format=csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def reader(meeting: Meeting, role: str) -> User:
    roles = ensure_groups(meeting.house.document.process)
    user: User = factories.UserFactory(groups=[roles[role].group])
    return user


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (None, {"KP/PUBLIC", "KP/AWAITED"}),
        (ProcessRole.Role.READER, {"KP/PUBLIC", "KP/AWAITED", "KP/PARTICIPANTS"}),
        (ProcessRole.Role.EDITOR, {"KP/PUBLIC", "KP/AWAITED", "KP/PARTICIPANTS", "KP/STAFF"}),
    ],
    ids=["public", "participant", "staff"],
)
def test_each_reader_sees_what_the_gate_lets_through(
    client: Client, meeting: Meeting, role: str | None, seen: set[str]
) -> None:
    user = reader(meeting, role) if role else AnonymousUser()
    if role:
        client.force_login(user)
    page = client.get(meeting.address).content.decode()
    assert {row[0] for row in rows(client, meeting.address)[1:]} == seen
    assert {f"KP/{name}" for name in meeting.documents if f"Title {name}<" in page} == seen
    assert "Titre secret" not in page
    (line,) = rows(client, ALL)[1:]
    assert line[2:4] == [str(len(seen) - 1), str(len(seen))]  # the awaited one is not there yet
    assert line[4:6] == ["0", str(len(seen))]  # nor is what is held in French
    for address in (ALL, meeting.address):
        shown = client.get(address).content.decode()
        assert f"{len(seen) - 1} of {len(seen)}" in shown[shown.index("<tfoot") :]
        assert f'class="bar__filled" width="{100 * (len(seen) - 1) // len(seen)}"' in shown
        assert "style=" not in shown


def test_every_state_is_told(
    client: Client,
    house: House,
    french: Translation,
    translator: User,
) -> None:
    session = factories.SessionFactory(working_group=factories.WorkingGroupFactory(process=house.document.process))
    house.document.session = session
    house.document.original_language = "en"
    house.document.save()
    factories.LanguageVersionFactory(document=house.document, language="es", origin="imported")
    factories.LanguageVersionFactory(document=house.document, language="ru", state="awaited", expected_on="2999-05-03")
    arabic = Locale.objects.get(language_code="ar")
    NotRequired.objects.create(translation_key=house.document.uid, locale=arabic, reason="Informal <paper>")
    address = reverse("session_languages", args=[session.uid])

    def states() -> list[str]:
        return rows(client, address)[1][2:]

    client.force_login(translator)
    translate_all(client, french)
    client.logout()
    assert states() == [
        "Original",
        "Not available",  # translated, and not released
        "Edition of its own",
        "Awaited (expected on 3 May 2999)",
        "Not required (Informal <paper>)",
        "Not available",
    ]
    target(french).save_revision().publish()
    version = LanguageVersion.objects.get(document=house.document, language="fr")
    version.state = LanguageVersion.State.RELEASED
    version.save()
    assert states()[1] == "Translation"
    house.report.title = "Revised report of the Plenary"
    house.report.save_revision().publish()
    update_translations(french.source, factories.UserFactory(is_superuser=True))
    assert states()[1].startswith("Translation, outdated (since ")
    page = client.get(address).content.decode()
    assert "Informal &lt;paper&gt;" in page
    assert re.search(r'<a href="/fr/documents/KP/2017/1/" hreflang="fr">Translation, outdated</a>', page)
    (line,) = rows(client, ALL)[1:]
    assert line[-4:-2] == ["0", "0"]  # Arabic is not required
    # The source goes out of sight: then nobody is told that it changed.
    LanguageVersion.objects.filter(document=house.document, language="en").update(state="held")
    assert states()[1] == "Translation"


def test_a_session_without_anything_to_know_of_is_not_found(client: Client, meeting: Meeting) -> None:
    kept = meeting.documents["HELD"]
    OfficialDocument.objects.exclude(pk=kept.pk).update(session=None)
    assert client.get(meeting.address).status_code == 404
    assert client.get(f"{meeting.address}?format=csv").status_code == 404
    assert client.get(f"{ALL}00000000-0000-0000-0000-000000000000/").status_code == 404
    assert meeting.address not in client.get(ALL).content.decode()


def test_it_is_saved_as_a_workbook_and_answers_who_asks(client: Client, meeting: Meeting) -> None:
    for address in (ALL, meeting.address):
        answer = client.get(f"{address}?format=xlsx")
        assert openpyxl.load_workbook(io.BytesIO(answer.content)).active is not None
        assert "Cookie" in answer["Vary"]
        assert "Cookie" in client.get(address)["Vary"]
        assert client.get(f"{address}?page=x&format=y").status_code == 200
        assert client.post(address).status_code == 405


@pytest.mark.parametrize(("code", "direction"), [("en", "ltr"), ("ar", "rtl"), ("fr", "ltr")])
def test_it_is_in_the_reader_s_language(client: Client, meeting: Meeting, code: str, direction: str) -> None:
    for address in (ALL, meeting.address):
        page = client.get(address.replace("/en/", f"/{code}/")).content.decode()
        assert f'<html lang="{code}" dir="{direction}">' in page
        assert 'hreflang="fr"' in page
    assert ('lang="en" dir="ltr">Title PUBLIC' in page) is (code != "en")


def test_the_lists_of_documents_lead_there(client: Client, meeting: Meeting) -> None:
    assert f'href="{ALL}"' in client.get("/en/documents/").content.decode()
    above = {code: fresh(page) for code, page in meeting.house.processes.items()}
    pages = plant_session(above, meeting.session)
    assert f'href="{meeting.address}"' in client.get(pages["en"].get_url()).content.decode()
    document = factories.OfficialDocumentFactory.build(symbol="languages/1", process=meeting.house.document.process)
    with pytest.raises(Exception, match="address of the site"):
        document.clean()


@pytest.mark.parametrize("which", ["all", "session"])
def test_it_costs_the_same_with_few_documents_and_with_many(
    client: Client, meeting: Meeting, which: str, open_translation: Callable[[str], Translation]
) -> None:
    open_translation("fr")
    process = meeting.house.document.process
    address = ALL if which == "all" else meeting.address

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    asked()
    few = asked()
    for number in range(30):
        session: Any = meeting.session
        if which == "all":
            session = factories.SessionFactory(working_group=meeting.session.working_group, number=number + 20)
        document = factories.OfficialDocumentFactory(process=process, session=session, symbol=f"KP/M/{number}")
        for code in ("en", "fr"):
            factories.LanguageVersionFactory(document=document, language=code)
    assert asked() == few <= MOST_QUERIES


def test_pages_are_listed_with_their_languages_as_far_as_readers_have_them(
    client: Client, meeting: Meeting, french: Translation
) -> None:
    where = f"{ALL}pages/"
    assert f'href="{where}"' in client.get(ALL).content.decode()
    process = meeting.house.processes["en"]
    factories.StandardPageFactory(parent=process, title="Draft page", live=False)
    page = factories.StandardPageFactory(parent=process, title="About us")
    spanish = Locale.objects.get(language_code="es")
    NotRequired.objects.create(translation_key=page.translation_key, locale=spanish, reason="For staff")
    header, *found = rows(client, where)
    assert header == ["Title", "English", "French", "Spanish", "Russian", "Arabic", "Chinese"]
    lines = {row[0]: row[1:] for row in found}
    assert lines["About us"][:3] == ["Original", "Not available", "Not required (For staff)"]
    assert lines["Kimberley Process en"][:3] == ["Original", "Edition of its own", "Edition of its own"]
    assert "Draft page" not in lines
    assert "Report of the Plenary" not in lines  # a document
    html = client.get(where).content.decode()
    assert f'<a href="{page.get_url()}" hreflang="en">Original</a>' in html
    assert not any(row[0] == "Draft page" for row in rows(client, where.replace("/en/", "/fr/")))
    few = _queries(client, where)
    for number in range(20):
        factories.StandardPageFactory(parent=fresh(process), title=f"Page {number}")
    assert _queries(client, where) == few <= MOST_QUERIES
    Page.objects.filter(pk=page.pk).update(live=False)
    assert "About us" not in client.get(where).content.decode()


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_sessions_are_narrowed_to_a_process_and_added_up_over_all_pages(client: Client, meeting: Meeting) -> None:
    assert 'name="process"' not in client.get(ALL).content.decode()  # there is one only
    other = factories.WorkingGroupFactory(process=factories.ProcessFactory(code="other", name="Other process"))
    for number in range(60):
        session = factories.SessionFactory(working_group=other, number=number + 1)
        document = factories.OfficialDocumentFactory(process=other.process, session=session, symbol=f"OP/{number}")
        factories.LanguageVersionFactory(document=document, language="fr")
    page = client.get(f"{ALL}?process=other").content.decode()
    assert '<option value="other" lang="en" selected>Other process</option>' in page
    assert meeting.address not in page
    assert "60 of 60" in page  # more than stand on this page
    assert "?process=other&amp;format=csv" in page
    answer = client.get(f"{ALL}?process=other&format=csv")
    assert len(answer.content.decode().splitlines()) == 61  # with the header
    for nonsense in ("nothing", "%00", "9" * 400):
        numbers = re.findall(r"\d+ of (\d+)", client.get(f"{ALL}?process={nonsense}").content.decode())
        assert max(map(int, numbers)) > 60
