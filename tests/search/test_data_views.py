"""Results in other forms: JSON, Atom and CSV of the same address, and what browsers are told of the search."""

import csv
import datetime
import io
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.test.client import MULTIPART_CONTENT
from pytest_django import DjangoAssertNumQueries, Settings
from wagtail.models import Site

from cms.core.visibility import Access
from documents.models import LanguageVersion, ReportPage
from search import spreadsheets
from search.outbox import feed
from tests import factories
from tests.people import reader_of
from tests.search.engines.contract.hostile import HOSTILE
from tests.tree import Tree, plant_report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tree")]

FORMS = ["json", "atom", "csv"]
ATOM = "{http://www.w3.org/2005/Atom}"


def fetch(client: Client, form: str, site: str = "en", /, **parameters: Any) -> Any:
    response = client.get(f"/{site}/search.{form}?{urlencode(parameters, doseq=True, errors='ignore')}")
    assert response.status_code == 200
    assert response["X-Robots-Tag"] == "noindex, follow"
    return response


def in_json(client: Client, site: str = "en", /, **parameters: Any) -> Any:
    return fetch(client, "json", site, **parameters).json()


def rows(client: Client, site: str = "en", /, **parameters: Any) -> list[list[str]]:
    text = fetch(client, "csv", site, **parameters).getvalue().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def in_atom(client: Client, site: str = "en", /, **parameters: Any) -> ET.Element:
    return ET.fromstring(fetch(client, "atom", site, **parameters).content)


def text_of(client: Client, form: str, user: Any = None) -> str:
    """All that one form says of the zebra."""
    response = fetch(client, form, q="zebra")
    return str((response.getvalue() if form == "csv" else response.content).decode())


@pytest.fixture
def zebras(index: Path, tree: Tree) -> list[LanguageVersion]:
    """A document in two languages with a web edition, an older one of another process, and a restricted one."""
    first = factories.OfficialDocumentFactory(
        process__name="First process", symbol="A/79/5", date=datetime.date(2024, 3, 1), kind="note"
    )
    page = plant_report(tree.archives["en"], first, title="Note on the zebra")
    page.body = json.dumps(
        [{"type": "paragraph", "value": {"anchor": "a", "label": "7", "text": "<p>A zebra &lt;b&gt; &amp; co</p>"}}]
    )
    page.save()
    second = factories.OfficialDocumentFactory(symbol="CTOC/COP/2019/6", date=datetime.date(2019, 9, 20))
    secret = factories.OfficialDocumentFactory(process=first.process, symbol="A/79/R.1", access=Access.PARTICIPANTS)
    made = [
        factories.LanguageVersionFactory(document=first, language="ru", title="Записка о зебре"),
        factories.LanguageVersionFactory(document=second, title="Report on the zebra"),
        factories.LanguageVersionFactory(document=secret, title="Secret zebra"),
    ]
    feed()
    return made


@pytest.mark.usefixtures("zebras")
def test_json_says_what_the_page_shows_as_text(client: Client) -> None:
    data = in_json(client, q="zebra", kind="note")

    assert (data["format"], data["version"]) == ("plenary-search", 1)
    assert data["query"] == {
        "words": "zebra",
        "language": "en",
        "filters": {"kind": ["note"]},
        "citing": None,
        "similar_to": None,
        "sort": "relevance",
    }
    assert (data["total"], data["page"], data["pages"]) == (1, 1, 1)
    assert (data["previous"], data["next"]) == (None, None)
    (hit,) = data["hits"]
    url = "http://testserver/en/documents/A/79/5/"
    assert (hit["symbol"], hit["title"], hit["url"], hit["date"]) == ("A/79/5", "Note on the zebra", url, "2024-03-01")
    assert hit["process"]["name"] == "First process"
    assert [(version["language"], version["url"]) for version in hit["versions"]] == [
        ("en", url),
        ("ru", "http://testserver/ru/documents/A/79/5/"),
    ]
    (passage,) = hit["passages"]
    assert (passage["label"], passage["url"]) == ("7", f"{url}#a")
    assert passage["pieces"] == [
        {"text": "A ", "match": False},
        {"text": "zebra", "match": True},
        {"text": " <b> & co", "match": False},
    ]
    kinds = next(facet for facet in data["facets"] if facet["name"] == "kind")
    assert {(value["value"], value["count"], value["chosen"]) for value in kinds["values"]} == {
        ("note", 1, True),
        ("report", 1, False),
    }


def test_json_leads_from_page_to_page(client: Client, index: Path) -> None:
    for number in range(23):
        factories.LanguageVersionFactory(title=f"Zebra {number}")
    feed()
    first = in_json(client, q="zebra", sort="symbol")
    assert (first["previous"], first["pages"]) == (None, 2)
    second = client.get(first["next"]).json()
    assert (len(second["hits"]), second["page"], second["next"]) == (3, 2, None)
    assert client.get(second["previous"]).json()["hits"] == first["hits"]


