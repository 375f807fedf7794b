"""The pictures of docs/archive.md are pictures of the demonstration as it is: `make pictures` writes them anew.

A usual run takes them too and throws them away, so that a page that is shown there cannot go unnoticed.
"""

import io
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from cms.users.models import User
from documents.describing import describe
from documents.models import DocumentFile, ImportItem, OfficialDocument
from tests.chromium import OpenPage
from tests.statistics import take_statistics

pytestmark = pytest.mark.browser

SCREEN = {"width": 1120, "height": 860}
# WebP at this quality keeps letters sharp in some 30 kB.
QUALITY = 60
MOST_BYTES = 80_000
SYMBOL = "CTOC/COP/2020/3"


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


def test_what_readers_and_officers_find(open_page: OpenPage, live_server: LiveServer, pictures: Path) -> None:
    call_command("load_demo", "--on-this-site", verbosity=0)
    take_statistics()
    for file in DocumentFile.objects.filter(version__document__symbol=SYMBOL, format="pdf"):
        describe(file)
    page = open_page(viewport=SCREEN)
    session = OfficialDocument.objects.get(symbol=SYMBOL).session
    assert session is not None
    # A name, the address, and what is brought to the top of the picture.
    for name, address, top in (
        ("list", "documents/", ""),
        ("document", f"documents/{SYMBOL}/", ""),
        ("parallel", f"documents/{SYMBOL}/parallel/?lang=en&lang=ru&lang=ar", ""),
        ("files", f"documents/{SYMBOL}/", "#files"),
        ("cited", f"documents/{SYMBOL}/", "#cited-by"),
        ("pack", f"packs/session/{session.uid}/", ""),
    ):
        shoot(page, f"{live_server.url}/en/{address}", top, pictures / f"{name}.webp")

    client = Client()
    client.force_login(User.objects.get(username="officer"))
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    waiting = ImportItem.objects.get(name="CTOC_COP_2020_5.en.pdf").batch_id
    compared = OfficialDocument.objects.get(symbol="CTOC/COP/WG.4/2019/6").pk
    for name, address, top in (
        ("import", reverse("new_document_import"), ""),
        (
            "review",
            reverse("document_import", args=[waiting]),
            'fieldset:has(legend:text-is("CTOC_COP_2020_5.fr.pdf"))',
        ),
        ("compare", reverse("compare_languages", args=[compared]), ""),
        ("missing", reverse("cited_symbols"), ""),
    ):
        shoot(page, live_server.url + address, top, pictures / f"{name}.webp")


def shoot(page: Page, address: str, top: str, path: Path) -> None:
    """Open a page, bring what the selector finds to the top of the window, and keep the picture."""
    response = page.goto(address)
    assert response is not None
    assert response.status == 200, address
    expect(page.locator("h1").first).to_be_visible()
    if top:
        expect(page.locator(top)).to_be_visible()
        page.locator(top).evaluate("element => element.scrollIntoView({block: 'start', behavior: 'instant'})")
        page.wait_for_load_state("networkidle")  # pictures that load when they come into view
    take(page, path)
