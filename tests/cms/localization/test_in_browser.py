"""The translators' editor in a browser: it works without JavaScript, and axe finds nothing in it."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import expect
from wagtail_localize.models import Translation

from cms.users.models import User
from documents.models import OfficialDocument
from tests import factories, people
from tests.chromium import OpenPage, accessibility_problems, follow
from tests.cms.localization.conftest import House, hand_in, plant_edition, row_of, staff, translate_all
from tests.cms.localization.full_report import fill
from tests.cms.localization.test_memory import plant_french
from tests.cms.localization.test_terms import term
from tests.tree import fresh

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def logged_in(page: BrowserPage, user: User, server: str) -> BrowserPage:
    """The browser page with the user's session."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": server}])
    return page


def test_a_translator_saves_without_javascript(
    open_page: OpenPage, live_server: object, translator: User, french: Translation
) -> None:
    server = str(live_server)
    page = logged_in(open_page(java_script_enabled=False), translator, server)
    page.goto(server + reverse("localization:edit_translation", args=[french.pk]))
    page.get_by_label("Title").fill("Rapport de la plénière")
    follow(page.get_by_role("button", name="Confirm").first)
    page.get_by_text("1 of 5 texts finished.").wait_for()
    assert row_of(french, "Report").target == "Rapport de la plénière"


def test_a_translator_works_with_the_keyboard_and_nothing_typed_is_lost(
    open_page: OpenPage, live_server: object, translator: User, french: Translation
) -> None:
    server = str(live_server)
    page = logged_in(open_page(), translator, server)
    page.goto(server + reverse("localization:edit_translation", args=[french.pk]))
    title = page.get_by_label("Title")
    title.fill("Rapport")
    page.keyboard.press("Control+Enter")
    heading = page.get_by_label("Heading I:")
    expect(heading).to_be_focused()
    assert row_of(french, "Report").state == "confirmed"
    page.keyboard.press("Alt+Shift+C")
    expect(heading).to_have_value("Introduction")
    page.keyboard.press("Alt+ArrowUp")
    expect(title).to_be_focused()
    expect(page.locator("#translation-status")).to_have_text("All saved")
    assert (row_of(french, "Introduction").target, row_of(french, "Introduction").state) == ("Introduction", "draft")
    page.keyboard.press("Alt+Shift+K")
    expect(page.get_by_label("Find in the texts")).to_be_focused()
    # A broken connection: what is typed survives the closing of the page.
    page.context.set_offline(True)
    note = page.get_by_label("Footnote 1")
    note.fill("Une note.")
    note.blur()
    expect(page.locator("#translation-status")).to_contain_text("No connection")
    page.context.set_offline(False)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("about:blank")
    page.goto(server + reverse("localization:edit_translation", args=[french.pk]))
    expect(page.get_by_label("Footnote 1")).to_have_value("Une note.")
    expect(page.locator("#translation-status")).to_have_text("All saved")
    assert row_of(french, "A note").target == "Une note."


@pytest.mark.parametrize("width", [390, 1400])
def test_the_arabic_editor_is_accessible_and_reads_from_the_right(
    open_page: OpenPage,
    live_server: object,
    house: House,
    open_translation: Callable[[str], Translation],
    width: int,
) -> None:
    arabic = open_translation("ar")
    server = str(live_server)
    translator = staff((house.tree.homes["ar"], ("change_page",)))
    page = logged_in(open_page(viewport={"width": width, "height": 900}), translator, server)
    page.goto(server + reverse("localization:edit_translation", args=[arabic.pk]))
    box = page.get_by_label("Numbered paragraph 1")
    box.fill("أحاط ①الفريق❶ علما② بالوثيقة ③CTOC/COP/2020/3❸ ورفع جلسته.")
    assert box.evaluate("box => getComputedStyle(box).direction") == "rtl"
    box.press("Control+Enter")
    expect(page.locator("#translation-status")).to_have_text("All saved")
    # Codes that were typed by hand get their marks of direction as those that were put in, and nothing is to be saved.
    box.blur()
    typed = box.input_value()
    assert "\u200f②\u200f" in typed
    expect(page.locator("#translation-status")).to_have_text("All saved")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.reload()  # without Wagtail's message, which is pale while it fades in
    assert accessibility_problems(page) == []