@pytest.mark.usefixtures("zebras")
def test_the_table_opens_in_spreadsheet_programs_in_the_language_of_the_page(client: Client) -> None:
    response = fetch(client, "csv", "fr", q="zebra")
    assert response.getvalue().startswith(b"\xef\xbb\xbf")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith('attachment; filename="search-')

    header, *found = rows(client, "fr", q="zebra", sort="newest")
    assert header[:3] == ["Cote", "Titre", "Langue"]
    assert [row[:3] for row in found] == [
        ["A/79/5", "Note on the zebra", "EN"],
        ["CTOC/COP/2019/6", "Report on the zebra", "EN"],
    ]
    assert found[0][4] == "2024-03-01"
    assert found[0][-2:] == ["EN RU", "http://testserver/en/documents/A/79/5/"]


@pytest.mark.parametrize("title", ["=zebra()", "+zebra", "-zebra", "@zebra", "\tzebra", "\rzebra", "＝zebra"])
def test_no_cell_is_a_formula(client: Client, index: Path, title: str) -> None:
    factories.LanguageVersionFactory(title=title)
    feed()
    _header, row = rows(client, q="zebra")
    assert row[1][0] not in "=+-@\t\r＝"
    assert row[1].endswith(title.strip())


@pytest.fixture
def in_small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """The table asks the engine for five documents at a time."""
    monkeypatch.setattr(spreadsheets, "MAX_PAGE_SIZE", 5)


@pytest.mark.usefixtures("in_small_pages")
def test_the_table_holds_all_results_once(client: Client, index: Path) -> None:
    for number in range(12):
        factories.LanguageVersionFactory(title=f"Zebra {number}")
    feed()
    _header, *found = rows(client, q="zebra", page="2")
    assert {row[1] for row in found} == {f"Zebra {number}" for number in range(12)}
    assert len(found) == 12


@pytest.mark.usefixtures("in_small_pages")
def test_a_table_that_breaks_off_does_not_look_whole(client: Client, index: Path) -> None:
    for number in range(12):
        factories.LanguageVersionFactory(title=f"Zebra {number}")
    feed()
    response = fetch(client, "csv", q="zebra")
    lines = iter(response.streaming_content)
    next(lines)
    (index / "current").unlink()
    with pytest.raises(spreadsheets.EngineUnavailableError):
        list(lines)


def test_the_feed_has_the_newest_first_with_marks_that_stay(client: Client, zebras: list[LanguageVersion]) -> None:
    found = in_atom(client, q="zebra", sort="oldest", page="2")
    assert found.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "en"
    assert found.findtext(f"{ATOM}title") == "zebra – Search"
    assert found.findtext(f"{ATOM}author/{ATOM}name")
    entries = found.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [
        "A/79/5 – Note on the zebra",
        "CTOC/COP/2019/6 – Report on the zebra",
    ]
    # Feed readers read a summary as HTML.
    assert entries[0].findtext(f"{ATOM}summary") == "A zebra &lt;b&gt; &amp; co"
    assert entries[1].findtext(f"{ATOM}id") == f"urn:uuid:{zebras[1].uid}"
    released = zebras[1].released_at
    assert datetime.datetime.fromisoformat(entries[1].findtext(f"{ATOM}updated") or "") == (
        released.replace(microsecond=0) if released else datetime.datetime(2019, 9, 20, tzinfo=datetime.UTC)
    )

    (russian,) = in_atom(client, "ru", q="зебре").findall(f"{ATOM}entry")
    assert russian.findtext(f"{ATOM}title") == "A/79/5 – Записка о зебре"


@pytest.mark.usefixtures("zebras")
def test_the_feed_waits_for_all_words(client: Client) -> None:
    assert in_json(client, q="zebra unicorn")["complete"] == 0
    assert in_json(client, q="zebra unicorn")["total"] == 2
    assert in_atom(client, q="zebra unicorn").findall(f"{ATOM}entry") == []


def test_the_feed_tells_everybody_the_same(client: Client, zebras: list[LanguageVersion]) -> None:
    client.force_login(reader_of(zebras[2].document.process))
    assert "Secret zebra" in text_of(client, "json")
    assert "Secret zebra" in text_of(client, "csv")
    assert "Secret zebra" not in text_of(client, "atom")


@pytest.mark.usefixtures("zebras")
@pytest.mark.parametrize("form", FORMS)
def test_restricted_documents_are_for_their_readers(client: Client, form: str) -> None:
    shown = text_of(client, form)
    assert "Report on the zebra" in shown
    assert "Secret" not in shown
    assert "R.1" not in shown


@pytest.mark.usefixtures("zebras")
@pytest.mark.parametrize("form", FORMS)
def test_what_changed_since_the_last_feed_is_not_told(client: Client, form: str) -> None:
    LanguageVersion.objects.filter(title="Report on the zebra").update(state="withdrawn")
    ReportPage.objects.update(live=False)
    shown = text_of(client, form)
    assert "Note on the zebra" in shown
    assert "Report on" not in shown
    assert "co" not in shown.split("summary")[1] if form == "atom" else '"match": true}, {' not in shown


