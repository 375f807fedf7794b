"""What the checks find, in a browser: seen as a text is saved, answered by a button, with a script and without."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from wagtail_localize.models import Translation

from cms.localization.models import SegmentReview
from cms.users.models import User
from tests.chromium import OpenPage, accessibility_problems, follow
from tests.cms.localization.conftest import row_of
from tests.cms.localization.test_in_browser import logged_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_warning_is_answered_where_it_stands(
    open_page: OpenPage, live_server: object, translator: User, french: Translation, script: bool
) -> None:
    page = logged_in(open_page(java_script_enabled=script), translator, str(live_server))
    page.goto(str(live_server) + reverse("localization:edit_translation", args=[french.pk]))
    text = page.locator(f"#text-{row_of(french, 'To meet').key}")
    text.get_by_role("textbox").fill("Se réunir en 2020")
    confirm = text.get_by_role("button", name="Confirm")
    if script:
        confirm.click()
    else:
        follow(confirm)
    expect(text.locator(".translation-finding")).to_have_count(2)
    expect(text).to_contain_text("Not in the source: 2020")
    if script:
        assert accessibility_problems(page) == []
    right = text.get_by_role("button", name="It is right so")
    right.focus()
    if script:
        page.keyboard.press("Enter")
        # The button is gone: who works with the keyboard goes on in the text.
        expect(text.get_by_role("textbox")).to_be_focused()
    else:
        follow(right)
    expect(text.locator(".translation-finding--accepted")).to_have_count(2)
    expect(text.get_by_role("button", name="It is right so")).to_have_count(0)
    assert SegmentReview.objects.get().accepted == ["number:/2020", "punctuation:./"]
