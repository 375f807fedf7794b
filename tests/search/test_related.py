"""Documents that cite one, and documents like one, as readers get them."""

import datetime
import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cms.core.visibility import Access
from documents.models import Citation, OfficialDocument
from documents.symbols.folding import symbol_key
from search.outbox import feed
from tests import factories
from tests.people import reader_of
from tests.search.test_views import links, search, total
from tests.tree import Tree

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tree")]


@pytest.fixture
def fish(index: Path) -> OfficialDocument:
    """A document on tuna with two others like it, one of them restricted, one on mines, and two that cite it."""
    process = factories.ProcessFactory()

    def document(symbol: str, *titles: str, **facts: Any) -> OfficialDocument:
        made = factories.OfficialDocumentFactory(
            process=process, symbol=symbol, date=datetime.date(2024, 3, 1), **facts
        )
        for language, title in zip(("en", "fr"), titles, strict=False):
            factories.LanguageVersionFactory(document=made, language=language, title=title)
        return made

    first = document("A/79/5", "Vessels fishing for tuna", "Navires pêchant le thon")
    document("A/79/6", "Tuna fishing without vessels")
    document("A/79/R.1", "Secret vessels fishing tuna", access=Access.PARTICIPANTS)
    for symbol, title, access in (
        ("A/80/1", "Clearance of mines", Access.PUBLIC),
        ("A/80/R.2", "Secret clearance", Access.PARTICIPANTS),
    ):
        citing = document(symbol, title, access=access)
        Citation.objects.create(document=citing, symbol="A/79/5", symbol_key=symbol_key("A/79/5"))
    feed()
    return first


def chips(page: str) -> list[tuple[str, str]]:
    """What is written on each chip, and the address that takes it back."""
    found = re.findall(r'<a class="chip" href="([^"]*)">(.*?)</a>', page, re.DOTALL)
    return [(" ".join(re.sub(r"<[^>]*>", " ", text).split()), unescape(address)) for address, text in found]


@pytest.mark.usefixtures("fish")
def test_documents_that_cite_one_and_may_be_seen(client: Client) -> None:
    page = search(client, citing="a/79/5")
    assert total(page) == 1
    assert "Clearance of mines" in page
    assert chips(page) == [("Remove: Documents that cite a/79/5", "?")]
    assert total(search(client, citing="A/79/5", q="mines", kind="report")) == 1
    assert total(search(client, citing="A/79/5", q="tuna")) == 0
    assert links(search(client, citing="A/79/5", q="mines"), "Remove all") == [{"q": ["mines"]}]


def test_documents_like_one(client: Client, fish: OfficialDocument) -> None:
    for name in (str(fish.uid), "A/79/5", " a/79/5 "):
        page = search(client, similar=name)
        assert total(page) == 1
        assert "Tuna fishing without vessels" in page
        assert chips(page) == [("Remove: Similar to A/79/5", "?")]
        assert re.search(r'aria-current="true">Best match', page)
    assert total(search(client, similar="A/79/5", q="without", year="2024")) == 1
    assert total(search(client, similar="A/79/5", year="1999")) == 0

    client.force_login(reader_of(fish.process))
    assert total(search(client, similar="A/79/5")) == 2


def test_a_document_is_cited_by_any_symbol_that_it_had(client: Client, fish: OfficialDocument) -> None:
    factories.FormerSymbolFactory(document=fish, symbol="A/79/L.5")
    earlier = factories.OfficialDocumentFactory(process=fish.process, symbol="A/78/7")
    factories.LanguageVersionFactory(document=earlier, title="Demining")
    Citation.objects.create(document=earlier, symbol="A/79/L.5", symbol_key=symbol_key("A/79/L.5"))
    feed()

    for symbol in ("A/79/5", "a 79 5", "A/79/L.5", "a/79/l. 5", "А/79/L.5"):
        page = search(client, citing=symbol)
        assert total(page) == 2
        assert "Demining" in page
        assert chips(page) == [(f"Remove: Documents that cite {symbol}", "?")]
    assert client.get("/en/search.json?citing=a+79+5").json()["query"]["citing"] == "a 79 5"


def test_the_other_symbols_of_a_closed_document_are_not_told(client: Client, fish: OfficialDocument) -> None:
    secret = OfficialDocument.objects.get(symbol="A/79/R.1")
    factories.FormerSymbolFactory(document=secret, symbol="A/79/R.7")
    citing = factories.OfficialDocumentFactory(process=fish.process, symbol="A/80/8")
    factories.LanguageVersionFactory(document=citing, title="Minutes")
    Citation.objects.create(document=citing, symbol="A/79/R.7", symbol_key=symbol_key("A/79/R.7"))
    feed()

    assert total(search(client, citing="A/79/R.1")) == 0
    client.force_login(reader_of(fish.process))
    assert total(search(client, citing="A/79/R.1")) == 1


