"""What follows from a symbol in the archive: where a document belongs, the next number, what an officer is told."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.meetings.models import Session
from cms.processes.models import Process
from documents.derivation import belonging_of, next_symbols, notices_on, printed_in
from documents.importing.citations import find_citations, own_keys
from documents.models import LanguageVersion, OfficialDocument, SymbolSeries
from documents.symbol_tables import symbol_tables
from tests import factories, people
from tests.records import errors_of, list_url, save_form
from tests.tree import Tree, plant_process, plant_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def process(db: None) -> Process:
    """A conference with a working group, each with a session in 2020."""
    process: Process = factories.ProcessFactory(code="untoc", name="Organized crime", symbol_heads=["CTOC/COP"])
    for head, kind, name in (
        ("CTOC/COP", "governing_body", "Conference of the Parties"),
        ("CTOC/COP/WG.4", "working_group", "Working Group on Trafficking"),
    ):
        body = factories.WorkingGroupFactory(process=process, symbol_head=head, kind=kind, name=name)
        for number, year in ((9, 2018), (10, 2020)):
            factories.SessionFactory(working_group=body, number=number, starts_on=datetime.date(year, 10, 12))
    return process


def session_of(process: Process, head: str, number: int) -> Session:
    return Session.objects.get(working_group__process=process, working_group__symbol_head=head, number=number)


def file(process: Process, *symbols: str, session: Session | None = None) -> None:
    for symbol in symbols:
        factories.OfficialDocumentFactory(process=process, session=session, symbol=symbol)


@pytest.mark.parametrize(
    ("symbol", "head", "number"),
    [
        ("CTOC/COP/2020/3", "CTOC/COP", 10),
        ("СТОС/СОР/WG.4/2018/INF/2/Add.1", "CTOC/COP/WG.4", 9),
        ("CTOC/COP/RES/9/1", "CTOC/COP", 9),
        ("CTOC/COP/2019/1", "CTOC/COP", None),
        ("CTOC/COP/WG.5/2020/1", None, None),
    ],
)
def test_process_body_and_session_follow_from_a_symbol(
    process: Process, symbol: str, head: str | None, number: int | None
) -> None:
    told = belonging_of(symbol)
    assert told.process == process
    assert (told.working_group and told.working_group.symbol_head) == head
    assert (told.session and told.session.number) == number


def test_a_decision_with_letters_belongs_to_the_session_of_its_series(process: Process) -> None:
    factories.SymbolSeriesFactory(process=process, letters="OC", printed_letters={"ru": "ОП"})
    assert belonging_of("ОП-9/2").session == session_of(process, "CTOC/COP", 9)


def test_two_sessions_in_a_year_leave_the_session_open(process: Process) -> None:
    body = session_of(process, "CTOC/COP", 10).working_group
    factories.SessionFactory(working_group=body, number=11, starts_on=datetime.date(2020, 3, 1))
    assert belonging_of("CTOC/COP/2020/3").session is None
    assert belonging_of("A/79/1").process is None


def test_the_next_symbols_of_a_session(process: Process) -> None:
    session = session_of(process, "CTOC/COP", 10)
    assert next_symbols(session) == []
    file(process, "CTOC/COP/2018/1", "CTOC/COP/2018/L.1", session=session_of(process, "CTOC/COP", 9))
    assert next_symbols(session) == ["CTOC/COP/2020/1", "CTOC/COP/2020/L.1"]
    file(process, "CTOC/COP/2020/3", "CTOC/COP/2020/INF/2", "CTOC/COP/2020/10/Add.1", "Letter", session=session)
    file(process, "CTOC/COP/2020/12")
    assert next_symbols(session) == ["CTOC/COP/2020/13", "CTOC/COP/2020/INF/3"]


def test_next_symbols_take_as_many_queries_for_many_documents(process: Process) -> None:
    session = Session.objects.for_lists().get(pk=session_of(process, "CTOC/COP", 10).pk)
    counts = []
    for first, last in ((1, 3), (3, 60)):
        file(process, *(f"CTOC/COP/2020/{number}" for number in range(first, last)), session=session)
        with CaptureQueriesContext(connection) as captured:
            next_symbols(session)
        counts.append(len(captured))
    assert counts == [2, 2]


@pytest.mark.parametrize(
    ("symbol", "notice"),
    [
        ("CTOC/COP/2020/4", None),
        ("CTOC/COP/WG4/2020/3", "There is also CTOC/COP/WG.4/2020/3"),
        ("CTOC-COP-2020", "It has no slash."),
        ("CTOC/COP/2020/9/Corr.1", "It changes CTOC/COP/2020/9, which the archive does not hold."),
        ("CTOC/COP/WG.4/2020/3/Corr.1", None),
        ("OTHER/COP/2020/1", "Its symbol begins like those of Another process."),
    ],
)
def test_what_is_remarkable_about_a_symbol(process: Process, symbol: str, notice: str | None) -> None:
    factories.ProcessFactory(name="Another process", symbol_heads=["OTHER/COP"])
    file(process, "CTOC/COP/WG.4/2020/3", "CTOC/COP/WG.42/0203")
    document = factories.OfficialDocumentFactory(process=process, symbol=symbol)
    notices = notices_on(document)
    assert (notices == []) if notice is None else any(notice in one for one in notices)


def test_an_edited_series_prints_its_letters(process: Process) -> None:
    factories.SymbolSeriesFactory(process=process, letters="OC", printed_letters={"ru": "ОП"})
    assert printed_in("OC-9/2", "ru") == "ОП-9/2"
    assert printed_in("MC-3/11", "ru") == "МК-3/11"
    assert printed_in("OC-9/2", "fr") == ""


def test_decisions_cited_by_number_are_those_of_the_process(process: Process) -> None:
    text = "В соответствии с резолюцией 9/1 и решением 4/4 Конференции участников; resolution 5/1 of the Commission"
    own = own_keys(["CTOC/COP/WG.4/2020/3"], [])
    assert find_citations([text], own, "ru", symbol_tables()) == ()
    with TestCase.captureOnCommitCallbacks(execute=True):
        for kind, letters in (("resolution", "CTOC/COP/RES"), ("decision", "CTOC/COP/DEC")):
            factories.SymbolSeriesFactory(process=process, letters=letters, kind=kind, cited_by_number=True)
    found = find_citations([text], own, "ru", symbol_tables())
    assert [(one.canonical, one.printed) for one in found] == [
        ("CTOC/COP/RES/9/1", "резолюцией 9/1"),
        ("CTOC/COP/DEC/4/4", "решением 4/4"),
    ]


def test_a_process_has_one_series_of_a_kind_that_is_cited_by_number(process: Process) -> None:
    factories.SymbolSeriesFactory(process=process, letters="CTOC/COP/RES", kind="resolution", cited_by_number=True)
    other = SymbolSeries(process=process, letters="CTOC/RES", kind="resolution", cited_by_number=True)
    with pytest.raises(ValidationError, match="cited by number alone"):
        other.full_clean()


def test_a_new_document_is_placed_by_its_symbol(client: Client, tree: Tree, process: Process) -> None:
    plant_process(tree, process)
    client.force_login(people.editor_of(process))
    address = list_url(OfficialDocument, "add")
    response = save_form(client, address, symbol="CTOC/COP/2020/3", process="", kind="note")
    assert errors_of(response) == {}
    document = OfficialDocument.objects.get(symbol="CTOC/COP/2020/3")
    assert document.process == process
    assert document.session == session_of(process, "CTOC/COP", 10)
    assert document.working_group == document.session.working_group


def test_what_was_chosen_stays(client: Client, tree: Tree, process: Process) -> None:
    plant_process(tree, process)
    client.force_login(people.editor_of(process))
    chosen = session_of(process, "CTOC/COP", 9)
    address = list_url(OfficialDocument, "add")
    save_form(client, address, symbol="CTOC/COP/2020/3", process=process.pk, session=chosen.pk, kind="note")
    assert OfficialDocument.objects.get(symbol="CTOC/COP/2020/3").session == chosen


def test_a_symbol_places_nothing_with_those_of_others(client: Client, tree: Tree, process: Process) -> None:
    plant_process(tree, process)
    other = factories.ProcessFactory(code="other", symbol_heads=["OTHER/COP"])
    plant_process(tree, other)
    client.force_login(people.editor_of(other))
    for symbol in ("CTOC/COP/2020/3", "A/79/1", ""):
        response = save_form(client, list_url(OfficialDocument, "add"), symbol=symbol, process="", kind="note")
        assert "Choose the process" in errors_of(response)["process"][0]
    assert not OfficialDocument.objects.exists()


def test_a_near_duplicate_is_saved_with_a_warning(client: Client, tree: Tree, process: Process) -> None:
    plant_process(tree, process)
    file(process, "CTOC/COP/WG.4/2020/3")
    client.force_login(people.editor_of(process))
    fields = {"symbol": "CTOC/COP/WG4/2020/3", "process": process.pk, "kind": "note"}
    response = save_form(client, list_url(OfficialDocument, "add"), **fields)
    shown = client.get(response.url).content.decode()
    assert "There is also CTOC/COP/WG.4/2020/3, which differs in punctuation only." in shown
    document = OfficialDocument.objects.get(symbol="CTOC/COP/WG4/2020/3")
    edit = reverse(OfficialDocument.snippet_viewset.get_url_name("edit"), args=[document.pk])
    again = save_form(client, edit, kind="report")
    assert "There is also" not in client.get(again.url).content.decode()


def test_the_form_of_a_session_offers_the_next_symbol(client: Client, tree: Tree, process: Process) -> None:
    session = session_of(process, "CTOC/COP", 10)
    page = plant_session(plant_process(tree, process), session)["en"]
    file(process, "CTOC/COP/2020/10", "CTOC/COP/2020/INF/2", session=session)
    factories.SymbolSeriesFactory(process=process, letters="OC", printed_letters={"ru": "ОП"})
    client.force_login(people.editor_of(process))
    address = reverse("new_document", args=[page.pk])
    form = client.get(address).context["form"]
    assert form["symbol"].value() == "CTOC/COP/2020/11"
    assert "CTOC/COP/2020/11, CTOC/COP/2020/INF/3" in form["symbol"].help_text
    fields = {"title": "Решение", "language": "ru", "kind": "decision", "access": "public", "symbol": "OC-10/1"}
    response = client.post(address, fields)
    assert LanguageVersion.objects.get(document__symbol="OC-10/1").printed_symbol == "ОП-10/1"
    assert "does not look like a symbol" not in client.get(response.url).content.decode()
    odd = client.post(address, {**fields, "language": "en", "symbol": "Decision one"})
    assert "does not look like a symbol. It has no slash." in client.get(odd.url).content.decode()
