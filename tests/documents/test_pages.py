"""The pages of documents and the archive's list: what a reader finds on them, and how many queries they cost."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from cms.core.visibility import Access
from documents.addresses import document_url
from documents.archive import PER_PAGE
from documents.models import LanguageVersion, OfficialDocument
from tests import factories
from tests.editions import SYMBOL, TITLES, Edition, plant_edition
from tests.plants import EDITION
from tests.sample import MOST_QUERIES, cold_queries
from tests.tree import plant, plant_process

pytestmark = pytest.mark.django_db

ADDRESS = f"/en/documents/{SYMBOL}/"

edition = EDITION.fixture


def read(client: Client, address: str) -> str:
    """The page, with every run of white space as one space."""
    response = client.get(address)
    assert response.status_code == 200, address
    return " ".join(response.content.decode().split())


class _Text(HTMLParser):
    """Collects what is to be read."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def words(html: str) -> str:
    """What a reader reads of it."""
    parser = _Text()
    parser.feed(html)
    return " ".join("".join(parser.parts).split())


def section(html: str, start: str, end: str = "</section>") -> str:
    """The part of the page from one string to the next."""
    begin = html.index(start)
    return html[begin : html.index(end, begin)]


# A document with a web edition


@pytest.mark.usefixtures("edition")
def test_the_masthead_states_the_facts(client: Client) -> None:
    head = words(section(read(client, ADDRESS), '<header class="masthead">', "</header>"))
    for fact in (
        "CTOC/COP/2020/3",
        TITLES["en"],
        "Note",
        "Distribution General",
        "Date 1 July 2020",
        "Original English",
        "Vienna 12–16 October 2020",
        "Agenda items 1 2",
    ):
        assert fact in head


def test_the_masthead_states_former_symbols(client: Client, edition: Edition) -> None:
    document = edition.document
    html = words(read(client, ADDRESS))
    assert "Other symbol" not in html
    factories.FormerSymbolFactory(document=document, symbol="CTOC/COP/2020/L.1")
    assert "Other symbol CTOC/COP/2020/L.1" in words(read(client, ADDRESS))


@pytest.mark.usefixtures("edition")
def test_the_address_for_all_languages_is_where_the_reader_is(client: Client) -> None:
    html = client.get(ADDRESS, headers={"host": "127.0.0.1:8123"}).content.decode()
    assert f'href="http://127.0.0.1:8123/documents/{SYMBOL}"' in html
    assert f'hreflang="en" href="http://127.0.0.1:8123{ADDRESS}"' in html


@pytest.mark.usefixtures("edition")
def test_facts_lead_to_body_session_and_agenda_items(client: Client) -> None:
    html = read(client, ADDRESS)
    for address in ("/en/processes/untoc/cop/", "/en/processes/untoc/cop/10/", "/en/processes/untoc/cop/10/#item-1"):
        assert f'href="{address}"' in html


def test_languages_and_files(client: Client, edition: Edition) -> None:
    versions = section(read(client, ADDRESS), '<section class="versions"')
    assert f'href="/ru/documents/{SYMBOL}/" lang="ru" hreflang="ru">Русский</a>' in versions
    assert "CTOC_COP_2020_3.en.pdf" in versions
    assert "CTOC_COP_2020_3.ru.pdf" in versions
    assert "You are reading this version" in versions
    assert "expected 20 January 2098" in words(versions)
    assert edition.document.versions.count() == 3


@pytest.mark.usefixtures("edition")
def test_contents_paragraphs_and_annexes_can_be_linked(client: Client) -> None:
    html = read(client, ADDRESS)
    contents = section(html, '<nav class="contents"', "</nav>")
    assert "I. Reports of the working groups paras. 1–3" in words(contents)
    for anchor in re.findall(r'href="#([^"]+)"', contents):
        assert f'id="{anchor}"' in html
    for number in (1, 2, 3):
        assert f'id="para-{number}"' in html
        assert f'href="#para-{number}"' in html
    assert 'id="annex-1"' in html


