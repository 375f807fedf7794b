"""A whole symbol typed into the search leads to its document, with a way back to the results."""

import datetime
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cms.core.visibility import Access
from documents.models import OfficialDocument
from search.outbox import feed
from tests import factories
from tests.people import reader_of
from tests.tree import Tree, plant_body, plant_process, plant_session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tree", "index")]


@pytest.fixture
def report(index: Path) -> OfficialDocument:
    """A report in English, with a former symbol, among others."""
    document = factories.OfficialDocumentFactory(symbol="CTOC/COP/WG.4/2019/6")
    factories.FormerSymbolFactory(document=document, symbol="CTOC/COP/WG.4/2019/CRP.2")
    factories.LanguageVersionFactory(document=document, title="Report on the zebra")
    factories.LanguageVersionFactory(document__symbol="CTOC/COP/WG.4/2019/60")
    feed()
    return document


def led_to(client: Client, language: str = "en", /, **asked: str) -> str:
    """Where the search page leads; empty when it stays where it is."""
    response = client.get(f"/{language}/search/?{urlencode(asked)}")
    assert response.status_code in {200, 302}
    return response["Location"] if response.status_code == 302 else ""


@pytest.mark.usefixtures("report")
@pytest.mark.parametrize(
    "typed",
    [
        "CTOC/COP/WG.4/2019/6",
        "ctoc cop wg4 2019 6",
        "ctoccopwg420196",
        "СТОС/СОР/WG.4/2019/6",
        " CTOC–COP–WG. 4–2019–6* ",
        "CTOC/COP/WG.4/2019/CRP.2",
        "стос/сор/wg. 4/2019/crp.2",
    ],
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_whole_symbol_leads_to_its_document_and_back(client: Client, language: str, typed: str) -> None:
    way = led_to(client, language, q=typed)
    assert way.startswith(f"/{language}/documents/CTOC/COP/WG.4/2019/6/?searched=")

    page = client.get(way).content.decode()
    assert 'class="way-back' in page
    back = page[page.index(f'href="/{language}/search/?q=') + 6 :]
    back = back[: back.index('"')].replace("&amp;", "&")
    assert parse_qs(urlsplit(back).query) == {"q": [" ".join(typed.split())], "all": ["1"]}
    assert "Report on the zebra" in client.get(back).content.decode()


@pytest.mark.usefixtures("report")
@pytest.mark.parametrize(
    "asked",
    [
        {"q": "CTOC/COP/WG.4/2019"},
        {"q": "CTOC/COP/WG.4/2019/6 zebra"},
        {"q": '"CTOC/COP/WG.4/2019/6"'},
        {"q": "symbol:CTOC/COP/WG.4/2019/6"},
        {"q": "-CTOC/COP/WG.4/2019/6"},
        {"q": "zebra"},
        {"q": "2019"},
        {"q": ""},
        {"q": "CTOC/COP/WG.4/2019/6", "all": "1"},
        {"q": "CTOC/COP/WG.4/2019/6", "kind": "report"},
        {"q": "CTOC/COP/WG.4/2019/6", "sort": "newest"},
        {"q": "CTOC/COP/WG.4/2019/6", "page": "2"},
        {"q": "A/" * 200 + "1"},
    ],
)
def test_anything_else_gives_results(client: Client, asked: dict[str, str]) -> None:
    assert led_to(client, **asked) == ""


@pytest.mark.usefixtures("report")
@pytest.mark.parametrize("form", ["search.json", "search.atom", "search.csv"])
def test_programs_are_led_nowhere(client: Client, form: str) -> None:
    assert client.get(f"/en/{form}?q=CTOC/COP/WG.4/2019/6").status_code != 302


def test_symbols_that_differ_in_punctuation_are_told_apart_or_all_shown(client: Client) -> None:
    for symbol in ("A/1/11", "A/11/1"):
        factories.LanguageVersionFactory(document__symbol=symbol)
    assert led_to(client, q="a/1/11").startswith("/en/documents/A/1/11/")
    assert led_to(client, q="a 11/1") == ""  # neither of the two


def test_what_a_reader_may_not_know_of_is_no_document(client: Client) -> None:
    process = factories.ProcessFactory()
    secret = factories.OfficialDocumentFactory(process=process, symbol="A/79/R.1", access=Access.PARTICIPANTS)
    factories.LanguageVersionFactory(document=secret)
    coming = factories.OfficialDocumentFactory(symbol="A/79/9")
    factories.LanguageVersionFactory(document=coming, released_at=timezone.now() + datetime.timedelta(days=1))
    response = client.get("/en/search/?q=A/79/R.1")
    assert response.status_code == 200
    assert led_to(client, q="A/79/9") == ""

    client.force_login(reader_of(process))
    response = client.get("/en/search/?q=A/79/R.1")
    assert response.status_code == 302
    assert "Cookie" in response["Vary"]
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("searched", ["", "A/79/5", "<script>alert(1)</script>", "Call 555", "\x00", "9" * 5_000])
def test_only_the_documents_own_symbol_is_shown_as_searched_for(
    client: Client, report: OfficialDocument, searched: str
) -> None:
    page = client.get(f"/en/documents/{report.symbol}/?{urlencode({'searched': searched})}")
    assert page.status_code == 200
    assert "way-back" not in page.content.decode()
    assert "<script>alert" not in page.content.decode()


def test_the_way_back_is_escaped_and_leaves_what_the_page_says_of_its_address(
    client: Client, report: OfficialDocument
) -> None:
    typed = '"><CTOC/COP/WG.4/2019/6>'
    plain = client.get(f"/en/documents/{report.symbol}/").content.decode()
    page = client.get(f"/en/documents/{report.symbol}/?{urlencode({'searched': typed})}").content.decode()
    assert "&quot;&gt;&lt;CTOC/COP/WG.4/2019/6&gt;</bdi>" in page

    def told(html: str) -> list[str]:
        return [line.strip() for line in html.splitlines() if "<link rel=" in line or 'property="og:url"' in line]

    assert told(page) == told(plain)


def test_looking_for_a_symbol_costs_two_queries_and_words_none(
    client: Client, report: OfficialDocument, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    # The first question of a process also reads what editors have set: other tests may have asked before, or not.
    led_to(client, q="CTOC/COP/WG.4/2019/60")
    with django_assert_max_num_queries(3):
        assert led_to(client, q=report.symbol or "")


def test_pages_of_processes_bodies_and_sessions_search_within_themselves(client: Client, tree: Tree) -> None:
    session = factories.SessionFactory()
    body = session.working_group
    above = plant_process(tree, body.process)
    bodies = plant_body(above, body)
    sessions = plant_session(bodies, session)
    for page, facet, key in [
        (above["en"], "process", body.process.pk),
        (bodies["en"], "body", body.pk),
        (sessions["en"], "session", session.pk),
    ]:
        html = client.get(page.get_url()).content.decode()
        form = html[html.index('<form class="search-within') :]
        form = form[: form.index("</form>")]
        assert 'action="/en/search/"' in form
        assert f'<input type="hidden" name="{facet}" value="{key}">' in form
        assert f'<label for="search-within">Search in this {facet}</label>' in form
