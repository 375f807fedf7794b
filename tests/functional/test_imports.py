"""An officer's import in a browser: with and without scripts, and for everybody."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from cms.processes.models import Process
from documents.models import ImportBatch, OfficialDocument
from tests import factories, people, tree
from tests.chromium import OpenPage, accessibility_problems, follow
from tests.documents.importing.mastheads import ARABIC, ENGLISH, FRENCH

pytestmark = pytest.mark.browser


@pytest.fixture
def process(live_server: LiveServer) -> Process:
    process = factories.ProcessFactory(code="untoc", name="The Conference", symbol_heads=["CTOC/COP"])
    tree.plant_process(tree.plant(("en", "fr", "ar")), process)
    return process


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Three languages of a document, one with another date, and a file that is none."""
    texts = {
        "CTOC_COP_2032_9.en.txt": ENGLISH.text,
        "fr.txt": FRENCH.text.replace("1er février", "2 février"),
        "ar.txt": ARABIC.text,
        "page.txt": "<!DOCTYPE html><html><body>There is no document.</body></html>",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [tmp_path / name for name in texts]


def sign_in(page: Page, live_server: LiveServer, process: Process) -> None:
    client = Client()
    client.force_login(people.editor_of(process))
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )


def test_an_officer_imports_without_scripts(
    page_without_javascript: Page, live_server: LiveServer, process: Process, files: list[Path]
) -> None:
    page = page_without_javascript
    sign_in(page, live_server, process)
    page.goto(live_server.url + reverse("new_document_import"))
    page.set_input_files("input[type=file]", files)
    follow(page.get_by_role("button", name="Read the files"))
    expect(page.get_by_text("The file's name says CTOC/COP/2032/9.")).to_have_count(1)
    page.get_by_label("Title").first.fill("Another title")
    follow(page.get_by_role("button", name="Save and file all marked"))
    expect(page.get_by_role("cell", name="Created")).to_have_count(1)
    expect(page.get_by_role("cell", name="Added")).to_have_count(2)
    document = OfficialDocument.objects.get()
    assert document.versions.get(language="en").title == "Another title"
    follow(page.get_by_role("button", name="Undo this import"))
    assert not OfficialDocument.objects.exists()


def test_everybody_can_use_the_import(
    open_page: OpenPage, live_server: LiveServer, process: Process, files: list[Path]
) -> None:
    for width in (1440, 390):
        page = open_page(viewport={"width": width, "height": 900})
        sign_in(page, live_server, process)
        page.goto(live_server.url + reverse("new_document_import"))
        assert accessibility_problems(page) == []
        page.set_input_files("input[type=file]", files)
        follow(page.get_by_role("button", name="Read the files"))
        page.get_by_role("heading", name="To be reviewed").wait_for()
        assert accessibility_problems(page) == []
        page.goto(live_server.url + reverse("document_imports"))
        assert accessibility_problems(page) == []


def test_the_progress_moves_by_itself_and_ends_in_the_review(
    open_page: OpenPage, live_server: LiveServer, process: Process
) -> None:
    batch = ImportBatch.objects.create(process=process, state="creating", total=4, done=1)
    page = open_page()
    sign_in(page, live_server, process)
    page.goto(live_server.url + reverse("document_import", args=[batch.pk]))
    assert page.get_by_text("1 of 4 files").is_visible()
    assert accessibility_problems(page) == []
    ImportBatch.objects.filter(pk=batch.pk).update(done=3)
    page.get_by_text("3 of 4 files").wait_for()
    ImportBatch.objects.filter(pk=batch.pk).update(state="review")
    page.get_by_role("button", name="Remove this import").wait_for()
