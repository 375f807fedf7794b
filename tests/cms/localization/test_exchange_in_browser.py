"""Files of a translation in a browser: saved and taken back without JavaScript, and axe finds nothing."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from wagtail_localize.models import Translation

from cms.localization.exchange.delivering import receive, work_through
from cms.localization.models import Delivery
from cms.users.models import User
from documents.models import OfficialDocument
from tests import factories
from tests.chromium import OpenPage, accessibility_problems, follow
from tests.cms.localization.conftest import House, row_of
from tests.cms.localization.test_exchange import saved, with_target
from tests.cms.localization.test_in_browser import logged_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_a_file_is_saved_and_taken_back_without_javascript(
    open_page: OpenPage, live_server: object, translator: User, french: Translation, tmp_path: Path
) -> None:
    server = str(live_server)
    page = logged_in(open_page(java_script_enabled=False), translator, server)
    page.goto(server + reverse("localization:edit_translation", args=[french.pk]))
    follow(page.get_by_role("link", name="Files", exact=True))
    with page.expect_download() as download:
        page.get_by_role("link", name="XLIFF 1.2").click()
    file = tmp_path / "translated.xlf"
    content = with_target(Path(download.value.path()).read_bytes(), "Report", "Rapport")
    file.write_bytes(with_target(content, "To meet", '<g id="4">Se réunir.</g>'))
    page.get_by_role("button", name="File*").set_input_files(file)
    page.get_by_label("Confirm what is finished in the file").check()
    follow(page.get_by_role("button", name="Take the texts"))
    expect(page.get_by_text("The source has no code number 4.")).to_be_visible()
    assert row_of(french, "Report").state == "confirmed"
    follow(page.get_by_role("link", name="Lettered item (a)"))
    expect(page.locator(f"#text-{row_of(french, 'To meet').key}")).to_be_in_viewport()


@pytest.mark.parametrize("width", [390, 1400])
def test_axe_finds_nothing(
    open_page: OpenPage, live_server: object, house: House, translator: User, french: Translation, width: int
) -> None:
    session = factories.SessionFactory(working_group__process=house.document.process)
    OfficialDocument.objects.filter(pk=house.document.pk).update(session=session)
    content = with_target(saved(french), "Report", "Rapport")
    one = receive([("a.xlf", content)], translator, confirm=True)
    several = receive([("a.xlf", content), ("b.xlf", b"<x/>"), ("c.zip", "It is damaged.")], translator, confirm=True)
    for delivery in (one, several):
        work_through(delivery)
    waiting = receive([("a.xlf", content)], translator, confirm=True)
    Delivery.objects.filter(pk=waiting.pk).update(moved_at="2020-01-01T00:00Z")
    server = str(live_server)
    page = logged_in(open_page(viewport={"width": width, "height": 900}), translator, server)
    for address in (
        reverse("localization:page_files", args=[french.pk]),
        reverse("localization:session_files", args=[session.pk]),
        reverse("localization:deliveries"),
        *(reverse("localization:delivery", args=[delivery.pk]) for delivery in (one, several, waiting)),
        reverse("localization:delivered_file", args=[several.pk, several.files.order_by("pk")[1].pk]),
    ):
        page.goto(server + address)
        assert accessibility_problems(page) == [], address
