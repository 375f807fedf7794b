"""Lists and choosers of records: bounded queries, search by SQL, export, a menu that leads to all of them."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from wagtail.admin.icons import get_icons
from wagtail.snippets.models import get_snippet_models

from cms.core.models import Record
from cms.meetings.models import AgendaItem, Session, Venue
from cms.processes.models import Membership, Office, Party, Process, WorkingGroup
from documents.models import DocumentFile, FormerSymbol, LanguageVersion, OfficialDocument, SymbolSeries
from search.models import PromotedResult, SynonymGroup
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
    SynonymGroup: factories.SynonymGroupFactory,
    PromotedResult: factories.PromotedResultFactory,
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


@pytest.mark.parametrize("term", ["ctoc cop wg4 2019 6", "СТОС/СОР/WG.4/2019/6", "wg.4 2019"])
def test_whatever_has_a_symbol_is_found_by_it_however_typed(term: str, officer: Client) -> None:
    document = factories.OfficialDocumentFactory(symbol="CTOC/COP/WG.4/2019/6")
    version = factories.LanguageVersionFactory(document=document, title="Report")
    file = factories.DocumentFileFactory(version=version)
    factories.DocumentFileFactory(version__document__symbol="CTOC/COP/WG.4/2018/7")
    for record in (document, version, file):
        assert list(officer.get(list_url(type(record)), {"q": term}).context["object_list"]) == [record]


@pytest.mark.parametrize("term", ["A/79/L.5", "a79l5", "А/79/L.5"])
def test_whatever_has_another_symbol_is_found_by_it_too(term: str, officer: Client) -> None:
    former = factories.FormerSymbolFactory(symbol="A/79/L.5", document__symbol="A/79/5")
    version = factories.LanguageVersionFactory(document=former.document)
    factories.FormerSymbolFactory(symbol="A/79/L.6")
    for record in (former, former.document, version):
        assert list(officer.get(list_url(type(record)), {"q": term}).context["object_list"]) == [record]


NAMED = "Европейская экономическая комиссия"


@pytest.mark.parametrize(
    ("model", "terms"),
    [
        (Party, [NAMED, "экономическая", "ЕВРОПЕЙСКАЯ", "Commission économique", "ÉCONOMIQUE"]),
        (Membership, ["экономическая"]),
        (Office, ["экономическая"]),
        (Venue, ["Женева", "женева", "GENÈVE", "Suisse", "瑞士"]),
        (Session, ["женева", "швейцария"]),
        (SymbolSeries, ["МК", "мк"]),
    ],
)
def test_records_are_found_by_their_names_in_any_language(model: Any, terms: list[str], officer: Client) -> None:
    party = factories.OrganisationFactory(names={"en": "ECE", "fr": "Commission économique", "ru": NAMED})
    venue = factories.VenueFactory(names={"en": "Geneva", "fr": "Genève", "ru": "Женева"}, country="CH")
    records: dict[type[Record], Any] = {
        Party: party,
        Membership: factories.MembershipFactory(party=party),
        Office: factories.OfficeFactory(party=party),
        Venue: venue,
        Session: factories.SessionFactory(venue=venue),
        SymbolSeries: factories.SymbolSeriesFactory(letters="MC", printed_letters={"ru": "МК"}),
    }
    FACTORIES[model].create_batch(2)
    chooser = reverse(model.snippet_viewset.chooser_viewset.get_url_name("choose_results"))
    for term in terms:
        assert list(officer.get(list_url(model), {"q": term}).context["object_list"]) == [records[model]], term
        results = officer.get(chooser, {"q": term}).context["results"]
        assert list(results) == [records[model]], term
    # Neither the codes of the languages nor the form in which names are stored are part of a name.
    assert list(officer.get(list_url(model), {"q": '"ru":'}).context["object_list"]) == []


@pytest.mark.parametrize("term", ["россия", "Russia", "俄罗斯", "روسيا"])
def test_a_state_is_found_by_the_names_of_its_country(term: str, officer: Client) -> None:
    state = factories.PartyFactory(country="RU")
    factories.PartyFactory(country="KZ")
    assert list(officer.get(list_url(Party), {"q": term}).context["object_list"]) == [state]


def test_titles_are_found_whatever_the_case_of_their_letters(officer: Client) -> None:
    document = factories.OfficialDocumentFactory()
    factories.LanguageVersionFactory(document=document, language="ru", title="Доклад о работе [часть 1]")
    factories.OfficialDocumentFactory()
    for term in ("доклад", "РАБОТЕ", "работе [ЧАСТЬ 1]"):
        assert list(officer.get(list_url(OfficialDocument), {"q": term}).context["object_list"]) == [document]


def test_a_document_is_listed_once_however_many_versions_match(officer: Client) -> None:
    document = factories.OfficialDocumentFactory()
    for code in ("en", "fr", "ru"):
        factories.LanguageVersionFactory(document=document, language=code, title="The same title")
    response = officer.get(list_url(OfficialDocument), {"q": "same title"})
    assert list(response.context["object_list"]) == [document]


@pytest.mark.parametrize("language", ["ru", "ar"])
def test_lists_and_choosers_speak_the_language_of_the_user(language: str, officer: Client) -> None:
    with translation.override(language):
        updated, party = gettext("Updated"), str(Party._meta.verbose_name)
        choose = gettext("Choose {object}").format(object=party)
    header = {"Accept-Language": language}
    for model, factory in FACTORIES.items():
        if model not in {Membership, Office}:
            factory()
            assert updated in officer.get(list_url(model), headers=header).content.decode(), model
    assert choose in officer.get(list_url(Membership, "add"), headers=header).content.decode()
    assert "Choose party" in officer.get(list_url(Membership, "add")).content.decode()


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


def test_documents_are_put_in_order_by_the_numbers_in_their_symbols(officer: Client) -> None:
    made = {symbol: factories.OfficialDocumentFactory(symbol=symbol) for symbol in ("T/10", "T/9", None)}
    response = officer.get(list_url(OfficialDocument), {"ordering": "symbol_sort"})
    assert [one for one in response.context["object_list"] if one in made.values()] == [
        made["T/9"],
        made["T/10"],
        made[None],
    ]
    assert "?ordering=-symbol_sort" in response.content.decode(), "the heading turns the order round"
