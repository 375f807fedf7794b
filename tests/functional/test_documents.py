"""The pages of documents and the archive in a browser: for everybody, on every screen, with and without scripts."""

from collections.abc import Callable

import pypdfium2
import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from documents.addresses import parallel_url
from documents.models import LanguageVersion
from tests import factories
from tests.chromium import OpenPage, accessibility_problems, follow
from tests.editions import SYMBOL, plant_edition

pytestmark = pytest.mark.browser

LANGUAGES = {"en": ("en", "ltr"), "ru": ("ru", "ltr"), "ar": ("ar", "rtl"), "zh": ("zh-Hans", "ltr")}
WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}

# The kinds of page, by what stands after the language in the address.
KINDS = {
    "web edition": f"documents/{SYMBOL}/",
    "side by side": f"documents/{SYMBOL}/parallel/?lang=en&lang=ru&lang=ar",
    "facts and files": "documents/FILE/1/",
    "awaited": "documents/AWAITED/1/",
    "list": "documents/",
    "filtered list": "documents/?process=untoc&kind=note&year=2020",
    "nothing found": "documents/?process=untoc&kind=treaty",
}

Address = Callable[[str, str], str]


@pytest.fixture
def address(live_server: LiveServer) -> Address:
    """The address of a kind of page in a language, on a site that has all kinds."""
    edition = plant_edition(("en", "ru", "ar", "zh-hans"))
    process = edition.document.process
    file_only = factories.OfficialDocumentFactory(symbol="FILE/1", process=process)
    version = factories.LanguageVersionFactory(document=file_only, title="Letter from the Chair")
    factories.DocumentFileFactory(version=version)
    awaited = factories.OfficialDocumentFactory(symbol="AWAITED/1", process=process)
    factories.LanguageVersionFactory(document=awaited, state=LanguageVersion.State.AWAITED)
    return lambda kind, language: f"{live_server.url}/{language}/{KINDS[kind]}"


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_can_use_every_page_on_every_screen(open_page: OpenPage, address: Address, language: str) -> None:
    wide, phone = open_page(viewport=WIDE), open_page(viewport=PHONE)
    for kind in KINDS:
        for page in (wide, phone):
            response = page.goto(address(kind, language))
            assert response is not None
            assert response.status == 200
            root = page.locator("html")
            assert (root.get_attribute("lang"), root.get_attribute("dir")) == LANGUAGES[language]
            assert sideways(page) == 0, kind
            page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
            assert accessibility_problems(page) == [], kind


def test_text_in_another_language_says_so(page: Page, address: Address) -> None:
    page.goto(address("facts and files", "ar"))
    title = page.get_by_text("Letter from the Chair").first
    assert (title.get_attribute("lang"), title.get_attribute("dir")) == ("en", "ltr")
    page.goto(address("list", "ar"))
    foreign = page.get_by_role("link", name="Letter from the Chair")
    assert foreign.get_attribute("lang") == "en"


