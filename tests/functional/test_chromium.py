"""The browser that the functional tests drive, and the database beside it."""

import pytest
from playwright.sync_api import Error, Page
from pytest_django.live_server_helper import LiveServer
from wagtail.models import Page as WagtailPage

pytestmark = pytest.mark.browser

SCRIPTED = "<p id='who'>nobody</p><script>document.getElementById('who').textContent = 'a script'</script>"


def test_one_browser_page_runs_scripts_and_the_other_does_not(page: Page, page_without_javascript: Page) -> None:
    page.set_content(SCRIPTED)
    page_without_javascript.set_content(SCRIPTED)
    assert page.locator("#who").text_content() == "a script"
    assert page_without_javascript.locator("#who").text_content() == "nobody"


def test_nothing_beyond_this_machine_can_be_reached(page: Page) -> None:
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://plenary.example.org/")


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_migrations_wrote_is_there_again_after_a_test_that_commits(
    live_server: LiveServer, page: Page, time: str
) -> None:
    response = page.goto(f"{live_server.url}/health/")
    assert response is not None
    assert response.status == 200
    assert WagtailPage.objects.filter(depth=1).count() == 1
    WagtailPage.objects.all().delete()
