"""The frame of the pages: sections, breadcrumbs and language links, as a visitor gets them."""

from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import translation
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Locale, Page, PageViewRestriction, Site

from cms.core.context_processors import site
from cms.core.navigation import LanguageLink, language_links, same_address_in_languages
from home.models import HomePage, StandardPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    """An English and a Russian home page, each with a page on rules in its menu; the English one is the site's."""
    root = Page.objects.get(depth=1)
    Page.objects.filter(depth=2).delete()
    root.refresh_from_db()
    english = Locale.objects.get_or_create(language_code="en")[0]
    russian = Locale.objects.get_or_create(language_code="ru")[0]
    Locale.objects.get_or_create(language_code="fr")
    home = root.add_child(instance=HomePage(title="Plenary", slug="home", locale=english))
    about = home.add_child(instance=StandardPage(title="About <us>", slug="about", locale=english, show_in_menus=True))
    about.add_child(instance=StandardPage(title="Rules", slug="rules", locale=english, show_in_menus=True))
    home_ru = root.add_child(
        instance=HomePage(title="Пленум", slug="home-ru", locale=russian, translation_key=home.translation_key)
    )
    home_ru.add_child(
        instance=StandardPage(
            title="О сайте", slug="about", locale=russian, show_in_menus=True, translation_key=about.translation_key
        )
    )
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True, site_name="Our secretariat")
    return home


def frame(path: str, page: Page | None = None) -> dict[str, Any]:
    """What the templates of a page get, in the language of its address."""
    request: HttpRequest = RequestFactory().get(path)
    request.resolver_match = None
    if page is not None:
        request.shown_page = page
    with translation.override("ru" if path.startswith("/ru/") else "en"):
        frame = site(request)
        return {name: list(frame[name]) for name in ("site_navigation", "breadcrumbs", "language_links")}


def states(links: list[LanguageLink]) -> dict[str, str | None]:
    """The addresses of the languages in which there is something to read."""
    return {link.code: link.url for link in links if link.state == "available"}


def test_sections_are_those_of_the_active_language(home: HomePage) -> None:
    navigation = frame("/ru/about/", Page.objects.get(title="О сайте"))["site_navigation"]
    assert [(item.title, item.url, item.current) for item in navigation] == [("О сайте", "/ru/about/", True)]


def test_drafts_and_pages_out_of_menus_are_no_sections(home: HomePage) -> None:
    draft = StandardPage(title="Draft", slug="draft", locale=home.locale, show_in_menus=True, live=False)
    home.add_child(instance=draft)
    home.add_child(instance=StandardPage(title="Quiet", slug="quiet", locale=home.locale))
    assert [item.title for item in frame("/en/")["site_navigation"]] == ["About <us>"]


def test_restricted_section_is_hidden_in_every_language(home: HomePage) -> None:
    PageViewRestriction.objects.create(page=StandardPage.objects.get(title="About <us>"), restriction_type="login")
    assert frame("/en/")["site_navigation"] == []
    assert frame("/ru/")["site_navigation"] == []


def test_breadcrumbs_lead_from_home_and_end_without_a_link(home: HomePage) -> None:
    crumbs = frame("/en/about/rules/", StandardPage.objects.get(title="Rules"))["breadcrumbs"]
    assert [(crumb.title, crumb.url) for crumb in crumbs] == [
        ("Home", "/en/"),
        ("About <us>", "/en/about/"),
        ("Rules", None),
    ]


def test_home_has_no_breadcrumbs(home: HomePage) -> None:
    assert frame("/en/", home)["breadcrumbs"] == []


def test_languages_lead_to_the_same_page_and_only_where_it_is_live(home: HomePage) -> None:
    about = StandardPage.objects.get(title="About <us>")
    assert states(frame("/en/about/", about)["language_links"]) == {"en": "/en/about/", "ru": "/ru/about/"}
    StandardPage.objects.filter(title="О сайте").update(live=False)
    assert states(frame("/en/about/", about)["language_links"]) == {"en": "/en/about/"}


def test_a_view_that_is_no_page_keeps_its_address_in_every_language() -> None:
    urls = same_address_in_languages("/en/search/?q=mercury")
    assert urls["zh-hans"] == "/zh/search/?q=mercury"
    assert set(urls) == {"en", "fr", "es", "ru", "ar", "zh-hans"}
    assert same_address_in_languages("/health/") == {}


def test_awaited_language_has_no_link() -> None:
    links = language_links({"en": "/en/x/"}, "en", awaited=["ar"])
    assert links[0] == LanguageLink("en", "/en/x/", "available", current=True)
    assert {link.code: link.state for link in links if link.url is None} == {
        "fr": "missing",
        "es": "missing",
        "ru": "missing",
        "ar": "awaited",
        "zh-hans": "missing",
    }


@pytest.mark.parametrize(
    ("prefix", "lang", "direction"), [("en", "en", "ltr"), ("ar", "ar", "rtl"), ("zh", "zh-Hans", "ltr")]
)
def test_not_found_page_speaks_the_language_of_the_address(
    client: Client, home: HomePage, prefix: str, lang: str, direction: str
) -> None:
    response = client.get(f"/{prefix}/nowhere/")
    html = response.content.decode()
    assert response.status_code == 404
    assert f'<html lang="{lang}" dir="{direction}">' in html
    assert "Our secretariat" in html
    assert 'rel="alternate"' not in html


def test_not_found_page_links_to_the_home_pages(client: Client, home: HomePage) -> None:
    html = client.get("/en/nowhere/").content.decode()
    assert 'href="/language/ru/"' in html
    assert "/ru/nowhere/" not in html


def test_hostile_titles_are_text(client: Client, home: HomePage) -> None:
    html = client.get("/en/nowhere/").content.decode()
    assert "About &lt;us&gt;" in html
    assert "About <us>" not in html


def test_frame_of_a_page_costs_few_queries(
    home: HomePage, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    rules = StandardPage.objects.get(title="Rules")
    with django_assert_max_num_queries(9):
        frame("/en/about/rules/", rules)


def test_unused_frame_costs_nothing(home: HomePage, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        site(RequestFactory().get("/admin/"))
