"""The frame is read anew for each page: whatever changes in the tree or in time is so on the next one."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Locale, Page, PageViewRestriction, Site

from cms.core.frame_pages import site_for
from cms.core.navigation import SiteContext
from cms.users.models import User
from home.models import HomePage, StandardPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    """An English home page with a section, and a French one with a section of its own."""
    root = Page.objects.get(depth=1)
    Page.objects.filter(depth=2).delete()
    root.refresh_from_db()
    english, french = (Locale.objects.get_or_create(language_code=code)[0] for code in ("en", "fr"))
    home = root.add_child(instance=HomePage(title="Home", slug="home", locale=english))
    accueil = HomePage(title="Accueil", slug="home-fr", locale=french, translation_key=home.translation_key)
    accueil = root.add_child(instance=accueil)
    home.add_child(instance=StandardPage(title="Rules", slug="rules", locale=english, show_in_menus=True))
    accueil.add_child(instance=StandardPage(title="Règles", slug="règles", locale=french, show_in_menus=True))
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True, site_name="Secretariat")
    return home


@pytest.fixture
def rules(home: HomePage) -> StandardPage:
    """The section of the English site."""
    return StandardPage.objects.get(title="Rules")


def sections(client: Client, language: str = "en", **headers: Any) -> list[tuple[str, str]]:
    """Titles and addresses in the header of a page that is none of the tree's, as a reader gets it."""
    response = client.get(f"/{language}/search/help/", **headers)
    return [(item.title, item.url) for item in response.context["site_navigation"]]


def rename(rules: StandardPage) -> None:
    rules.title = "Rules <of procedure>"
    rules.save_revision().publish()


def readdress(rules: StandardPage) -> None:
    rules.slug = "procedure"
    rules.save_revision().publish()


def unpublish(rules: StandardPage) -> None:
    rules.unpublish()


def expire(rules: StandardPage) -> None:
    Page.objects.filter(pk=rules.pk).update(expire_at=timezone.now() - timedelta(seconds=1))


def make_private(rules: StandardPage) -> None:
    PageViewRestriction.objects.create(page=rules, restriction_type=PageViewRestriction.LOGIN)


def delete(rules: StandardPage) -> None:
    rules.delete()


def move_below(rules: StandardPage) -> None:
    other = rules.get_parent().add_child(instance=StandardPage(title="Other", slug="other", locale=rules.locale))
    rules.move(other, pos="last-child")


def leave_the_menu(rules: StandardPage) -> None:
    Page.objects.filter(pk=rules.pk).update(show_in_menus=False)


@pytest.mark.parametrize(
    ("change", "after"),
    [
        pytest.param(rename, [("Rules <of procedure>", "/en/rules/")], id="renamed"),
        pytest.param(readdress, [("Rules", "/en/procedure/")], id="at another address"),
        pytest.param(unpublish, [], id="unpublished"),
        pytest.param(expire, [], id="expired"),
        pytest.param(make_private, [], id="made private"),
        pytest.param(delete, [], id="deleted"),
        pytest.param(move_below, [], id="moved below another"),
        pytest.param(leave_the_menu, [], id="out of the menu"),
    ],
)
def test_a_change_is_so_on_the_next_page(
    client: Client, rules: StandardPage, change: Callable[[StandardPage], None], after: list[tuple[str, str]]
) -> None:
    assert sections(client) == [("Rules", "/en/rules/")]
    change(rules)
    assert sections(client) == after


