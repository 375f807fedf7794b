"""One document, one address: whatever its symbol holds, however it is typed, and for nobody who may not know of it."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from cms.core.visibility import Access
from cms.processes.models import ProcessRole
from documents.addresses import document_url, neutral_url
from documents.models import LanguageVersion, OfficialDocument
from tests import factories
from tests.tree import Tree, plant_process, plant_report

pytestmark = pytest.mark.django_db

State = LanguageVersion.State

# Symbols as documents bear them, with the address that each must have.
SYMBOLS = {
    "CTOC/COP/2020/3": "CTOC/COP/2020/3",
    "S/RES/2770 (2025)": "S/RES/2770_(2025)",
    "A/C.3/56/L.12/Rev.1": "A/C.3/56/L.12/Rev.1",
    "E/ICEF/672(Part I)": "E/ICEF/672(Part_I)",
    "A/48/161*": "A/48/161*",
    "КП/2003": "%D0%9A%D0%9F/2003",
    "TD/B/C.I/MEM.5/2%": "TD/B/C.I/MEM.5/2%25",
    "E/ESCAP/64/1?add#2": "E/ESCAP/64/1%3Fadd%232",
    "MC-3/11": "MC-3/11",
}


def file_only(symbol: str | None = "CTOC/COP/2020/3", language: str = "en", **facts: object) -> OfficialDocument:
    """A document with one language version and no web edition."""
    version_facts = {name: facts.pop(name) for name in ("state", "released_at") if name in facts}
    document: OfficialDocument = factories.OfficialDocumentFactory(symbol=symbol, **facts)
    factories.LanguageVersionFactory(document=document, language=language, title="The title", **version_facts)
    return document


@pytest.mark.parametrize(("symbol", "path"), SYMBOLS.items())
def test_a_symbol_is_the_address(tree: Tree, client: Client, symbol: str, path: str) -> None:
    document = file_only(symbol)
    assert document_url(document, "en") == f"/en/documents/{path}/"
    response = client.get(f"/en/documents/{path}/")
    assert response.status_code == 200
    assert "The title" in response.content.decode()
    assert client.get(f"/documents/{path}")["Location"] == f"/en/documents/{path}/"


@pytest.mark.parametrize(("symbol", "path"), SYMBOLS.items())
def test_a_web_edition_has_the_address_of_its_document(tree: Tree, client: Client, symbol: str, path: str) -> None:
    process = factories.ProcessFactory()
    document = factories.OfficialDocumentFactory(symbol=symbol, process=process)
    edition = plant_report(plant_process(tree, process)["en"], document, title="The web edition")
    assert edition.get_url() == f"/en/documents/{path}/"
    response = client.get(f"/en/documents/{path}/")
    assert response.status_code == 200
    assert 'class="text"' in response.content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        "ctoc/cop/2020/3/",
        "CTOC/COP/2020/3",
        "CTOC/%20COP/2020/3/",
        "СТОС/СОР/2020/3/",
        "CTOC/COP/2020/３/",
        "CTOC/COP/2020/3*/",
    ],
)
def test_a_symbol_typed_otherwise_is_redirected_once(tree: Tree, client: Client, typed: str) -> None:
    file_only()
    response = client.get(f"/en/documents/{quote(typed, safe='/%')}", follow=True)
    assert response.redirect_chain[-1] == ("/en/documents/CTOC/COP/2020/3/", 301)
    assert len(response.redirect_chain) == 1
    assert response.status_code == 200


def test_a_former_symbol_leads_to_the_document(tree: Tree, client: Client) -> None:
    document = file_only()
    factories.FormerSymbolFactory(document=document, symbol="CTOC/COP/2020/L.3")
    assert client.get("/en/documents/CTOC/COP/2020/L.3/")["Location"] == "/en/documents/CTOC/COP/2020/3/"
    assert client.get("/documents/ctoc/cop/2020/l.3")["Location"] == "/en/documents/CTOC/COP/2020/3/"


def test_a_document_without_symbol_has_an_archive_number(tree: Tree, client: Client) -> None:
    document = file_only(symbol=None)
    path = f"archive/{document.archive_number}"
    assert document_url(document, "en") == f"/en/documents/{path}/"
    assert f"Archive no. {document.archive_number}" in client.get(f"/en/documents/{path}/").content.decode()
    assert client.get(f"/documents/{path}")["Location"] == f"/en/documents/{path}/"
    for wrong in ("archive/0/", "archive/999999999/", "archive/99999999999999999999/", "archive/x/", "archive/١/"):
        assert client.get(f"/en/documents/{wrong}").status_code == 404


def test_the_slug_of_a_web_edition_leads_to_its_address(tree: Tree, client: Client) -> None:
    process = factories.ProcessFactory()
    document = factories.OfficialDocumentFactory(symbol="CTOC/COP/2020/3", process=process)
    edition = plant_report(plant_process(tree, process)["en"], document)
    response = client.get(f"/en/processes/{process.code}/{edition.slug}/")
    assert response.status_code == 301
    assert response["Location"] == "/en/documents/CTOC/COP/2020/3/"


# The language-neutral address


def released_in(*languages: str) -> OfficialDocument:
    """A document released in these languages."""
    document: OfficialDocument = factories.OfficialDocumentFactory(symbol="CTOC/COP/2020/3")
    for language in languages:
        factories.LanguageVersionFactory(document=document, language=language)
    return document


@pytest.mark.parametrize(
    ("released", "cookie", "accepted", "expected"),
    [
        (("en", "ru"), "", "ru", "ru"),
        (("en", "ru", "fr"), "fr", "ru", "fr"),
        (("en", "ru"), "fr", "ru", "ru"),
        (("en", "ru"), "", "de, fr;q=0.8, ru;q=0.5", "ru"),
        (("fr", "ru"), "", "es", "fr"),
        (("en", "ru"), "klingon", "xx-%", "en"),
        (("zh-hans",), "", "zh-CN", "zh"),
    ],
)
def test_language_by_cookie_then_browser_then_what_there_is(
    tree: Tree, client: Client, released: tuple[str, ...], cookie: str, accepted: str, expected: str
) -> None:
    document = released_in(*released)
    if cookie:
        client.cookies["plenary_language"] = cookie
    response = client.get(neutral_url(document), headers={"Accept-Language": accepted})
    assert response.status_code == 302
    assert response["Location"] == f"/{expected}/documents/CTOC/COP/2020/3/"
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in response["Vary"].split(",")}


def test_an_awaited_document_is_shown_in_the_language_of_the_reader(tree: Tree, client: Client) -> None:
    document = file_only(state=State.AWAITED)
    response = client.get(neutral_url(document), headers={"Accept-Language": "ru"})
    assert response["Location"] == "/ru/documents/CTOC/COP/2020/3/"


# Who may know of it


@pytest.mark.parametrize(
    "facts",
    [
        {"state": State.HELD},
        {"state": State.WITHDRAWN},
        {"state": State.RELEASED, "released_at": timezone.now() + timedelta(days=1)},
        {"state": State.HELD, "access": Access.PARTICIPANTS},
        {"state": State.AWAITED, "access": Access.STAFF},
    ],
    ids=["held", "withdrawn", "embargoed", "held and restricted", "awaited and restricted"],
)
def test_a_document_that_is_not_out_answers_like_one_that_does_not_exist(
    tree: Tree, client: Client, facts: dict[str, object]
) -> None:
    document = file_only(**facts)
    process = plant_process(tree, document.process)
    plant_report(process["en"], document)
    for path in ("CTOC/COP/2020/3", "ctoc/cop/2020/3"):
        assert client.get(f"/en/documents/{path}/").status_code == 404
        assert client.get(f"/ru/documents/{path}/").status_code == 404
    # Django adds the language to any address that is not found: as typed, so that it tells nothing.
    hidden = client.get("/documents/ctoc/cop/2020/3", follow=True)
    absent = client.get("/documents/ctoc/cop/2020/4", follow=True)
    assert hidden.status_code == absent.status_code == 404
    assert hidden.redirect_chain == [("/en/documents/ctoc/cop/2020/3/", 302)]
    assert absent.redirect_chain == [("/en/documents/ctoc/cop/2020/4/", 302)]


def test_an_embargo_ends_by_itself(tree: Tree, client: Client) -> None:
    file_only(released_at=timezone.now() - timedelta(seconds=1))
    assert client.get("/en/documents/CTOC/COP/2020/3/").status_code == 200


@pytest.mark.parametrize("language", ["en", "fr"], ids=["with web edition", "facts only"])
def test_a_restricted_document_asks_for_log_in_in_every_language(tree: Tree, client: Client, language: str) -> None:
    document = file_only(access=Access.PARTICIPANTS)
    plant_report(plant_process(tree, document.process)["en"], document, title="Secret heading")
    address = f"/{language}/documents/CTOC/COP/2020/3/"
    response = client.get(address)
    assert response.status_code == 302
    assert response["Location"] == f"/{language}/_util/login/?next={address}"
    assert client.get(response["Location"]).status_code == 200

    # The process got its groups with its first page.
    readers = ProcessRole.objects.get(process=document.process, role=ProcessRole.Role.READER).group
    client.force_login(factories.UserFactory(groups=[readers]))
    assert client.get(address).status_code == 200
    client.force_login(factories.UserFactory())
    assert client.get(address).status_code == 404


def test_an_alias_is_not_served_as_an_edition_in_the_wrong_language(tree: Tree, client: Client) -> None:
    document = file_only()
    pages = plant_process(tree, document.process)
    edition = plant_report(pages["en"], document)
    Page.objects.get(pk=edition.pk).specific.create_alias(parent=pages["fr"], update_locale=pages["fr"].locale)
    response = client.get("/fr/documents/CTOC/COP/2020/3/")
    assert response.status_code == 200
    assert 'class="text"' not in response.content.decode()
    assert 'href="/en/documents/CTOC/COP/2020/3/"' in response.content.decode()


# Hostile addresses


@pytest.mark.parametrize(
    "path",
    [
        "%00",
        "CTOC%00/COP",
        "../../etc/passwd",
        "%2e%2e/%2e%2e/admin",
        "//evil.example/",
        "https://evil.example/",
        "A" * 5000,
        "/".join("A" * 300),
        "%E2%80%AE%E2%80%8F",
        "%FF%FE",
        "<script>alert(1)</script>",
        "' OR 1=1 --",
        "*",
        "_",
        "%20",
    ],
)
def test_hostile_paths_are_not_found_and_break_nothing(tree: Tree, client: Client, path: str) -> None:
    file_only()
    for address in (f"/en/documents/{path}/", f"/documents/{path}"):
        response = client.get(address, follow=True)
        assert response.status_code in (400, 404)
        assert b"<script>alert" not in response.content


def test_a_symbol_that_looks_like_another_host_stays_on_this_site(tree: Tree, client: Client) -> None:
    document = file_only("evil.example/1")
    assert client.get(neutral_url(document))["Location"] == "/en/documents/evil.example/1/"


# The symbol on printed pages


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_the_print_sheet_names_the_symbol_and_nothing_else(tree: Tree, client: Client, symbol: str) -> None:
    document = file_only(symbol)
    page = client.get(document_url(document, "en")).content.decode()
    assert f'/print/{quote(symbol, safe="/!$&()*+,;=~:@")}.css"' in page.replace("&amp;", "&")
    response = client.get(f"/print/{quote(symbol)}.css")
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert "max-age=86400" in response["Cache-Control"]
    assert "@top-right" in response.content.decode()


def test_a_hostile_symbol_cannot_leave_its_string(client: Client) -> None:
    sheet = client.get("/print/" + quote('x"; } body { display: none } \\') + ".css").content.decode()
    assert sheet.count('"') == 4
    assert "body" in sheet
    assert "{ display" not in sheet
    assert client.get("/print/" + "A" * 121 + ".css").status_code == 404
