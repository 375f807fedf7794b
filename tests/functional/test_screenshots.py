"""The pictures of docs/archive.md are pictures of the pages as they are: `make pictures` writes them anew.

A usual run takes them too and throws them away, so that a page that is shown there cannot go unnoticed.
"""

import io
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests import factories
from tests.chromium import OpenPage, follow
from tests.documents.importing.mastheads import ARABIC, ENGLISH, FRENCH
from tests.editions import SYMBOL, plant_edition

pytestmark = pytest.mark.browser

SCREEN = {"width": 1120, "height": 760}
# WebP at this quality keeps letters sharp in some 30 kB.
QUALITY = 60
MOST_BYTES = 150_000


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where pictures go: to the documentation where that is asked for, else nowhere."""
    return Path(settings.BASE_DIR) / "docs" / "pictures" if os.environ.get("WRITE_PICTURES") else tmp_path


def take(page: Page, path: Path) -> None:
    """Keep a picture of what the window shows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(io.BytesIO(page.screenshot(animations="disabled"))) as picture:
        picture.convert("RGB").save(path, quality=QUALITY, method=6)
    assert 5_000 < path.stat().st_size < MOST_BYTES


def test_what_readers_find(open_page: OpenPage, live_server: LiveServer, pictures: Path) -> None:
    plant_edition(("en", "fr", "ru", "ar"))
    page = open_page(viewport=SCREEN)
    places = {
        "list": ("documents/", "h1"),
        "document": (f"documents/{SYMBOL}/", "h1"),
        "parallel": (f"documents/{SYMBOL}/parallel/?lang=en&lang=ar", "h1"),
    }
    for name, (path, shown) in places.items():
        response = page.goto(f"{live_server.url}/en/{path}")
        assert response is not None
        assert response.status == 200
        assert page.locator(f"main {shown}").first.is_visible()
        take(page, pictures / f"{name}.webp")


def test_an_import(open_page: OpenPage, live_server: LiveServer, pictures: Path, tmp_path: Path) -> None:
    process = plant_edition(("en", "fr", "ar")).document.process
    process.symbol_heads = ["CTOC/COP"]
    process.save()
    client = Client()
    client.force_login(factories.UserFactory(is_superuser=True))
    page = open_page(viewport=SCREEN)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    files = {"en.txt": ENGLISH.text, "fr.txt": FRENCH.text, "ar.txt": ARABIC.text}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    page.goto(live_server.url + reverse("new_document_import"))
    page.set_input_files("input[type=file]", [tmp_path / name for name in files])
    follow(page.get_by_role("button", name="Read the files"))
    expect(page.get_by_role("button", name="Save and file all marked")).to_have_count(1)
    page.get_by_label("Title").first.scroll_into_view_if_needed()
    take(page, pictures / "import.webp")
