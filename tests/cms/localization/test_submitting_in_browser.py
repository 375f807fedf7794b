"""Sending to translation in a browser: without JavaScript, by keyboard, and axe finds nothing."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from wagtail.models import Locale
from wagtail_localize.models import Translation

from cms.localization.models import Submission
from cms.localization.sending.submitting import submit, work_through
from cms.users.models import User
from tests.chromium import OpenPage, accessibility_problems, follow
from tests.cms.localization.conftest import House
from tests.cms.localization.test_in_browser import logged_in
from tests.cms.localization.test_refreshing import rewrite

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_pages_are_sent_and_a_correction_is_marked_without_javascript(
    open_page: OpenPage, live_server: object, house: House, editor: User, french: Translation
) -> None:
    server = str(live_server)
    page = logged_in(open_page(java_script_enabled=False), editor, server)
    page.goto(server + reverse("localization:submit_page", args=[house.processes["en"].pk]))
    page.get_by_label("Arabic").check()
    page.get_by_label("The 1 page below it too").check()
    follow(page.get_by_role("button", name="Open for translation"))
    expect(page.get_by_text("1 translation was opened.")).to_be_visible()

    rewrite(house, l1="<p>To meet again.</p>")
    page.goto(server + reverse("localization:update_source", args=[french.source_id]))
    page.get_by_label("To meet again.").check()
    follow(page.get_by_role("button", name="Keep the translations of the chosen texts"))
    expect(page.get_by_text("0 translations stay valid.")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1400])
def test_axe_finds_nothing(
    open_page: OpenPage,
    live_server: object,
    house: House,
    editor: User,
    open_translation: Callable[[str], Translation],
    width: int,
) -> None:
    source = open_translation("fr").source
    rewrite(house, l1="<p>To meet again.</p>")
    french = Locale.objects.filter(language_code="fr")
    refused = submit([house.report.pk], french, editor)
    work_through(refused)
    waiting = submit([house.report.pk], french, editor)
    Submission.objects.filter(pk=waiting.pk).update(moved_at="2020-01-01T00:00Z")
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "localization_submit"])
    server = str(live_server)
    page = logged_in(open_page(viewport={"width": width, "height": 900}), editor, server)
    for address in (
        reverse("localization:submit_page", args=[house.report.pk]),
        reverse("localization:submissions"),
        reverse("localization:submission", args=[refused.pk]),
        reverse("localization:submission", args=[waiting.pk]),
        reverse("localization:update_source", args=[source.pk]),
        f"{bulk}?id={house.report.pk}",
    ):
        page.goto(server + address)
        assert accessibility_problems(page) == [], address