@pytest.mark.usefixtures("edition")
def test_notes_lead_both_ways(client: Client) -> None:
    html = read(client, ADDRESS)
    for name in ("fn1", "fn2", "fn3"):
        assert html.count(f'id="{name}"') == html.count(f'id="ref-{name}"') == 1
        assert f'href="#{name}"' in html
        assert f'href="#ref-{name}"' in html


def test_no_name_is_given_twice_and_no_link_inside_the_page_is_dead(client: Client) -> None:
    plant_edition(paragraphs=5)
    html = read(client, ADDRESS)
    names = re.findall(r' id="([^"]+)"', html)
    assert len(names) == len(set(names))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(names)


@pytest.mark.usefixtures("edition")
def test_documents_cited_and_citing(client: Client) -> None:
    html = read(client, ADDRESS)
    cited = section(html, 'id="cited"')
    assert '<a href="/en/documents/CITED/1/">Cited document 1</a>' in cited
    assert "ABSENT/1 Not in the archive" in words(cited)
    assert '<a href="/en/documents/CITING/2/">Citing document 2</a>' in section(html, 'id="cited-by"')


def test_relations_keep_what_is_not_public(client: Client) -> None:
    edition = plant_edition(relations=1)
    OfficialDocument.objects.filter(symbol="CITED/1").update(access=Access.STAFF)
    LanguageVersion.objects.filter(document__symbol="CITING/1").update(state=LanguageVersion.State.HELD)
    html = read(client, document_url(edition.document, "en"))
    assert "Cited document 1" not in html
    assert "CITING/1" not in html


def test_a_document_that_cites_itself_is_no_relation_of_its_own(client: Client) -> None:
    edition = plant_edition(relations=0)
    factories.CitationFactory(document=edition.document, symbol=SYMBOL)
    assert 'id="cited-by"' not in read(client, ADDRESS)
    assert SYMBOL not in words(section(read(client, ADDRESS), 'id="cited"'))


@pytest.mark.usefixtures("edition")
def test_breadcrumbs_end_with_the_symbol(client: Client) -> None:
    crumbs = section(read(client, ADDRESS), '<nav class="breadcrumbs', "</nav>")
    assert words(crumbs).startswith("Home Processes en The untoc process en")
    assert words(crumbs).endswith(SYMBOL)


@pytest.mark.usefixtures("edition")
def test_search_engines_hear_of_released_languages_only(client: Client) -> None:
    alternates = re.findall(r'rel="alternate" hreflang="([^"]+)" href="([^"]+)"', read(client, ADDRESS))
    assert {language: address.removeprefix("http://testserver") for language, address in alternates} == {
        "en": ADDRESS,
        "ru": f"/ru/documents/{SYMBOL}/",
        "x-default": f"/documents/{SYMBOL}",
    }


@pytest.mark.usefixtures("edition")
def test_the_language_switch_says_what_is_awaited_and_what_is_missing(client: Client) -> None:
    switch = words(section(read(client, ADDRESS), '<nav class="languages"', "</nav>"))
    assert "Español (Awaited in this language)" in switch
    assert "中文 (Not available in this language)" in switch


