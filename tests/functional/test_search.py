"""The search page in a browser: accessible in three scripts, usable without scripts, no wider than a phone."""

import datetime
import re
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import Locator, Page, Route, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from cms.processes.models import WorkingGroupPage
from documents.file_texts import read_text
from documents.models import OfficialDocument
from search.engines import get_engine
from search.entries import all_entries
from tests import factories
from tests.chromium import OpenPage, accessibility_problems, follow
from tests.documents.importing.pdf_files import pages
from tests.tree import plant, plant_body, plant_process, plant_session

pytestmark = pytest.mark.browser

TITLES = {"en": "Report on the zebra {}", "ru": "Доклад о зебре {}", "ar": "تقرير عن الحمار {}"}
WORDS = {"en": "zebra", "ru": "зебра", "ar": "تقرير"}


@pytest.fixture
def site(live_server: LiveServer, settings: Settings, tmp_path: Path) -> str:
    """The address of a site with 25 documents in three languages, all of them in the index."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    get_engine().rebuild([])
    tree = plant(["en", "ru", "ar"])
    session = factories.SessionFactory()
    process = session.working_group.process
    plant_session(plant_body(plant_process(tree, process), session.working_group), session)
    for number in range(25):
        day = datetime.date(2010 + number % 9, 5, 1)
        document = factories.OfficialDocumentFactory(process=process, session=session, date=day)
        for language, title in TITLES.items():
            factories.LanguageVersionFactory(document=document, language=language, title=title.format(number))
    get_engine().rebuild(all_entries())
    return str(live_server.url)


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def test_accessible_and_no_wider_than_the_screen(site: str, open_page: OpenPage) -> None:
    for width in (1440, 390):
        for language, words in WORDS.items():
            page = open_page(viewport={"width": width, "height": 900})
            page.goto(f"{site}/{language}/search/?q={words}&year=2012")
            page.locator("details.fold").evaluate("fold => fold.open = true")
            assert page.locator(".results > li").count() > 0
            assert accessibility_problems(page) == []
            assert sideways(page) <= 0


def test_the_help_is_accessible_and_no_wider_than_the_screen(site: str, open_page: OpenPage) -> None:
    for width in (1440, 390):
        for language in WORDS:
            page = open_page(viewport={"width": width, "height": 900})
            page.goto(f"{site}/{language}/search/help/")
            assert page.get_by_role("table").count() == 2
            assert accessibility_problems(page) == []
            assert sideways(page) <= 0


def test_paper_says_what_was_asked_and_leaves_the_form_out(site: str, page: Page) -> None:
    page.goto(f"{site}/en/search/?q=zebra&year=2012&language=en&sort=oldest")
    asked = page.locator(".asked")
    expect(asked).to_be_hidden()

    page.emulate_media(media="print")

    expect(asked).to_be_visible()
    assert asked.inner_text().split("\n") == [
        "Words zebra",
        "Year 2012",
        "Language English",
        "Order of the results Oldest",
    ]
    for hidden in (page.get_by_role("search"), page.locator(".chips"), page.locator(".facets")):
        expect(hidden.first).to_be_hidden()
    assert sideways(page) <= 0


def test_everything_works_without_javascript(site: str, page_without_javascript: Page) -> None:
    page = page_without_javascript
    page.goto(f"{site}/en/search/")
    page.get_by_role("searchbox").fill("zebra")
    follow(page.get_by_role("button", name="Search", exact=True))
    assert page.get_by_role("status").text_content() == "25 results"

    follow(page.get_by_role("link", name="2012", exact=True))
    assert page.get_by_role("status").text_content() == "3 results"
    follow(page.get_by_role("link", name="Remove:").first)
    assert page.get_by_role("status").text_content() == "25 results"

    page.get_by_role("checkbox", name="Русский").check()
    follow(page.get_by_role("button", name="Apply filters"))
    assert "q=zebra" in page.url
    assert "language=ru" in page.url
    assert page.locator(".results h2 a").first.get_attribute("lang") == "ru"

    follow(page.get_by_role("link", name="Next"))
    assert page.locator(".results > li").count() == 5
    assert "language=ru" in page.url


def test_a_symbol_leads_to_its_document_and_back_to_all_results(site: str, page: Page) -> None:
    document = OfficialDocument.objects.all()[0]
    page.goto(f"{site}/ar/search/")
    page.locator("#q").fill((document.symbol or "").lower())
    page.locator("#q").press("Enter")
    page.wait_for_url("**/documents/**")
    assert (document.symbol or "?") in page.url
    assert page.locator(".way-back bdi").text_content() == (document.symbol or "").lower()
    assert accessibility_problems(page) == []

    follow(page.locator(".way-back a"))
    assert page.locator(".results > li").count() > 0
    assert page.locator("#q").input_value() == (document.symbol or "").lower()


def test_a_body_searches_within_itself(site: str, page: Page) -> None:
    body = WorkingGroupPage.objects.get(locale__language_code="en")
    page.goto(f"{site}{body.get_url()}")
    assert accessibility_problems(page) == []
    within = page.get_by_role("search", name="Search in this body")
    within.get_by_role("searchbox").fill("zebra")
    follow(within.get_by_role("button"))
    assert page.get_by_role("status").text_content() == "25 results"
    assert page.get_by_role("link", name="Remove: Body").count() == 1


def test_without_an_index_the_page_is_accessible_too(site: str, page: Page, settings: Settings, tmp_path: Path) -> None:
    settings.SEARCH_INDEX_DIR = tmp_path / "nothing"
    page.goto(f"{site}/en/search/?q=zebra")
    assert page.get_by_text("Search is being restored").is_visible()
    assert page.locator(".results > li").count() == 25
    assert accessibility_problems(page) == []


def typed(page: Page, field: Locator, text: str) -> Locator:
    """The options of the list after a visitor typed this, key by key."""
    field.press_sequentially(text)
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    return options


def test_suggestions_are_chosen_with_the_keyboard(site: str, page: Page) -> None:
    page.goto(f"{site}/en/search/")
    field = page.get_by_role("combobox")
    expect(field).to_have_attribute("aria-expanded", "false")
    options = typed(page, field, "report on ze")

    expect(options).to_have_count(8)
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("listbox", name="Suggestions")).to_have_attribute(
        "id", field.get_attribute("aria-controls") or ""
    )
    expect(page.locator("form p[role=status]")).to_have_text("8 suggestions. The arrow keys choose.")
    assert accessibility_problems(page) == []

    field.press("ArrowDown")
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", options.nth(0).get_attribute("id") or "")
    expect(field).to_be_focused()
    assert accessibility_problems(page) == []
    field.press("ArrowUp")
    expect(field).not_to_have_attribute("aria-activedescendant", re.compile("."))
    field.press("ArrowUp")
    expect(options.nth(7)).to_have_attribute("aria-selected", "true")

    field.press("Escape")
    expect(options.first).to_be_hidden()
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("report on ze")

    field.press("ArrowDown")
    title = page.locator("[role=option][aria-selected=true] bdi[lang]").text_content() or ""
    field.press("Enter")
    page.wait_for_url("**/en/documents/**")
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)


def test_a_suggestion_is_clicked_in_the_header_and_enter_alone_searches(site: str, page: Page) -> None:
    page.goto(f"{site}/en/")
    field = page.get_by_role("combobox").first
    typed(page, field, "zebra 1").first.click()
    page.wait_for_url("**/en/documents/**")

    field = page.get_by_role("combobox").first
    typed(page, field, "zebra")
    field.press("Enter")
    page.wait_for_url("**/en/search/?q=zebra")
    expect(page.get_by_role("status")).to_have_text("25 results")


def test_an_older_answer_never_takes_the_place_of_a_newer_one(site: str, page: Page) -> None:
    waiting: list[Route] = []

    def held(route: Route) -> None:
        if "q=report" in route.request.url:
            waiting.append(route)
        else:
            route.continue_()

    page.route("**/search/suggestions/**", held)
    page.goto(f"{site}/en/search/")
    field = page.get_by_role("combobox")
    with page.expect_request("**/search/suggestions/?q=report"):
        field.press_sequentially("report")
    field.fill("")
    options = typed(page, field, "доклад")
    expect(options.first).to_contain_text("Доклад")
    for route in waiting:
        route.continue_()
    page.wait_for_load_state("networkidle")
    expect(options.first).to_contain_text("Доклад")


def test_suggestions_in_arabic_stand_under_the_field(site: str, open_page: OpenPage) -> None:
    page = open_page(viewport={"width": 390, "height": 900})
    page.goto(f"{site}/ar/search/")
    field = page.get_by_role("combobox")
    options = typed(page, field, "تقر")

    expect(options.first.locator("bdi[lang]")).to_have_attribute("dir", "rtl")
    expect(page.get_by_role("listbox")).to_have_css("direction", "rtl")
    assert accessibility_problems(page) == []
    assert sideways(page) <= 0
    below = page.get_by_role("listbox").bounding_box()
    above = field.bounding_box()
    assert below
    assert above
    assert below["y"] >= above["y"] + above["height"]


def test_a_passage_of_a_pdf_file_opens_the_file_at_its_page(site: str, page: Page) -> None:
    lines = ["The committee met.", "It took note of the report.", "A giraffe was seen."]
    content = ContentFile(pages([[(72, 300, line, 24, "F2")] for line in lines]), name="a.pdf")
    version = factories.LanguageVersionFactory(document__symbol="A/79/5", title="Report")
    assert read_text(factories.DocumentFileFactory(version=version, format="pdf", file=content)) == ""
    get_engine().rebuild(all_entries())

    page.goto(f"{site}/en/search/?q=giraffes")
    expect(page.locator(".passages mark")).to_have_text("giraffe")
    assert accessibility_problems(page) == []
    passage = page.get_by_role("link", name="page 3")
    address = str(passage.get_attribute("href"))
    with page.expect_response(f"**{address.partition('#')[0]}*") as answer:
        passage.click()
    assert answer.value.headers["content-disposition"].startswith("inline")
    assert answer.value.headers["content-type"] == "application/pdf"
    # The browser's own viewer shows it, with the part of the address that tells it the page.
    expect(page).to_have_url(re.compile(r"/files/[-0-9a-f]+/A_79_5\.en\.pdf#page=3$"))