@pytest.mark.usefixtures("zebras")
@pytest.mark.parametrize("form", FORMS)
def test_whatever_is_asked_is_answered(client: Client, settings: Settings, form: str) -> None:
    settings.RATE_LIMITS = {"search": 1_000, "search-table": 1_000}
    for words in HOSTILE:
        response = fetch(client, form, q=words[:20_000])
        content = response.getvalue() if form == "csv" else response.content
        if form == "atom":
            ET.fromstring(content)
    for parameters in ({"page": "²"}, {"page": "9" * 40}, {"kind": "\x00"}, {"process": "9" * 60}, {"sort": "x"}):
        fetch(client, form, q="zebra", **parameters)


@pytest.mark.usefixtures("zebras")
@pytest.mark.parametrize("form", FORMS)
def test_with_the_engine_away_programs_are_told_when_to_come_again(client: Client, index: Path, form: str) -> None:
    (index / "current").unlink()
    response = client.get(f"/en/search.{form}?q=zebra")
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert b"Search is being restored" in response.content
    assert response["Content-Type"].startswith("application/json" if form == "json" else "text/plain")


@pytest.mark.usefixtures("zebras")
@pytest.mark.parametrize("form", FORMS)
def test_too_many_requests_are_refused(client: Client, settings: Settings, form: str) -> None:
    settings.RATE_LIMITS = {"search": 1, "search-table": 1}
    fetch(client, form, q="zebra")
    response = client.get(f"/en/search.{form}?q=zebra")
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 60
    assert b"Too many requests" in response.content


@pytest.mark.parametrize("form", FORMS)
def test_only_reading_is_allowed(client: Client, form: str) -> None:
    assert client.post(f"/en/search.{form}", content_type=MULTIPART_CONTENT).status_code == 405


@pytest.mark.usefixtures("zebras")
def test_the_page_leads_to_the_other_forms_of_the_same_results(client: Client) -> None:
    page = client.get("/en/search/?q=zebra&kind=note&page=1").content.decode()
    assert '<link rel="alternate" type="application/atom+xml" href="/en/search.atom?q=zebra&amp;kind=note"' in page
    for form, query in (("atom", "q=zebra&amp;kind=note"), ("csv", "q=zebra&amp;kind=note"), ("json", "q=zebra")):
        assert f'<a href="/en/search.{form}?{query}' in page


def test_browsers_are_told_of_the_search_in_each_language(client: Client, tree: Tree) -> None:
    Site.objects.update(site_name="Pens & <Papers> of all the world")
    for language, html_lang in (("en", "en"), ("fr", "fr"), ("zh", "zh-Hans")):
        response = client.get(f"/{language}/opensearch.xml")
        assert response["Content-Type"].startswith("application/opensearchdescription+xml")
        found = ET.fromstring(response.content)
        spec = "{http://a9.com/-/spec/opensearch/1.1/}"
        assert found.findtext(f"{spec}ShortName") == "Pens & <Papers> "
        assert found.findtext(f"{spec}Language") == html_lang
        templates = {url.attrib["type"]: url.attrib["template"] for url in found.findall(f"{spec}Url")}
        assert templates["text/html"] == f"http://testserver/{language}/search/?q={{searchTerms}}&page={{startPage?}}"
        assert templates["application/atom+xml"] == f"http://testserver/{language}/search.atom?q={{searchTerms}}"
        completions = f"http://testserver/{language}/search/completions/?q={{searchTerms}}"
        assert templates["application/x-suggestions+json"] == completions
    page = client.get("/fr/").content.decode()
    assert '<link rel="search" type="application/opensearchdescription+xml" href="/fr/opensearch.xml"' in page


@pytest.mark.usefixtures("zebras")
def test_address_bars_are_told_what_may_be_meant(client: Client, settings: Settings) -> None:
    response = client.get("/en/search/completions/?q=a/79")
    assert response["Content-Type"] == "application/x-suggestions+json"
    typed, terms, descriptions, urls = response.json()
    assert (typed, terms, descriptions) == ("a/79", ["A/79/5"], ["Note on the zebra"])
    assert urls == ["http://testserver/en/documents/A/79/5/"]
    assert client.get("/en/search/completions/").json() == ["", [], [], []]

    settings.RATE_LIMITS = {"suggestions": 2}
    assert client.get("/en/search/completions/?q=a/79").status_code == 429
    assert client.get("/en/search/suggestions/?q=a/79").status_code == 429


# What it costs


def plant_documents(count: int) -> None:
    for number in range(count):
        session = factories.SessionFactory()
        document = factories.OfficialDocumentFactory(process=session.working_group.process, session=session)
        factories.LanguageVersionFactory(document=document, title=f"Zebra {number}")
    feed()


@pytest.mark.parametrize("form", FORMS)
def test_many_hits_take_no_more_queries_than_few(
    client: Client, index: Path, form: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    plant_documents(1)
    text_of(client, form)
    with django_assert_max_num_queries(12) as few:
        text_of(client, form)
    plant_documents(15)
    with django_assert_max_num_queries(12) as many:
        text_of(client, form)
    assert len(many) == len(few)
