"""What machines read of a document: JSON, JSON-LD, citation tags, citations for reference managers."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.test import Client

from cms.core.visibility import Access
from documents.models import DocumentFile, LanguageVersion, OfficialDocument
from tests import factories
from tests.editions import SENTENCES, SYMBOL, TITLES, Edition, plant_edition
from tests.plants import EDITION
from tests.sample import MOST_QUERIES, cold_queries

pytestmark = pytest.mark.django_db

PAGE = f"/en/documents/{SYMBOL}/"
DATA = f"/documents/{SYMBOL}.json"
HOST = "http://testserver"


edition = EDITION.fixture


def head(client: Client, address: str = PAGE) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).content, "html.parser")


def linked(page: BeautifulSoup) -> dict[str, Any]:
    """The JSON-LD of the page."""
    data: dict[str, Any] = json.loads(page.select('script[type="application/ld+json"]')[0].text)
    return data


def tags(page: BeautifulSoup) -> dict[str, str]:
    """The citation tags of the page."""
    return {str(tag["name"]): str(tag["content"]) for tag in page.select('meta[name^="citation_"]')}


# JSON


def test_facts_versions_files_and_text(client: Client, edition: Edition) -> None:
    assert head(client).select(f'link[rel="alternate"][type="application/json"][href="{DATA}"]')
    response = client.get(DATA)
    assert response.headers["Content-Type"] == "application/json"
    data = response.json()
    assert (data["format"], data["version"]) == ("plenary-document", 1)
    facts = ("symbol", "kind", "date", "distribution", "access", "original_language", "process", "body")
    assert [data[name] for name in facts] == [
        SYMBOL,
        "note",
        "2020-07-01",
        "general",
        "public",
        "en",
        "untoc",
        "cop",
    ]
    assert data["url"] == f"{HOST}/documents/{SYMBOL}"
    assert data["session"] == {"body": "cop", "code": "10", "starts_on": "2020-10-12", "ends_on": "2020-10-16"}
    assert data["agenda_items"] == ["1", "2"]
    languages = {entry["language"]: entry for entry in data["languages"]}
    assert sorted(languages) == ["en", "es", "ru"]
    assert languages["es"] == {"language": "es", "state": "awaited", "title": "", "expected_on": "2098-01-20"} | {
        "title": languages["es"]["title"]
    }
    russian = languages["ru"]
    assert (russian["title"], russian["url"]) == (TITLES["ru"], f"{HOST}/ru/documents/{SYMBOL}/")
    file = DocumentFile.objects.get(version__document=edition.document, version__language="ru")
    assert [(entry["media_type"], entry["size"], entry["sha256"]) for entry in russian["files"]] == [
        ("application/pdf", file.size, file.sha256)
    ]
    assert client.get(russian["files"][0]["url"].removeprefix(HOST)).status_code == 200


@pytest.mark.usefixtures("edition")
def test_the_text_is_given_block_by_block(client: Client) -> None:
    text = next(entry for entry in client.get(DATA).json()["languages"] if entry["language"] == "ru")["text"]
    blocks = {block["id"]: block for block in text["blocks"]}
    assert blocks["para-2"] == {
        "kind": "paragraph",
        "id": "para-2",
        "label": "2",
        "text": f"{SENTENCES['ru']} CITED/2 the page[2]",
        "cites": ["CITED/2"],
    }
    assert blocks["para-3-a-i"]["level"] == 2
    assert blocks["table-1"]["rows"] == [[SENTENCES["ru"]] * 2] * 2
    assert blocks["annex-1"]["label"] == "Приложение I"
    assert text["notes"][0] == {"id": "fn1", "mark": "1", "text": SENTENCES["ru"]}
    page = head(client, f"/ru/documents/{SYMBOL}/")
    assert all(page.find(id=name) for name in blocks), "every id is a place on the page"


def test_data_says_nothing_that_the_page_would_not(client: Client, edition: Edition) -> None:
    LanguageVersion.objects.filter(language="ru").update(state=LanguageVersion.State.HELD)
    assert [entry["language"] for entry in client.get(DATA).json()["languages"]] == ["en", "es"]
    edition.pages["en"].unpublish()
    assert client.get(DATA).json()["languages"][0]["text"] is None
    OfficialDocument.objects.filter(pk=edition.document.pk).update(access=Access.STAFF)
    for address in (DATA, f"/en/documents/{SYMBOL}.bib", f"/en/documents/{SYMBOL}.ris"):
        response = client.get(address)
        assert response.status_code == 302, address
        assert "/login/?next=" in response.headers["Location"]
    edition.document.versions.all().delete()
    for address in (DATA, f"/en/documents/{SYMBOL}.bib", "/documents/NO/1.json", "/en/documents/NO/1.ris"):
        assert client.get(address, follow=True).status_code == 404, address


@pytest.mark.parametrize(
    "path", ["NO/1", "archive/99999", "archive/x", "%00"], ids=["symbol", "number", "no number", "junk"]
)
@pytest.mark.usefixtures("edition")
def test_data_that_are_not_there_are_not_found_at_once_and_that_is_data_too(client: Client, path: str) -> None:
    response = client.get(f"/documents/{path}.json", headers={"Accept-Language": "zh"})
    assert (response.status_code, response.headers["Content-Type"]) == (404, "application/json")
    assert response.json()["error"] == "not found"


@pytest.mark.usefixtures("edition")
def test_however_the_symbol_is_typed_data_are_at_one_address(client: Client) -> None:
    response = client.get("/documents/ctoc/cop/2020/3.json")
    assert (response.status_code, response.headers["Location"]) == (301, DATA)


def test_data_cost_the_same_few_queries_however_long_the_text(client: Client) -> None:
    counts = []
    for paragraphs, relations in ((2, 1), (60, 10)):
        with transaction.atomic():
            plant_edition(("en", "ru"), paragraphs, relations)
            counts.append([cold_queries(client, DATA), cold_queries(client, f"/ru/documents/{SYMBOL}.bib")])
            transaction.set_rollback(True)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= MOST_QUERIES, counts


# JSON-LD and citation tags


def test_a_report_for_search_engines(client: Client, edition: Edition) -> None:
    data = linked(head(client))
    assert data["@type"] == "Report"
    assert (data["name"], data["inLanguage"]) == (TITLES["en"], "en")
    assert (data["reportNumber"], data["datePublished"]) == (SYMBOL, "2020-07-01")
    assert data["workTranslation"] == [
        {"@type": "Report", "@id": f"{HOST}/ru/documents/{SYMBOL}/", "name": TITLES["ru"], "inLanguage": "ru"}
    ]
    assert [file["encodingFormat"] for file in data["encoding"]] == ["application/pdf"]
    OfficialDocument.objects.filter(pk=edition.document.pk).update(kind=OfficialDocument.Kind.DECISION)
    law = linked(head(client))
    assert (law["@type"], law["legislationIdentifier"], law["legislationDate"]) == ("Legislation", SYMBOL, "2020-07-01")


@pytest.mark.usefixtures("edition")
def test_tags_for_scholarly_indexes(client: Client) -> None:
    found = tags(head(client, f"/ru/documents/{SYMBOL}/"))
    assert found["citation_title"] == TITLES["ru"]
    assert found["citation_technical_report_number"] == SYMBOL
    assert found["citation_publication_date"] == "2020/07/01"
    assert found["citation_language"] == "ru"
    assert found["citation_pdf_url"].endswith("/CTOC_COP_2020_3.ru.pdf")
    assert found["citation_fulltext_html_url"] == f"{HOST}/ru/documents/{SYMBOL}/"


@pytest.mark.usefixtures("edition")
def test_a_language_that_is_awaited_has_no_tags(client: Client) -> None:
    assert tags(head(client, f"/ru/documents/{SYMBOL}/"))
    LanguageVersion.objects.filter(language="ru").update(state=LanguageVersion.State.AWAITED)
    page = head(client, f"/ru/documents/{SYMBOL}/")
    assert not tags(page)
    assert not page.select('script[type="application/ld+json"]')


@pytest.mark.usefixtures("edition")
def test_a_title_does_not_end_the_script(client: Client) -> None:
    title = "</script><script>alert(1)</script><!-- & \u2028"
    LanguageVersion.objects.filter(language="en").update(title=title)
    html = client.get(PAGE).content.decode()
    assert "<script>alert" not in html
    assert linked(BeautifulSoup(html, "html.parser"))["name"] == title


# Citations


@pytest.mark.usefixtures("edition")
def test_citations_are_saved_in_the_language_of_the_page(client: Client) -> None:
    links = {link.get_text(strip=True): str(link["href"]) for link in head(client).select("#cite .cluster a")}
    assert links["JSON"] == DATA
    for name, kind in (("BibTeX", "application/x-bibtex"), ("RIS", "application/x-research-info-systems")):
        response = client.get(links[name].replace("/en/", "/ru/"))
        assert response.headers["Content-Type"] == f"{kind}; charset=utf-8"
        assert response.headers["Content-Disposition"].startswith('attachment; filename="CTOC-COP-2020-3.')
        text = response.content.decode()
        assert TITLES["ru"] in text
        assert f"{HOST}/documents/{SYMBOL}" in text


def test_a_document_without_a_symbol_can_be_cited(client: Client) -> None:
    document = factories.OfficialDocumentFactory(symbol=None)
    factories.LanguageVersionFactory(document=document, title="A letter")
    number = document.archive_number
    assert client.get(f"/documents/archive/{number}.json").json()["archive_number"] == number
    text = client.get(f"/en/documents/archive/{number}.bib").content.decode()
    assert f"@techreport{{document-{document.uid.hex[:8]},\n" in text
    assert "A letter" in text
