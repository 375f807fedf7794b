"""The officers' reports: symbols cited that the archive lacks, and versions to be checked after a corrigendum."""

import csv
import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from documents.models import CorrectionCheck, DocumentRelation, FormerSymbol, LanguageVersion, OfficialDocument
from tests import factories, people
from tests.records import World, admin_url

pytestmark = pytest.mark.django_db

MOST_QUERIES = 20


def cite(document: OfficialDocument, *symbols: str, version: LanguageVersion | None = None) -> None:
    for symbol in symbols:
        factories.CitationFactory(document=document, symbol=symbol, version=version)


def queries(client: Client, address: str) -> int:
    """How many queries the list costs when nothing is remembered."""
    cache.clear()
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


# Cited and not in the archive


@pytest.fixture
def wanted(world: World, foreign: World) -> World:
    """The world's documents cite two absent symbols, one more often; another process cites a third."""
    document = world.of(OfficialDocument)
    second = factories.OfficialDocumentFactory(process=world.process, symbol="ALPHA/2")
    cite(document, "ABSENT/1", "ABSENT/2", "ALPHA/2", "FORMER/9")
    cite(second, "ABSENT/2")
    cite(second, "ABSENT/2", version=factories.LanguageVersionFactory(document=second))
    FormerSymbol(document=second, symbol="FORMER/9").save()
    cite(foreign.of(OfficialDocument), "ABSENT/3")
    return world


def rows(client: Client, **filters: Any) -> list[list[str]]:
    """The report's lines as a spreadsheet has them."""
    response = client.get(reverse("cited_symbols"), {"export": "csv", **filters})
    text = b"".join(response.streaming_content).decode()
    return list(csv.reader(io.StringIO(text)))[1:]


def test_the_most_wanted_symbols_come_first_with_who_cites_them(client: Client, wanted: World) -> None:
    client.force_login(people.editor_of(wanted.process))
    assert rows(client) == [["ABSENT/2", "2", "ALPHA/1, ALPHA/2"], ["ABSENT/1", "1", "ALPHA/1"]]
    page = BeautifulSoup(client.get(reverse("cited_symbols")).content, "html.parser")
    links = {link.text.strip(): link["href"] for link in page.select("table a[href]")}
    assert links["ALPHA/1"] == admin_url(wanted.of(OfficialDocument), "edit")
    assert links["ABSENT/2"].endswith("/add/?symbol=ABSENT%2F2")
    assert "ABSENT/3" not in page.text


def test_officers_see_all_processes_and_can_choose_one(client: Client, wanted: World) -> None:
    client.force_login(people.archive_officer())
    assert {row[0] for row in rows(client)} == {"ABSENT/1", "ABSENT/2", "ABSENT/3"}
    chosen = rows(client, document__process=wanted.process.pk)
    assert {row[0] for row in chosen} == {"ABSENT/1", "ABSENT/2"}


