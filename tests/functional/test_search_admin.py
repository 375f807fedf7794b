"""The editors' part of search in a browser: for everybody, in both directions, with and without scripts."""

import datetime
import os
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from wagtail.users.models import UserProfile

from documents.models import OfficialDocument
from search.engines import get_engine
from search.models import PromotedResult, Rebuild, SynonymGroup
from search.outbox import feed
from tests import factories, people
from tests.chromium import OpenPage, accessibility_problems, follow
from tests.records import admin_url, list_url
from tests.tree import plant

pytestmark = pytest.mark.browser


@pytest.fixture
def document(live_server: LiveServer, settings: Settings, tmp_path: Path) -> OfficialDocument:
    """A document of a site with something of everything that editors see of search."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    get_engine().rebuild([])
    plant(["en", "ar"])
    document: OfficialDocument = factories.OfficialDocumentFactory(symbol="CTOC/COP/2020/3")
    factories.LanguageVersionFactory(document=document, title="Decisions of the Conference")
    factories.LanguageVersionFactory(document=document, language="ar", title="مقررات المؤتمر")
    feed()
    factories.SynonymGroupFactory(words="WG\nworking group")
    factories.SynonymGroupFactory(language="ar", words="مؤتمر الأطراف\nمؤتمر الدول الأطراف")
    reason = {"en": "All of them since 2003.", "ar": "جميعها منذ عام 2003."}
    factories.PromotedResultFactory(queries="decisions\nall decisions", document=document, reason=reason)
    today = timezone.now().date()
    factories.UnansweredQueryFactory(words="convention on horses", count=12, last_asked=today)
    factories.UnansweredQueryFactory(words="اتفاقية الخيول", language="ar", count=7, last_asked=today)
    factories.IndexChangeFactory()
    factories.IndexTroubleFactory(text="The search index is out of reach: connection refused.", times=14)
    return document


def sign_in(page: Page, live_server: LiveServer, language: str = "en") -> None:
    client = Client()
    user = people.administrator()
    UserProfile.objects.create(user=user, preferred_language=language)
    client.force_login(user)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )


@pytest.mark.parametrize("language", ["en", "ar"])
def test_everybody_can_use_it(
    language: str, open_page: OpenPage, live_server: LiveServer, document: OfficialDocument
) -> None:
    addresses = {
        "synonyms": list_url(SynonymGroup),
        "synonym": admin_url(SynonymGroup.objects.get(language=language), "edit"),
        "promoted": list_url(PromotedResult),
        "promotion": admin_url(PromotedResult.objects.get(), "edit"),
        "queries": reverse("unanswered_queries"),
        "index": reverse("search_index"),
        "rebuild": reverse("rebuild_search_index"),
    }
    for width in (1440, 390):
        page = open_page(viewport={"width": width, "height": 900})
        sign_in(page, live_server, language)
        for name, address in addresses.items():
            page.goto(live_server.url + address)
            if shots := os.environ.get("SHOTS"):
                page.screenshot(path=f"{shots}/{name}-{language}-{width}.png", full_page=True)
            # Wagtail's own form of a record has no heading of the first level.
            problems = [line for line in accessibility_problems(page) if not line.startswith("page-has-heading-one")]
            assert problems == [], (name, width)


def test_a_promoted_result_is_accessible_in_both_directions(
    open_page: OpenPage, live_server: LiveServer, document: OfficialDocument
) -> None:
    factories.PromotedResultFactory(queries="مقررات", document=document, reason={"ar": "جميعها منذ عام 2003."})
    for language, words in (("en", "decisions"), ("ar", "مقررات")):
        for width in (1440, 390):
            page = open_page(viewport={"width": width, "height": 900})
            page.goto(f"{live_server.url}/{language}/search/?q={words}")
            if shots := os.environ.get("SHOTS"):
                page.screenshot(path=f"{shots}/search-{language}-{width}.png", full_page=True)
            expect(page.locator(".promoted a")).to_have_count(1)
            assert accessibility_problems(page) == []


def test_a_query_becomes_a_synonym_without_scripts(
    page_without_javascript: Page, live_server: LiveServer, document: OfficialDocument
) -> None:
    page = page_without_javascript
    sign_in(page, live_server)
    page.goto(live_server.url + reverse("unanswered_queries"))
    follow(page.get_by_role("link", name="Make a synonym: convention on horses"))
    words = page.get_by_role("textbox", name="words and phrases")
    expect(words).to_have_value("convention on horses\n")
    words.fill("convention on horses\nconference")
    follow(page.get_by_role("button", name="Save"))
    page.wait_for_url(f"**{reverse('unanswered_queries')}")
    assert SynonymGroup.objects.filter(words="convention on horses\nconference").exists()
    follow(page.get_by_role("button", name="Forget: convention on horses"))
    expect(page.get_by_role("button", name="Forget: convention on horses")).to_have_count(0)


def test_the_page_follows_a_rebuild_and_ends_in_the_index(
    open_page: OpenPage, live_server: LiveServer, document: OfficialDocument
) -> None:
    rebuild = factories.RebuildFactory(total=400, done=100)
    page = open_page()
    sign_in(page, live_server)
    page.goto(live_server.url + reverse("search_index"))
    expect(page.get_by_text("100 of 400 entries")).to_be_visible()
    assert accessibility_problems(page) == []
    Rebuild.objects.filter(pk=rebuild.pk).update(done=300, moved_at=timezone.now())
    expect(page.get_by_text("300 of 400 entries")).to_be_visible()
    stopped = timezone.now() - datetime.timedelta(minutes=3)
    Rebuild.objects.filter(pk=rebuild.pk).update(moved_at=stopped)
    expect(page.get_by_role("button", name="Go on with the rest")).to_be_visible()
    assert accessibility_problems(page) == []
    rebuild.delete()
    page.reload()
    expect(page.get_by_role("link", name="Build the index anew")).to_be_visible()