def test_suggestions_are_accessible(
    open_page: OpenPage, live_server: object, house: House, translator: User, french: Translation
) -> None:
    server = str(live_server)
    term(house.document.process, en="group", fr=["Groupe", "groupement"])
    plant_french(house, factories.OfficialDocumentFactory(process=house.document.process, symbol="KP/2018/9"))
    plant_edition(fresh(house.processes["en"]), OfficialDocument.objects.get(symbol="KP/2018/9"))
    call_command("fill_translation_memory", stdout=io.StringIO())
    page = logged_in(open_page(viewport={"width": 390, "height": 900}), translator, server)
    page.goto(server + reverse("localization:suggestions", args=[french.pk, row_of(french, "The ①Group").key]))
    page.get_by_text("KP/2018/9").first.wait_for()
    page.get_by_text("groupement").wait_for()
    assert accessibility_problems(page) == []
    follow(page.get_by_role("button", name="Take it as a draft").first)
    assert row_of(french, "The ①Group").target.startswith("Le ①Groupe❶")


@pytest.fixture
def helped(house: House, translator: User, french: Translation) -> Translation:
    """The French translation, with what the memory and the glossary know of its paragraph."""
    term(house.document.process, en="group", fr=["Groupe", "groupement"])
    plant_french(house, factories.OfficialDocumentFactory(process=house.document.process, symbol="KP/2018/9"))
    plant_edition(fresh(house.processes["en"]), OfficialDocument.objects.get(symbol="KP/2018/9"))
    call_command("fill_translation_memory", stdout=io.StringIO())
    return french


def at_the_editor(
    open_page: OpenPage, server: str, user: User, translation: Translation, **options: Any
) -> BrowserPage:
    """The editor in the browser."""
    page = logged_in(open_page(**options), user, server)
    page.goto(server + reverse("localization:edit_translation", args=[translation.pk]))
    return page


def test_codes_are_put_in_by_click_and_key_and_a_lost_one_is_said_at_once(
    open_page: OpenPage, live_server: object, translator: User, french: Translation
) -> None:
    page = at_the_editor(open_page, str(live_server), translator, french)
    box = page.get_by_label("Numbered paragraph 1")
    box.fill("Le Groupe a pris note.")
    hint = page.locator(".translation-codes__hint").filter(has_text="Missing:")
    expect(hint).to_have_text("Missing: ② ③…❸")
    # Around what is selected.
    box.evaluate("box => box.setSelectionRange(3, 9)")
    page.get_by_role("button", name="Insert ①…❶ italic").click()
    expect(box).to_have_value("Le ①Groupe❶ a pris note.")
    expect(box).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.press("Alt+Shift+X")
    expect(box).to_have_value("Le ①Groupe❶ a pris note.②")
    page.keyboard.press("Alt+Shift+X")
    page.keyboard.type("CTOC/COP/2020/3")
    expect(box).to_have_value("Le ①Groupe❶ a pris note.②③CTOC/COP/2020/3❸")
    expect(hint).to_have_count(0)
    page.keyboard.press("Delete")
    expect(page.locator(".translation-codes__hint").first).to_have_text("One half is missing: ③…❸")
    page.keyboard.press("Control+z")
    expect(box).to_have_value("Le ①Groupe❶ a pris note.②③CTOC/COP/2020/3❸")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#translation-status")).to_have_text("All saved")
    assert row_of(french, "The ①Group").target == "Le ①Groupe❶ a pris note.②③CTOC/COP/2020/3❸"


def test_suggestions_and_terms_come_beside_the_text(
    open_page: OpenPage, live_server: object, translator: User, helped: Translation
) -> None:
    page = at_the_editor(open_page, str(live_server), translator, helped)
    panel = page.get_by_role("region", name="Suggestions and terms")
    box = page.get_by_label("Numbered paragraph 1")
    box.focus()
    expect(panel).to_contain_text("KP/2018/9")
    # The term is marked in the source, with its name for those who do not see the panel, and put in by a click.
    page.get_by_role("button", name="Group (Groupe)").click()
    expect(box).to_have_value("Groupe")
    page.keyboard.press("Alt+Shift+C")
    expect(box).to_have_value(row_of(helped, "The ①Group").source.text)
    page.keyboard.press("Alt+Shift+Digit1")
    expect(box).to_have_value(re.compile("^Le ①Groupe❶"))
    assert accessibility_problems(page) == []
    page.keyboard.press("Alt+Shift+S")
    expect(panel).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).to_be_focused()
    expect(panel).to_have_count(0)
    # Asked for before it is there.
    heading = page.get_by_label("Heading I:")
    heading.focus()
    page.keyboard.press("Alt+Shift+Digit1")
    expect(heading).to_have_value("Introduction générale")
    page.get_by_label("Title").focus()
    page.get_by_role("link", name="Suggestions and terms Title").click()
    expect(panel).to_be_focused()
    panel.get_by_role("button", name="Take it as a draft").first.click()
    expect(page.get_by_label("Title")).to_have_value(re.compile("."))


