"""Previews of a translation: alone, and beside its source."""

import re
from collections.abc import Callable

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from playwright.sync_api import expect
from wagtail_localize.models import Translation

from cms.users.models import User
from tests.chromium import OpenPage, accessibility_problems
from tests.cms.localization.conftest import House, save
from tests.cms.localization.long_report import lengthen
from tests.cms.localization.test_addresses import refused
from tests.cms.localization.test_in_browser import logged_in

ADDRESSES = ("preview_translation", "preview_source", "preview_both")


@pytest.mark.django_db
@override_settings(X_FRAME_OPTIONS="DENY")
def test_both_sides_may_stand_in_frames_of_this_site(client: Client, translator: User, french: Translation) -> None:
    client.force_login(translator)
    save(client, french, "Se réunir à Brisbane.", "To meet", action="save")
    both = client.get(reverse("localization:preview_both", args=[french.pk])).content.decode()
    for name, language, text in (
        ("preview_source", "en", "To meet."),
        ("preview_translation", "fr", "Se réunir à Brisbane."),
    ):
        address = reverse(f"localization:{name}", args=[french.pk])
        assert f'src="{address}"' in both
        answer = client.get(address)
        assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
        assert f'<html lang="{language}"' in answer.content.decode()
        assert text in answer.content.decode()
        assert re.search(r"<h1>.*Report of the Plenary.*</h1>", answer.content.decode())  # not translated yet


@pytest.mark.django_db
def test_the_source_is_shown_as_it_is_translated(
    client: Client, house: House, translator: User, french: Translation
) -> None:
    house.report.title = "Not published yet"
    house.report.save_revision()
    client.force_login(translator)
    page = client.get(reverse("localization:preview_source", args=[french.pk])).content.decode()
    assert "Report of the Plenary" in page
    assert "Not published yet" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("name", ADDRESSES)
def test_only_who_may_translate_sees_them(
    client: Client, translator: User, open_translation: Callable[[str], Translation], name: str
) -> None:
    client.force_login(translator)
    assert not refused(client.get(reverse(f"localization:{name}", args=[open_translation("fr").pk])))
    assert refused(client.get(reverse(f"localization:{name}", args=[open_translation("es").pk])))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("width", [390, 1280])
def test_the_two_scroll_together(
    open_page: OpenPage,
    live_server: object,
    house: House,
    translator: User,
    open_translation: Callable[[str], Translation],
    width: int,
) -> None:
    house.report = lengthen(house.report, 60)
    translation = open_translation("fr")
    page = logged_in(open_page(viewport={"width": width, "height": 900}), translator, str(live_server))
    page.goto(str(live_server) + reverse("localization:preview_both", args=[translation.pk]))
    english, french = (page.frame_locator(f'iframe[title="{name}"]') for name in ("English", "French"))
    expect(french.locator("#para-59")).to_be_attached()
    expect(english.locator("#para-59")).to_be_attached()
    page.wait_for_load_state("networkidle")
    english.locator("#para-40").evaluate("element => element.scrollIntoView({block: 'start', behavior: 'instant'})")
    expect(french.locator("#para-40")).to_be_in_viewport()
    page.locator('iframe[title="French"]').hover()
    page.mouse.wheel(0, -100_000)
    page.wait_for_function("document.querySelector('iframe[title=English]').contentWindow.scrollY === 0")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert accessibility_problems(page) == []