def test_a_section_goes_when_its_time_has_come(
    client: Client, rules: StandardPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends = timezone.now() + timedelta(hours=1)
    Page.objects.filter(pk=rules.pk).update(expire_at=ends)
    assert sections(client) == [("Rules", "/en/rules/")]
    monkeypatch.setattr("cms.core.visibility.timezone.now", lambda: ends)
    assert sections(client) == []


def test_each_language_has_its_own_sections(client: Client, home: HomePage) -> None:
    assert sections(client, "en") == [("Rules", "/en/rules/")]
    assert sections(client, "fr") == [("Règles", "/fr/r%C3%A8gles/")]
    assert sections(client, "ru") == []


def test_who_may_read_a_private_section_has_it_and_nobody_else(client: Client, rules: StandardPage) -> None:
    make_private(rules)
    reader = Client()
    reader.force_login(User.objects.create_user("reader"))
    assert sections(reader) == [("Rules", "/en/rules/")]
    assert sections(client) == []
    assert sections(reader) == [("Rules", "/en/rules/")]


def test_each_site_has_its_own_name_and_sections(client: Client, home: HomePage) -> None:
    other = home.get_parent().add_child(instance=HomePage(title="Other", slug="other", locale=home.locale))
    other.add_child(instance=StandardPage(title="Elsewhere", slug="elsewhere", locale=home.locale, show_in_menus=True))
    Site.objects.create(hostname="other.example", root_page=other, site_name="Other secretariat")
    assert sections(client) == [("Rules", "/en/rules/")]
    assert sections(client, headers={"host": "other.example"}) == [("Elsewhere", "/en/elsewhere/")]
    assert "Other secretariat" in client.get("/en/search/help/", headers={"host": "other.example"}).content.decode()
    assert sections(client) == [("Rules", "/en/rules/")]


def test_addresses_are_those_of_the_pages(client: Client, home: HomePage) -> None:
    request = RequestFactory().get("/en/")
    pages = Page.objects.filter(show_in_menus=True).order_by("path")
    shown = [*sections(client, "en"), *sections(client, "fr")]
    assert shown == [(page.title, page.get_url(request)) for page in pages]


@pytest.mark.parametrize(
    "hosts",
    [
        pytest.param([], id="no site"),
        pytest.param([("a.example", 80, True)], id="the default alone"),
        pytest.param([("a.example", 80, False)], id="one, not the default"),
        pytest.param([("a.example", 80, True), ("b.example", 80, False)], id="default and another"),
        pytest.param([("b.example", 80, True), ("b.example", 8000, False)], id="two ports of the default"),
        pytest.param([("b.example", 81, False), ("b.example", 82, False)], id="two ports, no default"),
        pytest.param(
            [("a.example", 80, True), ("b.example", 81, False), ("b.example", 82, False)], id="two ports of another"
        ),
    ],
)
def test_the_site_is_the_one_that_wagtail_finds(home: HomePage, hosts: list[tuple[str, int, bool]]) -> None:
    Site.objects.all().delete()
    for host, port, is_default in hosts:
        Site.objects.create(hostname=host, port=port, is_default_site=is_default, root_page=home)
    for asked in ("a.example", "b.example", "c.example"):
        for at in ("80", "81", "8000"):
            request = RequestFactory().get("/en/", SERVER_NAME=asked, SERVER_PORT=at)
            assert site_for(request) == Site._find_for_request(request), (asked, at)


def test_a_site_knows_all_that_is_asked_of_it(home: HomePage) -> None:
    site = site_for(RequestFactory().get("/en/", SERVER_NAME="testserver"))
    assert site is not None
    assert (site.hostname, site.port, site.site_name, site.is_default_site) == ("testserver", 80, "Secretariat", True)
    root = site.root_page
    assert (root.pk, root.path, root.depth, root.translation_key) == (
        home.pk,
        home.path,
        home.depth,
        home.translation_key,
    )
    assert root.title == "Home"


def test_the_frame_takes_three_queries_however_many_pages(
    home: HomePage, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3) as few:
        sections_of_a_request()
    for number in range(10):
        page = StandardPage(title=f"Page {number}", slug=f"page-{number}", locale=home.locale, show_in_menus=True)
        home.add_child(instance=page)
    with django_assert_num_queries(len(few)):
        assert len(sections_of_a_request()) == 11


def sections_of_a_request() -> list[Any]:
    """The sections as a view that is no page has them."""
    request = RequestFactory().get("/en/search/")
    request.resolver_match = None
    return SiteContext(request).navigation
