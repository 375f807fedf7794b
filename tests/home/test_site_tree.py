"""The trunk of the site: what `manage.py set_up_site` makes, and that it can be run again."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page, Site

from cms.processes.models import ProcessIndexPage
from documents.models import ArchivePage
from home.models import HomePage, NewsIndexPage
from home.site_tree import set_up_site

pytestmark = pytest.mark.django_db

CODES = [code for code, _name in settings.LANGUAGES]


def test_every_language_has_a_home_page_with_its_three_lists() -> None:
    trunks = set_up_site()
    assert list(trunks) == CODES
    for code, trunk in trunks.items():
        assert trunk.home.locale.language_code == code
        children = Page.objects.child_of(trunk.home).specific()
        assert [type(page) for page in children] == [ProcessIndexPage, ArchivePage, NewsIndexPage]
        assert [page.slug for page in children] == ["processes", "documents", "news"]
        assert all(page.live and page.show_in_menus and page.live_revision_id for page in children)


def test_home_pages_are_translations_of_each_other() -> None:
    trunks = set_up_site()
    english = trunks["en"].home
    assert {page.locale.language_code for page in english.get_translations()} == set(CODES) - {"en"}
    assert trunks["fr"].processes.translation_key == trunks["zh-hans"].processes.translation_key


def test_each_language_answers_under_its_own_address(client: Client) -> None:
    set_up_site()
    for short in ("en", "fr", "es", "ru", "ar", "zh"):
        for address in (f"/{short}/", f"/{short}/processes/", f"/{short}/documents/", f"/{short}/news/"):
            assert client.get(address).status_code == 200, address


def test_the_site_begins_at_the_english_home_page_and_the_welcome_page_is_gone() -> None:
    welcome = Page.objects.get(depth=2)
    set_up_site("Meetings")
    site = Site.objects.get(is_default_site=True)
    assert site.root_page.specific == HomePage.objects.get(locale__language_code="en")
    assert (site.hostname, site.port, site.site_name) == ("localhost", 8000, "Meetings")
    assert not Page.objects.filter(pk=welcome.pk).exists()
    assert [len(problems) for problems in Page.find_problems()] == [0, 0, 0, 0, 0]


def test_a_second_run_changes_nothing() -> None:
    set_up_site("Meetings")
    home = HomePage.objects.get(locale__language_code="ru")
    home.title = "Наши совещания"
    home.save_revision().publish()
    Site.objects.update(hostname="meetings.example.org", port=443)
    before = list(Page.objects.order_by("path").values())
    site = Site.objects.values().get()
    out = StringIO()
    call_command("set_up_site", stdout=out)
    assert list(Page.objects.order_by("path").values()) == before
    assert Site.objects.values().get() == site
    assert "6 languages" in out.getvalue()


def test_a_site_without_a_default_gets_one() -> None:
    Site.objects.all().delete()
    set_up_site(port=9000)
    assert Site.objects.values_list("hostname", "port").get() == ("localhost", 9000)


def test_a_page_that_somebody_moved_in_first_is_kept() -> None:
    """A home page made by hand is taken for the language's own, whatever its slug."""
    set_up_site()
    home = HomePage.objects.get(locale__language_code="es")
    home.slug = "inicio"
    home.save()
    set_up_site()
    assert HomePage.objects.filter(locale__language_code="es").count() == 1