def test_a_keyboard_reaches_text_and_languages_and_is_seen_where_it_is(page: Page, address: Address) -> None:
    page.goto(address("web edition", "en"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    stops = []
    for _stop in range(60):
        focus = page.evaluate(
            """() => {
                const element = document.activeElement;
                const outlined = parseFloat(getComputedStyle(element).outlineWidth) > 0;
                return [element.className || element.innerText, outlined && element.getBoundingClientRect().width > 0];
            }"""
        )
        stops.append(focus)
        page.keyboard.press("Tab")
    assert all(seen for _name, seen in stops), stops
    names = [name for name, _seen in stops]
    assert names.index("skip") < names.index("versions__name") < names.index("para__num")


def test_the_skip_link_leads_to_the_document(page: Page, address: Address) -> None:
    page.goto(address("web edition", "en"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_a_paragraph_has_its_own_link_and_shows_where_one_is(page: Page, address: Address) -> None:
    page.goto(address("web edition", "en"))
    follow(page.locator("#para-2 .para__num"))
    assert page.url.endswith("#para-2")
    colour = "getComputedStyle(document.querySelector('{}')).backgroundColor"
    assert page.evaluate(colour.format("#para-2")) != page.evaluate(colour.format("#para-1"))


def test_a_note_leads_there_and_back(page: Page, address: Address) -> None:
    page.goto(address("web edition", "en"))
    follow(page.locator("#ref-fn2"))
    assert page.url.endswith("#fn2")
    assert page.locator("#fn2").is_visible()
    follow(page.locator("#fn2 .back"))
    assert page.url.endswith("#ref-fn2")


def test_contents_are_open_on_a_wide_screen_and_folded_on_a_phone(open_page: OpenPage, address: Address) -> None:
    wide, phone = open_page(viewport=WIDE), open_page(viewport=PHONE)
    for page in (wide, phone):
        page.goto(address("web edition", "en"))
    assert wide.locator(".contents a").first.is_visible()
    assert not phone.locator(".contents a").first.is_visible()
    phone.locator(".contents summary").click()
    follow(phone.locator(".contents a").last)
    assert phone.url.endswith("#annex-1")


def test_the_list_is_filtered_without_scripts(page_without_javascript: Page, address: Address) -> None:
    page = page_without_javascript
    page.goto(address("list", "en"))
    rows = page.locator("tbody tr").count()
    page.get_by_label("Kind").select_option("note")
    follow(page.get_by_role("button", name="Apply filters"))
    assert page.locator("tbody tr").count() == 1 < rows
    follow(page.locator(".chip"))
    assert page.locator("tbody tr").count() == rows
    follow(page.get_by_role("link", name="Reports of the working groups"))
    assert page.url.endswith(f"/en/documents/{SYMBOL}/")


def test_from_one_language_to_another_without_scripts(page_without_javascript: Page, address: Address) -> None:
    page = page_without_javascript
    page.goto(address("web edition", "en"))
    follow(page.locator(".versions").get_by_role("link", name="العربية", exact=True))
    assert page.url.endswith(f"/ar/documents/{SYMBOL}/")
    assert page.locator("h1").inner_text() == "تقارير الأفرقة العاملة"
    follow(page.locator(".languages").get_by_text("Русский"))
    assert page.url.endswith(f"/ru/documents/{SYMBOL}/")


def test_languages_are_chosen_side_by_side_without_scripts(page_without_javascript: Page, address: Address) -> None:
    page = page_without_javascript
    page.goto(address("web edition", "en"))
    follow(page.get_by_role("link", name="Read languages side by side"))
    page.get_by_label("العربية").check()
    page.get_by_label("Русский").uncheck()
    follow(page.get_by_role("button", name="Show"))
    assert page.url.endswith("/parallel/?lang=en&lang=ar")
    english, arabic = page.locator("#para-2 .pair__cell").all()
    left, right = english.bounding_box(), arabic.bounding_box()
    assert left is not None
    assert right is not None
    assert left["x"] < right["x"]
    assert left["y"] == right["y"]
    assert arabic.evaluate("cell => getComputedStyle(cell).direction") == "rtl"
    with page.expect_navigation():
        arabic.locator(".fn-ref").press("Enter")
    assert page.url.endswith("#fn2.ar")
    page.locator("#notes").scroll_into_view_if_needed()
    head = page.locator("#notes + .parallel .pair--head")
    assert head.evaluate("head => getComputedStyle(head).position") == "sticky"
    assert head.locator("strong").last.is_visible()


def test_on_a_phone_the_languages_of_a_paragraph_follow_each_other(open_page: OpenPage, address: Address) -> None:
    page = open_page(viewport=PHONE)
    page.goto(address("side by side", "ru"))
    boxes = [cell.bounding_box() for cell in page.locator("#para-1 .pair__cell").all()]
    assert [box and box["x"] for box in boxes] == [boxes[0] and boxes[0]["x"]] * 3
    assert page.locator("#para-1 .pair__lang").all_inner_texts() == ["Русский", "English", "العربية"]


def test_the_address_of_a_paragraph_is_copied(open_page: OpenPage, address: Address) -> None:
    page = open_page(viewport=WIDE, permissions=["clipboard-read", "clipboard-write"])
    for kind in ("web edition", "side by side"):
        page.goto(address(kind, "en"))
        page.locator("#para-2 .para__num").first.focus()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.innerText") == "Copy link"
        assert accessibility_problems(page) == []
        page.keyboard.press("Enter")
        page.locator("#copy-status:has-text('Copied')").wait_for(state="attached")
        assert page.evaluate("navigator.clipboard.readText()") == f"{address(kind, 'en')}#para-2"
    page.goto(address("web edition", "en"))
    page.locator("#para-3-a").hover()
    expect(page.locator("#para-3-a > .copy")).to_be_visible()
    page.get_by_role("button", name="Copy the citation").click()
    page.locator("#copy-status:has-text('Copied')").wait_for(state="attached")
    assert page.evaluate("navigator.clipboard.readText()").endswith("CTOC/COP/2020/3, 1 July 2020")


def test_without_scripts_there_is_no_button_that_does_nothing(page_without_javascript: Page, address: Address) -> None:
    page = page_without_javascript
    page.goto(address("web edition", "en"))
    assert page.locator(".copy:visible").count() == 0
    follow(page.locator("#para-2 .para__num"))
    assert page.url.endswith("#para-2")


def test_nothing_on_a_page_is_refused_by_the_policy(page: Page, address: Address) -> None:
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("requestfailed", lambda request: problems.append(request.url))
    page.emulate_media(media="print")
    for kind in KINDS:
        page.goto(address(kind, "en"), wait_until="networkidle")
    assert problems == []


def test_paper_shows_the_document_and_not_the_site(page: Page, address: Address) -> None:
    page.goto(address("web edition", "en"))
    page.emulate_media(media="print")
    for gone in (".site-header", ".breadcrumbs", ".versions", ".contents", ".site-footer", "#cite"):
        assert not page.locator(gone).first.is_visible(), gone
    for kept in (".masthead__symbol", "h1", ".facts", "#para-1", ".footnotes", "#cited"):
        assert page.locator(kept).first.is_visible(), kept
    sheets = page.evaluate(
        "[...document.styleSheets].map(sheet => sheet.href).filter(href => href.includes('/print/'))"
    )
    assert len(sheets) == 1
    assert page.pdf().startswith(b"%PDF")


def test_every_sheet_of_languages_side_by_side_names_them(page: Page, live_server: LiveServer) -> None:
    edition = plant_edition(("en", "ru", "ar"), paragraphs=40)
    page.goto(f"{live_server.url}{parallel_url(edition.document, 'en', ('en', 'ru', 'ar'))}")
    sheets = pypdfium2.PdfDocument(page.pdf(format="A4"))
    words = [sheet.get_textpage().get_text_range() for sheet in sheets]
    assert len(words) > 2
    assert all("English" in text and "Русский" in text for text in words)
