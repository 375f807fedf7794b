"""The page of a session in a real browser: agenda and documents on wide screens, on phones and on paper."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.chromium import OpenPage
from tests.sample import Sample, plant_sample

pytestmark = pytest.mark.browser

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def sample(transactional_db: None) -> Sample:
    return plant_sample(("en", "ru", "ar"))


def box(page: Page, selector: str) -> dict[str, float]:
    """Where the first such element is."""
    found = page.locator(selector).first.bounding_box()
    assert found is not None, selector
    return {"left": found["x"], "right": found["x"] + found["width"], "top": found["y"], "height": found["height"]}


@pytest.mark.parametrize(("language", "ends_before"), [("en", True), ("ar", False)])
def test_documents_stand_beside_their_item_where_there_is_room(
    live_server: LiveServer, open_page: OpenPage, sample: Sample, language: str, ends_before: bool
) -> None:
    page = open_page(viewport=WIDE)
    page.goto(f"{live_server.url}{sample.addresses(language)['session']}")
    title, papers = box(page, "#item-1 .agenda__title"), box(page, "#item-1 .agenda__docs")
    assert abs(title["top"] - papers["top"]) < 12
    assert (title["right"] < papers["left"]) == ends_before
    assert (papers["right"] < title["left"]) != ends_before


def test_documents_stand_below_their_item_on_a_phone(
    live_server: LiveServer, open_page: OpenPage, sample: Sample
) -> None:
    page = open_page(viewport=PHONE)
    page.goto(f"{live_server.url}{sample.addresses('en')['session']}")
    title, papers = box(page, "#item-1 .agenda__title"), box(page, "#item-1 .agenda__docs")
    assert papers["top"] >= title["top"] + title["height"]


def test_cells_of_a_table_say_what_they_are_on_a_phone(
    live_server: LiveServer, open_page: OpenPage, sample: Sample
) -> None:
    page = open_page(viewport=PHONE)
    page.goto(f"{live_server.url}{sample.addresses('en')['session']}")
    cell = page.locator("#documents td[data-label='Date']").first
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == '"Date"'
    rows = page.locator("#documents").get_by_role("row")
    assert rows.count() >= 3
    assert rows.nth(1).get_by_role("rowheader").inner_text() == "AP/2098/1"


def test_number_of_an_item_leads_from_a_document_to_the_agenda(
    live_server: LiveServer, page: Page, sample: Sample
) -> None:
    page.goto(f"{live_server.url}{sample.addresses('en')['session']}")
    page.locator("#documents").get_by_role("link", name="1 (a)").click()
    assert page.url.endswith("#item-1-a")
    item = box(page, "#item-1-a")
    assert 0 <= item["top"] < 900


def test_paper_shows_facts_and_agenda_without_the_frame_of_the_site(
    live_server: LiveServer, page: Page, sample: Sample
) -> None:
    page.goto(f"{live_server.url}{sample.addresses('en')['session']}")
    page.emulate_media(media="print")
    for gone in (".site-header", ".site-footer", ".breadcrumbs", ".on-page"):
        assert not page.locator(gone).is_visible(), gone
    for kept in ("h1", "dl.facts", ".agenda", "#documents table", "#reports table"):
        assert page.locator(kept).first.is_visible(), kept
    assert page.pdf(format="A4").startswith(b"%PDF")