def test_the_keys_are_listed(open_page: OpenPage, live_server: object, translator: User, french: Translation) -> None:
    page = at_the_editor(open_page, str(live_server), translator, french)
    page.get_by_label("Title").press("?")
    expect(page.get_by_label("Title")).to_have_value("?")
    page.get_by_role("button", name="Keys", exact=True).focus()
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_be_visible()
    assert accessibility_problems(page) == []
    page.keyboard.press("Escape")
    expect(keys).not_to_be_visible()


def test_a_mac_has_keys_of_its_own_and_its_letters_stay_letters(
    open_page: OpenPage, live_server: object, translator: User, french: Translation
) -> None:
    page = open_page()
    page.add_init_script("Object.defineProperty(navigator, 'platform', { get: () => 'MacIntel' })")
    logged_in(page, translator, str(live_server))
    page.goto(str(live_server) + reverse("localization:edit_translation", args=[french.pk]))
    heading = page.get_by_label("Heading I:")
    heading.press("Alt+KeyC")  # writes ç there
    expect(heading).to_have_value("")
    heading.press("Control+Alt+KeyC")
    expect(heading).to_have_value("Introduction")
    page.get_by_role("button", name="Keys", exact=True).click()
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("Ctrl+Option+C")


def test_a_review_without_javascript_and_accessible(
    open_page: OpenPage, live_server: object, translator: User, french: Translation
) -> None:
    client = Client()
    client.force_login(translator)
    translate_all(client, french)
    hand_in(client, french)
    reviser = people.reviser_of("fr")
    server = str(live_server)
    page = logged_in(open_page(java_script_enabled=False), reviser, server)
    row = row_of(french, "To meet")
    about = server + reverse("localization:suggestions", args=[french.pk, row.key])
    page.goto(about)
    page.get_by_label("Say something about this text").fill("Which session?")
    follow(page.get_by_role("button", name="Add the comment"))
    expect(page.get_by_text("Which session?")).to_be_visible()
    editor = server + reverse("localization:edit_translation", args=[french.pk])
    page.goto(editor)
    expect(page.get_by_text("1 text so far.")).to_be_visible()

    seen = logged_in(open_page(), reviser, server)
    for address in (about, editor, server + reverse("wagtailadmin_account")):
        seen.goto(address)
        assert accessibility_problems(seen) == []

    follow(page.get_by_role("button", name="Send back"))
    expect(page.get_by_text("Sent back. 1 text is a draft again.")).to_be_visible()
    assert row_of(french, "To meet").state == "draft"
    seen = logged_in(open_page(), translator, server)
    seen.goto(editor)
    expect(seen.get_by_text("Sent back from review.")).to_be_visible()
    assert accessibility_problems(seen) == []


def test_a_wide_table_scrolls_within_its_own_box(
    open_page: OpenPage,
    live_server: object,
    house: House,
    translator: User,
    open_translation: Callable[[str], Translation],
) -> None:
    house.report = fill(house.report)
    translation = open_translation("fr")
    page = at_the_editor(open_page, str(live_server), translator, translation, viewport={"width": 390, "height": 844})
    table = page.get_by_role("region", name="Table: Meetings of the year")
    assert table.evaluate("table => table.scrollWidth > table.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    last = page.get_by_label("Table: column 12, row 2, Heading 12")
    last.fill("Il s’est ①réuni❶ à Genève.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#translation-status")).to_have_text("All saved")
    assert row_of(translation, "It ①met❶ in Geneva").target == "Il s’est ①réuni❶ à Genève."
