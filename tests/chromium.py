"""A real browser for tests: the system's Chromium, driven by Playwright.

Nothing but this machine can be reached from it, so a page that asks another host for something fails its test.
"""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connection, connections
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from tests.machine import chromium_path

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)
CONTENTS = "_test_serialized_contents"
RESULTS = Path(settings.BASE_DIR) / "test-results"

# How long the browser waits for a page, for an element, or for what `expect` expects, in milliseconds. Much longer than
# any of it takes, on a machine that is busy with other work too: nothing but a failure waits to its end.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)

OpenPage = Callable[..., Page]


def follow(link: Locator) -> None:
    """Click what leads to another place, be it a page or a part of this one, and return once the browser is there.

    A click by itself does not wait for the answer: what is asked next may still be answered by the page before.
    """
    with link.page.expect_navigation():
        link.click()


def accessibility_problems(page: Page) -> list[str]:
    """What axe finds wrong with the page as it is now: one line for each rule broken, with the first element."""
    violations = Axe().run(page).response["violations"]
    return [f"{broken['id']} ({broken['impact']}): {broken['nodes'][0]['html'][:200]}" for broken in violations]


@pytest.fixture(scope="session")
def browser(django_db_setup: None) -> Iterator[Browser]:
    """One Chromium for the whole run."""
    # Playwright keeps an event loop in this thread. Django would refuse to touch the database from there, and gives the
    # thread other connections from then on: they must know what the migrations wrote, for tests that commit.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    contents = getattr(connection, CONTENTS, None)
    connections.close_all()
    with sync_playwright() as playwright:
        if contents is not None:
            setattr(connection, CONTENTS, contents)
        chromium = playwright.chromium.launch(executable_path=chromium_path(), headless=True, args=list(FLAGS))
        yield chromium
        chromium.close()
        connections.close_all()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Note on the test whether it failed, for `open_page` to keep pictures of."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


FAILED = pytest.StashKey[bool]()


@pytest.fixture
def open_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[OpenPage]:
    """Opens empty browser pages, each with cookies and storage of its own.

    Takes what Playwright's `new_context` takes: `java_script_enabled=False`, `viewport={"width": 390, "height": 844}`,
    `locale="ar"`... When the test fails, a picture of each page is kept in test-results/.
    """
    contexts: list[BrowserContext] = []

    def open_one(**options: Any) -> Page:
        contexts.append(browser.new_context(**options))
        contexts[-1].set_default_timeout(PATIENCE)
        return contexts[-1].new_page()

    yield open_one
    for number, context in enumerate(contexts, 1):
        if request.node.stash.get(FAILED, False):
            name = re.sub(r"[^\w.-]+", "-", request.node.nodeid).strip("-")
            context.pages[0].screenshot(path=RESULTS / f"{name}-{number}.png", full_page=True)
        context.close()


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A browser page on a wide screen."""
    return open_page(viewport={"width": 1280, "height": 900})


@pytest.fixture
def page_without_javascript(open_page: OpenPage) -> Page:
    """A browser page that runs no script."""
    return open_page(viewport={"width": 1280, "height": 900}, java_script_enabled=False)
