"""The pages of the site in a real browser: rules of accessibility, keyboard, phones, scripts off, directions."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.chromium import OpenPage, accessibility_problems, follow
from tests.sample import Sample, plant_sample

pytestmark = pytest.mark.browser

LANGUAGES = ("en", "ru", "ar")
PHONE = {"width": 390, "height": 844}
WIDER_THAN_THE_SCREEN = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def sample(transactional_db: None) -> Sample:
    return plant_sample(LANGUAGES)


def open_at(page: Page, live_server: LiveServer, address: str) -> None:
    """Open the address; anything but a page that is there fails."""
    response = page.goto(f"{live_server.url}{address}")
    assert response is not None
    assert response.status == 200, address


def test_every_kind_of_page_keeps_the_rules_of_accessibility_on_wide_screens_and_phones(
    live_server: LiveServer, open_page: OpenPage, sample: Sample
) -> None:
    wide, phone = open_page(viewport={"width": 1280, "height": 900}), open_page(viewport=PHONE)
    problems = {}
    for language in LANGUAGES:
        for address in sample.addresses(language).values():
            for page in (wide, phone):
                open_at(page, live_server, address)
                problems[address, page is phone] = accessibility_problems(page)
    assert {place: found for place, found in problems.items() if found} == {}


def test_no_page_is_wider_than_a_phone(live_server: LiveServer, open_page: OpenPage, sample: Sample) -> None:
    page = open_page(viewport=PHONE)
    too_wide = []
    for language in LANGUAGES:
        for address in sample.addresses(language).values():
            open_at(page, live_server, address)
            if page.evaluate(WIDER_THAN_THE_SCREEN):
                too_wide.append(address)
    assert too_wide == []


def test_pages_say_their_language_and_direction_and_arabic_starts_at_the_right(
    live_server: LiveServer, page: Page, sample: Sample
) -> None:
    for language, direction in (("en", "ltr"), ("ru", "ltr"), ("ar", "rtl")):
        open_at(page, live_server, sample.addresses(language)["process"])
        html = page.locator("html")
        assert (html.get_attribute("lang"), html.get_attribute("dir")) == (language, direction)
        heading, brand = page.locator("h1").bounding_box(), page.locator(".brand").bounding_box()
        assert heading is not None
        assert brand is not None
        assert (brand["x"] > 640) == (direction == "rtl")
    observer = page.get_by_text("Migration Agency")
    assert (observer.get_attribute("lang"), observer.get_attribute("dir")) == ("en", "ltr")


def test_keyboard_reaches_the_content_first_and_sees_where_it_is(
    live_server: LiveServer, page: Page, sample: Sample
) -> None:
    open_at(page, live_server, sample.addresses("en")["process"])
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.get_attribute("href") == "#main"
    assert skip.bounding_box()["y"] >= 0  # type: ignore[index]  # it has a box: it is focused
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator("main :focus").count() == 1
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_every_stop_of_the_keyboard_is_visible_and_there_is_no_trap(
    live_server: LiveServer, page: Page, sample: Sample
) -> None:
    open_at(page, live_server, sample.addresses("ar")["home"])
    stops = page.locator("a[href], button, input").count()
    seen = set()
    for _stop in range(stops):
        page.keyboard.press("Tab")
        box = page.locator(":focus").bounding_box()
        assert box is not None
        assert box["width"] > 0
        seen.add(page.evaluate("document.activeElement.outerHTML"))
    assert page.evaluate("document.activeElement.closest('footer') !== null")
    assert len(seen) > stops / 2


def test_without_scripts_a_reader_goes_from_home_to_a_session_and_into_another_language(
    live_server: LiveServer, page_without_javascript: Page, sample: Sample
) -> None:
    page = page_without_javascript
    open_at(page, live_server, "/en/")
    follow(page.get_by_role("link", name=sample.process["en"].title, exact=True).first)
    assert page.url.endswith(sample.addresses("en")["process"])
    follow(page.get_by_role("link", name=sample.session["en"].title, exact=True))
    assert page.url.endswith(sample.addresses("en")["session"])
    follow(page.locator(".languages").get_by_role("link", name="Русский"))
    assert page.url.endswith(sample.addresses("ru")["session"])
    page.goto(live_server.url)
    assert page.url.endswith("/ru/")


def test_language_in_which_a_page_is_missing_is_no_link_and_says_so(
    live_server: LiveServer, page: Page, sample: Sample
) -> None:
    open_at(page, live_server, sample.addresses("en")["session"])
    languages = page.locator(".languages")
    assert languages.get_by_role("link", name="Français").count() == 0
    assert "Not available in this language" in languages.get_by_text("Français").locator("..").inner_text()
    assert languages.get_by_role("link", name="العربية").count() == 1