def test_an_editor_sees_a_draft_of_a_document_that_is_held(admin_client: Client) -> None:
    edition = plant_edition(("en",))
    edition.document.versions.update(state=LanguageVersion.State.HELD, title="A title that waits")
    page = edition.pages["en"]
    page.unpublish()
    html = read(admin_client, reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert 'id="para-1"' in html
    assert "Agenda items" in html
    assert "A title that waits" in words(section(html, "<h1", "</h1>"))
    assert 'class="notice' not in html


# A document without a web edition in this language


def planted(state: str = LanguageVersion.State.RELEASED, **facts: object) -> OfficialDocument:
    """A site in English and French with a document in English."""
    plant(("en", "fr"))
    document: OfficialDocument = factories.OfficialDocumentFactory(**{"symbol": SYMBOL, **facts})
    factories.LanguageVersionFactory(document=document, title="The only title", state=state)
    return document


def test_a_file_only_document_shows_its_facts_and_files(client: Client) -> None:
    document = planted(date=date(2020, 7, 1))
    factories.DocumentFileFactory(version=document.versions.get())
    html = read(client, ADDRESS)
    assert "The only title" in html
    assert "CTOC_COP_2020_3.en.txt" in html
    assert 'class="text"' not in html
    assert "noindex" not in html


def test_a_page_in_a_language_that_the_document_lacks_says_so(client: Client) -> None:
    planted()
    html = read(client, f"/fr/documents/{SYMBOL}/")
    assert '<h1><span lang="en" dir="ltr">The only title</span></h1>' in html
    notice = section(html, 'class="notice', "</div>")
    assert f'href="/en/documents/{SYMBOL}/"' in notice
    assert '<meta name="robots" content="noindex">' in html
    assert 'hreflang="fr"' not in section(html, "<head>", "</head>")


def test_an_awaited_document_shows_facts_and_that_it_is_awaited(client: Client) -> None:
    planted(state=LanguageVersion.State.AWAITED, date=date(2020, 7, 1))
    html = read(client, ADDRESS)
    assert "This document is awaited" in html
    assert "The only title" in html
    assert 'rel="alternate" hreflang' not in html


def test_a_restricted_document_is_marked_for_those_who_see_it(admin_client: Client) -> None:
    planted(access=Access.PARTICIPANTS)
    facts = words(section(read(admin_client, ADDRESS), "<dl", "</dl>"))
    assert "Access Participants" in facts


def test_a_title_is_text_and_no_markup(client: Client) -> None:
    document = planted()
    document.versions.update(title="<script>alert(1)</script> & more")
    for address in (ADDRESS, "/en/documents/"):
        assert "<script>alert" not in read(client, address)
        assert "&lt;script&gt;" in read(client, address)


# The archive's list


@pytest.fixture
def archive() -> dict[str, OfficialDocument]:
    """A site in English and Russian with three documents: of a session, of another process, and without a symbol."""
    tree = plant(("en", "ru"))
    process = factories.ProcessFactory(code="untoc")
    plant_process(tree, process)
    session = factories.SessionFactory(working_group__process=process, working_group__code="cop", number=10)
    documents = {
        "report": factories.OfficialDocumentFactory(
            symbol=SYMBOL, process=process, session=session, date=date(2020, 7, 1)
        ),
        "decision": factories.OfficialDocumentFactory(
            symbol="KP/1", kind=OfficialDocument.Kind.DECISION, date=date(2017, 1, 1)
        ),
        "letter": factories.OfficialDocumentFactory(symbol=None, kind=OfficialDocument.Kind.LETTER, date=None),
    }
    for name, document in documents.items():
        factories.LanguageVersionFactory(document=document, title=f"The {name}")
    factories.LanguageVersionFactory(document=documents["report"], language="ru", title="Доклад")
    return documents


def listed(client: Client, query: str = "", language: str = "en") -> list[str]:
    """The titles in the list, in order."""
    html = read(client, f"/{language}/documents/{query}")
    return re.findall(r'class="cell-title">\s*<a [^>]*>([^<]+)</a>', html)


def test_the_list_is_newest_first_and_undated_last(client: Client, archive: dict[str, OfficialDocument]) -> None:
    assert listed(client) == ["The report", "The decision", "The letter"]
    assert listed(client, "?order=oldest") == ["The decision", "The report", "The letter"]
    assert listed(client, language="ru")[0] == "Доклад"


def test_each_filter_narrows_the_list(client: Client, archive: dict[str, OfficialDocument]) -> None:
    report = archive["report"]
    assert report.session is not None
    body, session = report.session.working_group_id, report.session_id
    for query in (
        "?process=untoc",
        f"?process=untoc&body={body}",
        f"?process=untoc&body={body}&session={session}",
        "?year=2020",
        "?language=ru",
        "?process=untoc&kind=report&year=2020&language=ru",
    ):
        assert listed(client, query) == ["The report"]
    assert listed(client, "?kind=letter") == ["The letter"]


@pytest.mark.parametrize(
    "query",
    ["?process=x", "?body=1", "?year=20x0", "?year=99999999999999", "?language=xx", "?kind=%00", "?page=0", "?page=x"],
)
def test_values_that_mean_nothing_are_ignored(client: Client, archive: dict[str, OfficialDocument], query: str) -> None:
    assert len(listed(client, query)) == 3


def test_filters_in_force_can_be_taken_away_one_by_one(client: Client, archive: dict[str, OfficialDocument]) -> None:
    report = archive["report"]
    assert report.session is not None
    html = read(
        client, f"/en/documents/?process=untoc&body={report.session.working_group_id}&session=&year=2020&order=symbol"
    )
    chips = re.findall(r'class="chip" href="([^"]*)"', html)
    assert chips == [
        "?year=2020&amp;order=symbol",
        "?process=untoc&amp;year=2020&amp;order=symbol",
        f"?process=untoc&amp;body={report.session.working_group_id}&amp;order=symbol",
    ]
    assert '<option value="2020" selected>' in html


def test_the_filters_go_along_to_another_language(client: Client, archive: dict[str, OfficialDocument]) -> None:
    html = read(client, "/en/documents/?process=untoc&year=2020")
    assert "/ru/documents/?process=untoc&amp;year=2020" in section(html, '<nav class="languages"', "</nav>")


def test_nothing_found_has_a_way_on(client: Client, archive: dict[str, OfficialDocument]) -> None:
    html = read(client, "/en/documents/?process=untoc&kind=letter")
    assert "No document has all that you chose." in html
    assert '<a href="/en/documents/">Show all documents</a>' in html


def test_an_empty_archive_says_so(client: Client) -> None:
    plant(("en",))
    assert "There are no documents yet." in read(client, "/en/documents/")


def test_a_long_list_has_pages_that_keep_the_filters(client: Client) -> None:
    plant(("en",))
    process = factories.ProcessFactory(code="untoc")
    for number in range(PER_PAGE + 1):
        factories.LanguageVersionFactory(
            document=factories.OfficialDocumentFactory(process=process, symbol=f"A/{number}")
        )
    html = read(client, "/en/documents/?process=untoc")
    assert f"{PER_PAGE + 1} documents" in words(html)
    assert 'href="?process=untoc&amp;page=2"' in html
    assert len(listed(client, "?process=untoc&page=2")) == 1


@pytest.mark.usefixtures("edition")
def test_the_list_shows_languages_by_format(client: Client) -> None:
    html = read(client, "/en/documents/?kind=note")
    formats = words(section(html, '<ul class="formats"', "</ul>"))
    assert "Read EN, English, Read FR: not available" in formats
    assert "PDF EN, English, PDF, 8 bytes" in formats
    assert "ES: awaited" in formats
    assert "Awaited: ES" in formats
    assert "20 January 2098" in formats


def test_the_list_names_the_days_on_which_languages_are_expected(client: Client, edition: Edition) -> None:
    document = edition.document
    for code, day in (("fr", date(2098, 1, 20)), ("ar", date(2097, 5, 1)), ("zh-hans", None)):
        factories.LanguageVersionFactory(
            document=document, language=code, state=LanguageVersion.State.AWAITED, expected_on=day
        )
    html = read(client, "/ru/documents/?kind=note")
    note = words(section(html, "formats__note", "</ul>"))
    assert re.findall(r"AR|FR|ES|ZH|\d+ \w+ \d{4}", note) == ["AR", "1 мая 2097", "FR", "ES", "20 января 2098", "ZH"]


# Queries


def costs(client: Client, paragraphs: int, relations: int) -> dict[str, int]:
    """The queries, cold, of a document's pages and of the list, on a site that is gone again afterwards."""
    with transaction.atomic():
        edition = plant_edition(("en", "ru", "fr"), paragraphs, relations)
        edition.pages["fr"].unpublish()
        counts = {code: cold_queries(client, document_url(edition.document, code)) for code in ("en", "ru", "fr")}
        counts["list"] = cold_queries(client, "/ru/documents/")
        counts["filtered list"] = cold_queries(
            client, f"/en/documents/?process=untoc&body={edition.document.working_group_id}"
        )
        transaction.set_rollback(True)
    return counts


def test_pages_cost_the_same_few_queries_however_much_they_show(client: Client) -> None:
    few = costs(client, paragraphs=2, relations=1)
    many = costs(client, paragraphs=60, relations=PER_PAGE)
    assert few == many
    assert max(many.values()) <= MOST_QUERIES, many
