"""The glossary in a browser: terms are taken from a file without JavaScript, and axe finds nothing."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page as BrowserPage

from cms.localization.models import Term
from tests import people
from tests.chromium import OpenPage, accessibility_problems, follow
from tests.cms.localization.test_terms import term
from tests.records import list_url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

TABLE = "en,ar,fr_forbidden\nchair,الرئيس,chaise\n…,,\n"


def as_administrator(page: BrowserPage, server: str) -> BrowserPage:
    """The browser page with an administrator's session."""
    client = Client()
    client.force_login(people.administrator())
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": server}])
    return page


def take_table(page: BrowserPage, server: str) -> None:
    """Send a small table in by the form."""
    page.goto(server + reverse("import_glossary"))
    page.get_by_label("File").set_input_files({"name": "g.csv", "mimeType": "text/csv", "buffer": TABLE.encode()})
    follow(page.get_by_role("button", name="Import"))


def test_terms_are_taken_without_javascript(open_page: OpenPage, live_server: object) -> None:
    page = as_administrator(open_page(java_script_enabled=False), str(live_server))
    take_table(page, str(live_server))
    page.get_by_text("A name needs letters or figures.").wait_for()
    assert Term.objects.get().names.count() == 3
    follow(page.get_by_role("link", name="Back to the glossary").last)
    page.get_by_text("chair").first.wait_for()


@pytest.mark.parametrize("width", [390, 1400])
def test_the_glossary_is_accessible(open_page: OpenPage, live_server: object, width: int) -> None:
    server = str(live_server)
    page = as_administrator(open_page(viewport={"width": width, "height": 900}), server)
    term(en="focal point", ar="جهة الاتصال")
    take_table(page, server)
    assert page.locator("bdi[lang=en]").all_inner_texts() == ["…", "chair"], "what was refused comes first"
    assert accessibility_problems(page) == []
    for address in (reverse("import_glossary"), list_url(Term)):
        page.goto(server + address)
        assert accessibility_problems(page) == [], address