def test_the_spreadsheet_of_the_other_format_holds_the_same(client: Client, wanted: World) -> None:
    client.force_login(people.editor_of(wanted.process))
    response = client.get(reverse("cited_symbols"), {"export": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        ["ABSENT/2", 2, "ALPHA/1, ALPHA/2"],
        ["ABSENT/1", 1, "ALPHA/1"],
    ]


@pytest.mark.parametrize("name", ["cited_symbols", "cited_symbols_results", "correction_checks"])
def test_reports_are_for_those_who_work_on_documents(name: str, client: Client, wanted: World) -> None:
    client.force_login(people.translator_of("en"))
    assert client.get(reverse(name)).status_code in {302, 403}
    client.force_login(people.editor_of(wanted.process))
    assert client.get(reverse(name)).status_code == 200
    menu = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse(name.removesuffix("_results")) in menu


def test_the_report_costs_the_same_few_queries_however_much_is_missing(client: Client, world: World) -> None:
    client.force_login(people.archive_officer())
    costs = []
    for number in (2, 45):
        with transaction.atomic():
            for one in range(number):
                document = factories.OfficialDocumentFactory(process=world.process)
                cite(document, *(f"ABSENT/{other}" for other in range(one + 1)))
            costs.append(queries(client, reverse("cited_symbols")))
            transaction.set_rollback(True)
    assert costs[0] == costs[1] <= MOST_QUERIES


# To be checked after a corrigendum


@pytest.fixture
def corrected(world: World) -> World:
    """A document in English, French and Russian with a corrigendum in English; Arabic is awaited."""
    document = world.of(OfficialDocument)
    for language in ("fr", "ru"):
        factories.LanguageVersionFactory(document=document, language=language, title=f"Title in {language}")
    factories.LanguageVersionFactory(document=document, language="ar", state=LanguageVersion.State.AWAITED)
    corrigendum = factories.OfficialDocumentFactory(process=world.process, symbol="ALPHA/1/2020/Corr.1")
    factories.LanguageVersionFactory(document=corrigendum, language="en")
    factories.DocumentRelationFactory(source=corrigendum, target=document, kind=DocumentRelation.Kind.CORRIGENDUM)
    return world


def to_check(client: Client) -> list[str]:
    """The languages that the list still has."""
    response = client.get(reverse("correction_checks"), {"export": "csv"})
    text = b"".join(response.streaming_content).decode()
    return [row[1] for row in list(csv.reader(io.StringIO(text)))[1:]]


def test_a_corrigendum_leaves_the_other_languages_to_be_checked(client: Client, corrected: World) -> None:
    client.force_login(people.editor_of(corrected.process))
    assert to_check(client) == ["fr", "ru"]
    corrigendum = OfficialDocument.objects.get(symbol="ALPHA/1/2020/Corr.1")
    factories.LanguageVersionFactory(document=corrigendum, language="ru")
    assert to_check(client) == ["fr"]


def test_the_button_takes_a_version_off_the_list_and_history_says_who(client: Client, corrected: World) -> None:
    editor = people.editor_of(corrected.process)
    client.force_login(editor)
    page = BeautifulSoup(client.get(reverse("correction_checks")).content, "html.parser")
    form = page.select("table form")[0]
    fields = {entry["name"]: entry["value"] for entry in form.select("input")}
    for _time in range(2):
        response = client.post(form["action"], fields)
        assert response.status_code == 302
        assert response.url == reverse("correction_checks")
    assert to_check(client) == ["ru"]
    assert CorrectionCheck.objects.get().checked_by == editor
    entry = ModelLogEntry.objects.get(action="documents.check_correction")
    assert (entry.user, entry.message) == (editor, "Checked after ALPHA/1/2020/Corr.1")
    french = LanguageVersion.objects.get(document=corrected.of(OfficialDocument), language="fr")
    assert "Checked after ALPHA/1/2020/Corr.1" in client.get(admin_url(french, "history")).content.decode()


def test_nobody_checks_for_another_process(client: Client, corrected: World, foreign: World) -> None:
    client.force_login(people.editor_of(foreign.process))
    assert to_check(client) == []
    version = LanguageVersion.objects.get(document=corrected.of(OfficialDocument), language="fr")
    relation = DocumentRelation.objects.get()
    address = reverse("check_correction", args=[relation.pk, version.pk])
    assert client.get(address).status_code == 405
    assert client.post(address).status_code in {302, 403}
    assert not CorrectionCheck.objects.exists()
    other = reverse("check_correction", args=[relation.pk, foreign.of(LanguageVersion).pk])
    assert client.post(other).status_code == 404


def test_the_list_costs_the_same_few_queries_however_long(client: Client, corrected: World) -> None:
    client.force_login(people.archive_officer())
    few = queries(client, reverse("correction_checks"))
    for number in range(30):
        source = factories.OfficialDocumentFactory(process=corrected.process, symbol=f"CORR/{number}")
        factories.DocumentRelationFactory(
            source=source, target=corrected.of(OfficialDocument), kind=DocumentRelation.Kind.CORRIGENDUM
        )
    assert queries(client, reverse("correction_checks")) == few <= MOST_QUERIES
