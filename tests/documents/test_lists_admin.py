"""Lists and choosers of records: bounded queries, search by SQL, export, a menu that leads to all of them."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.admin.icons import get_icons
from wagtail.snippets.models import get_snippet_models

from cms.core.models import Record
from cms.meetings.models import AgendaItem, Session, Venue
from cms.processes.models import Membership, Office, Party, Process, WorkingGroup
from documents.models import DocumentFile, FormerSymbol, LanguageVersion, OfficialDocument, SymbolSeries
from tests import factories, people
from tests.records import World, list_url

pytestmark = pytest.mark.django_db

FACTORIES: dict[type[Record], Any] = {
    Process: factories.ProcessFactory,
    WorkingGroup: factories.WorkingGroupFactory,
    Party: factories.OrganisationFactory,
    Membership: factories.MembershipFactory,
    Office: factories.OfficeFactory,
    Venue: factories.VenueFactory,
    Session: factories.SessionFactory,
    AgendaItem: factories.AgendaItemFactory,
    OfficialDocument: factories.OfficialDocumentFactory,
    FormerSymbol: factories.FormerSymbolFactory,
    LanguageVersion: factories.LanguageVersionFactory,
    DocumentFile: factories.DocumentFileFactory,
    SymbolSeries: factories.SymbolSeriesFactory,
}


def queries(client: Client, address: str, **parameters: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address, parameters).status_code == 200
    return len(captured)


@pytest.fixture
def officer(client: Client, world: World) -> Client:
    client.force_login(people.archive_officer())
    return client


@pytest.mark.parametrize("model", FACTORIES)
def test_a_longer_list_takes_no_more_queries(model: Any, officer: Client) -> None:
    chooser = reverse(model.snippet_viewset.chooser_viewset.get_url_name("choose"))
    for address in (list_url(model), chooser):
        FACTORIES[model].create_batch(2)
        queries(officer, address)
        few = queries(officer, address)
        FACTORIES[model].create_batch(6)
        assert queries(officer, address) <= few
        assert few <= 25


@pytest.mark.parametrize("term", ["ALPHA/1", "alpha /1", "АLРНА/1", "Title of alpha"])
def test_a_document_is_found_by_symbol_however_typed_and_by_title(term: str, officer: Client, world: World) -> None:
    factories.LanguageVersionFactory(document=world.of(OfficialDocument), language="fr", title="Title of alpha, again")
    factories.OfficialDocumentFactory.create_batch(3)
    chooser = OfficialDocument.snippet_viewset.chooser_viewset
    for address in (list_url(OfficialDocument), reverse(chooser.get_url_name("choose_results"))):
        html = officer.get(address, {"q": term}).content.decode()
        assert "ALPHA/1" in html
        assert "TEST/" not in html


@pytest.mark.parametrize("model", FACTORIES)
def test_every_list_can_be_searched_filtered_and_exported(model: Any, officer: Client) -> None:
    FACTORIES[model]()
    assert officer.get(list_url(model), {"q": "x' OR 1=1 --"}).status_code == 200
    assert officer.get(list_url(model, "list_results"), {"process": "x"}).status_code == 200
    for kind in ("csv", "xlsx"):
        response = officer.get(list_url(model), {"export": kind})
        assert response.status_code == 200
        assert b"".join(response.streaming_content)


def test_a_document_is_listed_once_however_many_versions_match(officer: Client) -> None:
    document = factories.OfficialDocumentFactory()
    for code in ("en", "fr", "ru"):
        factories.LanguageVersionFactory(document=document, language=code, title="The same title")
    response = officer.get(list_url(OfficialDocument), {"q": "same title"})
    assert list(response.context["object_list"]) == [document]


def test_every_icon_is_there() -> None:
    sprite = get_icons()
    for model in get_snippet_models():
        if issubclass(model, Record):
            icon = model.snippet_viewset.icon
            assert f'id="icon-{icon}"' in sprite, icon


def test_the_menu_leads_to_every_record(officer: Client, world: World) -> None:
    home = officer.get(reverse("wagtailadmin_home")).content.decode()
    for model in FACTORIES:
        assert list_url(model) in home
    assert "core/admin.css" in home
    officer.force_login(people.translator_of("fr"))
    home = officer.get(reverse("wagtailadmin_home")).content.decode()
    assert [model.__name__ for model in FACTORIES if list_url(model) in home] == ["Party", "Venue"]
