"""The pictures of docs/translators.md and docs/coordinators.md, taken as those of docs/archive.md are."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from wagtail_localize.models import Translation

from cms.localization.models import ReleaseBundle
from cms.users.models import User
from documents.models import OfficialDocument
from tests.chromium import OpenPage
from tests.functional.test_screenshots import SCREEN, pictures, shoot, take

__all__ = ["pictures"]

pytestmark = pytest.mark.browser

PAPER = "CTOC/COP/WG.4/2027/1"


def works(page: Page, username: str, server: str) -> None:
    """From here on the browser is this person's."""
    client = Client()
    client.force_login(User.objects.get(username=username))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": server}])


def open_at(code: str) -> Translation:
    """The paper's open translation into a language."""
    uid = OfficialDocument.objects.get(symbol=PAPER).uid
    return Translation.objects.get(source__object_id=uid, target_locale__language_code=code)


def test_what_translators_and_coordinators_find(open_page: OpenPage, live_server: LiveServer, pictures: Path) -> None:
    call_command("load_demo", "--on-this-site", verbosity=0)
    page = open_page(viewport=SCREEN)
    arabic = open_at("ar")

    works(page, "translator-ar", live_server.url)
    address = live_server.url + reverse("localization:edit_translation", args=[arabic.pk])
    page.goto(address)
    text = page.locator("form.translation-text:has(.translation-codes)").first
    text.locator("textarea").focus()
    beside = page.locator(".translation-beside")
    expect(beside).to_be_visible()
    text.evaluate("element => element.scrollIntoView({block: 'start', behavior: 'instant'})")
    take(page, pictures / "translate.webp")
    shoot(page, live_server.url + reverse("localization:my_work"), "", pictures / "my-work.webp")
    page.goto(live_server.url + reverse("localization:preview_both", args=[arabic.pk]))
    page.wait_for_load_state("networkidle")
    source, target = page.frames[1:3]
    source.locator("#para-1").evaluate("element => element.scrollIntoView({block: 'start', behavior: 'instant'})")
    expect(target.locator("#para-1")).to_be_in_viewport()
    take(page, pictures / "previews.webp")

    works(page, "coordinator", live_server.url)
    for name, top in (("matrix", ".matrix-chart"), ("tasks", "")):
        shoot(page, live_server.url + reverse(f"localization:{name}"), top, pictures / f"{name}.webp")
    bundle = ReleaseBundle.objects.get()
    shoot(page, live_server.url + reverse("localization:bundle", args=[bundle.pk]), "", pictures / "bundle.webp")
