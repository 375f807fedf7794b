"""The page of a session in a real browser: agenda and documents on wide screens, on phones and on paper."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.chromium import OpenPage, accessibility_problems, follow
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


@pytest.mark.parametrize("language", ["ru", "ar"])
def test_what_a_cell_is_does_not_run_into_what_it_says_on_a_phone(
    live_server: LiveServer, open_page: OpenPage, sample: Sample, language: str
) -> None:
    page = open_page(viewport=PHONE)
    page.goto(f"{live_server.url}{sample.addresses(language)['session']}")
    assert page.locator("#documents td[data-label]").count() > 3
    # A label that cannot break is wider than its place; what goes past its place makes the cell wider than it is.
    overrun = page.evaluate(
        """() => [...document.querySelectorAll('td[data-label]')].filter(cell => {
            const label = getComputedStyle(cell, '::before');
            const probe = document.createElement('span');
            probe.textContent = cell.dataset.label;
            for (const name of ['font', 'whiteSpace']) { probe.style[name] = label[name]; }
            probe.style.display = 'inline-block';
            probe.style.maxInlineSize = label.inlineSize;
            document.body.append(probe);
            const wide = probe.scrollWidth > probe.clientWidth + 1;
            probe.remove();
            return wide;
        }).map(cell => cell.dataset.label)"""
    )
    assert overrun == []


@pytest.mark.parametrize("language", ["en", "ru", "ar"])
def test_tables_of_a_session_have_room_on_a_sheet_of_paper(
    live_server: LiveServer, open_page: OpenPage, sample: Sample, language: str
) -> None:
    page = open_page(viewport={"width": 794, "height": 1123})
    page.goto(f"{live_server.url}{sample.addresses(language)['session']}")
    page.emulate_media(media="print")
    assert page.locator("#documents table, #reports table").count() == 2
    too_wide = page.evaluate(
        """() => {
            document.body.style.inlineSize = '166mm';
            return [...document.querySelectorAll('table')].filter(table =>
                table.getBoundingClientRect().width > table.parentElement.getBoundingClientRect().width + 1
            ).length;
        }"""
    )
    assert too_wide == 0


def test_number_of_an_item_leads_from_a_document_to_the_agenda(
    live_server: LiveServer, page: Page, sample: Sample
) -> None:
    page.goto(f"{live_server.url}{sample.addresses('en')['session']}")
    follow(page.locator("#documents").get_by_role("link", name="1 (a)"))
    assert page.url.endswith("#item-1-a")
    # The page glides there.
    page.wait_for_function("() => document.querySelector('#item-1-a').getBoundingClientRect().top >= 0")
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


@pytest.mark.parametrize("language", ["en", "ar"])
def test_documents_of_a_session_are_downloaded_together(
    live_server: LiveServer, open_page: OpenPage, sample: Sample, language: str
) -> None:
    for viewport in (WIDE, PHONE):
        page = open_page(viewport=viewport)
        page.goto(f"{live_server.url}{sample.addresses(language)['session']}")
        follow(page.locator("#documents .pack a"))
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
        assert accessibility_problems(page) == []
        for box_ in page.locator("form[method=post] input[type=checkbox]").all():
            box_.check()
        with page.expect_download() as download:
            page.locator("form[method=post] button").click()
        assert download.value.suggested_filename.endswith(".zip")
        for box_ in page.locator("form[method=post] input[name=languages]").all():
            box_.uncheck()
        follow(page.locator("form[method=post] button"))
        assert page.get_by_role("alert").count() == 1
        assert accessibility_problems(page) == []