@pytest.mark.parametrize(
    "name",
    ["a 79 5", "A–79–5", "А/79/5", "a_79_5*", "A/79/L.5", "A/79/L. 5", "a79l5"],
    ids=["spaces", "dashes", "cyrillic", "address", "former", "former with a space", "former without signs"],
)
def test_a_symbol_to_be_like_is_known_in_any_disguise(client: Client, fish: OfficialDocument, name: str) -> None:
    factories.FormerSymbolFactory(document=fish, symbol="A/79/L.5")

    page = search(client, similar=name)

    assert total(page) == 1
    assert chips(page) == [("Remove: Similar to A/79/5", "?")]


def test_like_what_the_reader_may_not_see_is_as_like_what_is_not_there(client: Client, fish: OfficialDocument) -> None:
    secret = OfficialDocument.objects.get(symbol="A/79/R.1")
    for hidden, nothing in (("A/79/R.1", "A/99/R.1"), (str(secret.uid), str(uuid4()))):
        page, other = search(client, similar=hidden), search(client, similar=nothing)
        assert total(page) == 0
        assert page.replace(hidden, nothing).replace(urlencode({"": hidden}), urlencode({"": nothing})) == other
    client.force_login(reader_of(fish.process))
    assert total(search(client, similar="A/79/R.1")) == 2


def test_pages_and_documents_without_a_symbol_are_called_by_their_title(
    client: Client, tree: Tree, index: Path
) -> None:
    document = factories.OfficialDocumentFactory(symbol=None)
    factories.LanguageVersionFactory(document=document, language="fr", title="La pêche <au thon>")
    page = factories.StandardPageFactory(parent=tree.homes["en"], title="Fishing for tuna")
    feed()
    assert chips(search(client, similar=str(document.uid))) == [("Remove: Similar to La pêche &lt;au thon&gt;", "?")]
    assert chips(search(client, similar=str(page.translation_key))) == [("Remove: Similar to Fishing for tuna", "?")]


@pytest.mark.usefixtures("fish")
@pytest.mark.parametrize("parameter", ["citing", "similar"])
def test_whatever_stands_in_the_address_is_answered(client: Client, parameter: str) -> None:
    for name in ("!!!", "\x00", "x" * 5_000, "<script>alert(1)</script>", "A/79/5\x00", "会", "{}", "0" * 32):
        page = search(client, q="tuna", **{parameter: name})
        assert "<script>alert" not in page
    assert total(search(client, q="tuna", **{parameter: " "})) == 2


@pytest.mark.usefixtures("fish")
def test_filters_are_applied_to_the_same_documents(client: Client) -> None:
    page = search(client, similar="A/79/5", citing="A/79/9")
    form = page[page.index('<form action="/en/search/" aria-label') :] if "fold--wide" in page else ""
    if form:
        assert '<input type="hidden" name="similar" value="A/79/5">' in form
    page = search(client, similar="A/79/5")
    form = page[page.index('<form action="/en/search/" aria-label') :]
    assert '<input type="hidden" name="similar" value="A/79/5">' in form[: form.index("</form>")]


def test_the_other_forms_start_from_the_same_document(client: Client, fish: OfficialDocument) -> None:
    data = client.get("/en/search.json?similar=A/79/5").json()
    assert data["query"]["similar_to"] == str(fish.uid)
    assert [hit["symbol"] for hit in data["hits"]] == ["A/79/6"]
    assert client.get(f"/en/search.json?similar={data['hits'][0]['key']}").json()["hits"][0]["symbol"] == "A/79/5"
    assert b"A/80/1" in client.get("/en/search.csv?citing=A/79/5").getvalue()
    client.force_login(reader_of(fish.process))
    feed_of_citing = client.get("/en/search.atom?citing=A/79/5").content.decode()
    assert "Documents that cite A/79/5 – Search" in feed_of_citing
    assert "A/80/1" in feed_of_citing
    assert "A/80/R.2" not in feed_of_citing


def test_hits_and_documents_lead_to_what_is_like_them(client: Client, fish: OfficialDocument, tree: Tree) -> None:
    assert f'href="/en/search/?similar={fish.uid}"' in search(client, q="tuna")
    page = client.get("/en/documents/A/79/5/").content.decode()
    assert f'href="/en/search/?similar={fish.uid}"' in page
    assert 'href="/en/search/?citing=A%2F79%2F5"' in page
    assert "?citing=" not in client.get("/en/documents/A/79/6/").content.decode()


def test_the_page_takes_few_queries(
    client: Client, fish: OfficialDocument, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    search(client, similar="A/79/5")
    with django_assert_max_num_queries(12):
        search(client, similar="A/79/5", citing="A/79/5")
    with django_assert_max_num_queries(12):
        search(client, similar="A/79/5", q="tuna", year="2024")
