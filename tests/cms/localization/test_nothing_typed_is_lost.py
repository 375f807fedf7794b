"""What is typed in the translators' editor when something comes between: in a browser, with the real server."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import Route, expect
from wagtail_localize.models import Translation

from cms.localization.models import SegmentComment
from cms.users.models import User
from documents.models import ReportPage
from tests.chromium import OpenPage, accessibility_problems, follow
from tests.cms.localization.conftest import House, row_of, save, staff, target
from tests.cms.localization.test_editor import change_title
from tests.cms.localization.test_in_browser import at_the_editor, logged_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def all_is_saved(page: BrowserPage) -> None:
    expect(page.locator("#translation-status")).to_have_text("All saved")


def test_who_is_logged_out_logs_in_elsewhere_and_goes_on(
    open_page: OpenPage, live_server: object, translator: User, french: Translation
) -> None:
    page = at_the_editor(open_page, str(live_server), translator, french)
    page.context.clear_cookies()
    page.get_by_label("Title").fill("Rapport")
    page.keyboard.press("Control+Enter")
    alert = page.get_by_role("alert").filter(has_text="You are logged out.")
    expect(alert).to_be_visible()
    assert accessibility_problems(page) == []
    with page.context.expect_page() as opened:
        alert.get_by_role("link", name="Log in").click()
    login = opened.value
    login.get_by_label("Username").fill(translator.get_username())
    login.get_by_label("Password").fill("a password for tests")
    login.get_by_role("button", name="Sign in").click()
    login.wait_for_url(lambda address: "login" not in address)
    login.close()
    page.bring_to_front()
    page.evaluate("dispatchEvent(new Event('focus'))")
    all_is_saved(page)
    expect(alert).to_have_count(0)
    assert row_of(french, "Report").state == "confirmed"
    expect(page.get_by_text("1 of 5 texts finished.")).to_be_visible()
    expect(page.get_by_role("link", name="Not finished (4)")).to_be_visible()
    # The forms of the page are good again, too.
    page.get_by_role("button", name="Send to review").click()
    expect(page.get_by_text("4 texts are not finished yet.")).to_be_visible()
    # That leads to them, and to no error where there is none.
    expect(page.get_by_role("button", name="Go to the first error")).not_to_be_visible()
    follow(page.locator(".messages").get_by_role("link", name="Not finished"))
    expect(page.get_by_label("Footnote 1")).to_be_visible()
    expect(page.get_by_label("Title")).to_have_count(0)


def test_a_server_that_is_away_is_asked_again_as_it_was_meant(
    open_page: OpenPage, live_server: object, translator: User, french: Translation
) -> None:
    page = at_the_editor(open_page, str(live_server), translator, french)
    lost: list[str] = []

    def lose(route: Route) -> None:
        lost.append(route.request.url)
        if len(lost) == 1:  # it does its work, and dies before it says so
            route.fetch()
            route.abort()
        else:  # what stands before it has nobody to ask
            route.fulfill(status=502, body="<h1>Bad gateway</h1>", content_type="text/html")

    page.route("**/text/*/", lose)
    page.get_by_label("Title").fill("Rapport")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#translation-status")).to_contain_text("No connection")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#translation-status")).to_contain_text("No connection")
    page.unroute("**/text/*/")
    page.evaluate("dispatchEvent(new Event('online'))")
    all_is_saved(page)
    expect(page.get_by_role("alert")).to_have_count(0)
    assert (row_of(french, "Report").state, row_of(french, "Report").version) == ("confirmed", 1)


def test_a_colleague_s_text_stands_beside_and_can_be_taken(
    open_page: OpenPage, live_server: object, house: House, client: Client, translator: User, french: Translation
) -> None:
    page = at_the_editor(open_page, str(live_server), translator, french)
    client.force_login(staff((house.tree.homes["fr"], ("change_page",))))
    save(client, french, "Son rapport (2)", "Report")
    title = page.get_by_label("Title")
    title.fill("Mon rapport")
    page.keyboard.press("Control+Enter")
    theirs = page.locator(".translation-text__theirs p")
    expect(theirs).to_have_text("Son rapport (2)")
    assert theirs.get_attribute("lang") == title.get_attribute("lang")
    assert theirs.get_attribute("dir") == "ltr"
    assert accessibility_problems(page) == []
    page.get_by_role("button", name="Take this text").click()
    expect(title).to_have_value("Son rapport (2)")
    page.keyboard.press("Control+Enter")
    all_is_saved(page)
    expect(theirs).to_have_count(0)


def test_what_has_no_box_any_more_is_shown_to_whoever_typed_it(
    open_page: OpenPage,
    live_server: object,
    house: House,
    client: Client,
    editor: User,
    publisher: User,
    translator: User,
    french: Translation,
) -> None:
    server = str(live_server)
    page = at_the_editor(open_page, server, translator, french)
    page.on("dialog", lambda dialog: dialog.accept())
    # The page is locked and the source of a text changes, while both texts are being typed.
    change_title(client, house, editor, french)
    ReportPage.objects.filter(pk=target(french).pk).update(locked=True, locked_by=publisher)
    page.get_by_label("Title").fill("Mon rapport")
    page.get_by_label("Footnote 1").fill("Une note.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert").filter(has_text="locked").first).to_be_visible()
    kept = page.get_by_role("region", name="Typed in this browser and not saved yet")
    page.reload()
    expect(kept).to_contain_text("Mon rapport")
    expect(kept).to_contain_text("Une note.")
    assert accessibility_problems(page) == []
    # Nobody else gets it, nor saves it as their own.
    ReportPage.objects.filter(pk=target(french).pk).update(locked=False, locked_by=None)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    logged_in(page, staff((house.tree.homes["fr"], ("change_page",))), server)
    page.reload()
    expect(page.get_by_label("Footnote 1")).to_have_value("")
    expect(kept).not_to_be_visible()
    # Unlocked, the one is saved in its box; the other has none and is thrown away by hand.
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    logged_in(page, translator, server)
    page.reload()
    expect(page.get_by_label("Footnote 1")).to_have_value("Une note.")
    all_is_saved(page)
    assert row_of(french, "A note").target == "Une note."
    expect(kept).to_contain_text("Mon rapport")
    kept.get_by_role("button", name="Discard").click()
    expect(kept).not_to_be_visible()
    page.reload()
    expect(kept).not_to_be_visible()


def test_a_comment_is_kept_without_leaving_the_texts(
    open_page: OpenPage, live_server: object, translator: User, french: Translation
) -> None:
    page = at_the_editor(open_page, str(live_server), translator, french)
    panel = page.get_by_role("region", name="Suggestions and terms")
    title = page.get_by_label("Title")
    heading = page.get_by_label("Heading I:")
    comment = panel.get_by_label("Say something about this text")
    title.focus()
    comment.fill("Which plenary?")
    # Begun, left for another text, and gone on with.
    heading.focus()
    expect(comment).to_have_value("")
    title.focus()
    expect(comment).to_have_value("Which plenary?")
    panel.get_by_role("button", name="Add the comment").click()
    expect(page.get_by_role("link", name="1 comment Title")).to_be_visible()
    expect(panel.get_by_role("article")).to_contain_text("Which plenary?")
    expect(comment).to_have_value("")
    assert SegmentComment.objects.get().text == "Which plenary?"
    panel.get_by_role("button", name="Mark as done").click()
    expect(page.get_by_role("link", name="1 comment Title")).to_have_count(0)
    assert page.url.endswith(reverse("localization:edit_translation", args=[french.pk]))
