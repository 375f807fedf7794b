"""A restriction on a page keeps visitors out of its translations and aliases too, and says so as Wagtail does."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.processes.models import ProcessPage, WorkingGroupPage
from tests import factories
from tests.tree import Tree, fresh, plant_body, plant_process

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(tree: Tree) -> dict[str, ProcessPage]:
    return plant_process(tree, factories.ProcessFactory(code="kp"))


@pytest.fixture
def bodies(pages: dict[str, ProcessPage]) -> dict[str, WorkingGroupPage]:
    return plant_body(pages, factories.WorkingGroupFactory(process=pages["en"].process, code="wg"))


def restrict(page: ProcessPage, kind: str, **fields: str) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type=kind, **fields)


def test_without_a_restriction_everybody_reads(client: Client, pages: dict[str, ProcessPage]) -> None:
    assert client.get(pages["fr"].url).status_code == 200


@pytest.mark.parametrize("code", ["en", "fr", "ru"])
def test_a_restriction_of_the_english_page_sends_readers_of_every_language_to_log_in(
    client: Client, pages: dict[str, ProcessPage], bodies: dict[str, WorkingGroupPage], code: str
) -> None:
    restrict(pages["en"], PageViewRestriction.LOGIN)
    for page in (pages[code], fresh(bodies[code])):
        answer = client.get(page.url)
        assert answer.status_code == 302, page.url
        assert "login" in answer["Location"]
        assert "no-store" in answer["Cache-Control"]


def test_it_holds_the_other_way_round(client: Client, pages: dict[str, ProcessPage]) -> None:
    restrict(pages["ru"], PageViewRestriction.LOGIN)
    assert client.get(pages["en"].url).status_code == 302


def test_members_of_the_group_read_every_language(client: Client, pages: dict[str, ProcessPage]) -> None:
    delegates = factories.GroupFactory(name="Delegates")
    restrict(pages["en"], PageViewRestriction.GROUPS).groups.add(delegates)
    client.force_login(factories.UserFactory())
    assert client.get(pages["fr"].url).status_code == 302
    client.force_login(factories.UserFactory(groups=[delegates]))
    answer = client.get(pages["fr"].url)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


def test_a_password_is_asked_for_once_for_all_languages(client: Client, pages: dict[str, ProcessPage]) -> None:
    restrict(pages["en"], PageViewRestriction.PASSWORD, password="opensesame")
    asked = client.get(pages["fr"].url)
    assert asked.status_code == 200
    assert 'name="password"' in asked.content.decode()
    action = re.search(r'action="([^"]*authenticate_with_password[^"]*)"', asked.content.decode())
    assert action is not None
    client.post(action[1], {"password": "opensesame", "return_url": pages["fr"].url})
    assert 'name="password"' not in client.get(pages["fr"].url).content.decode()
    assert 'name="password"' not in client.get(pages["en"].url).content.decode()


def test_a_restriction_binds_aliases_and_aliases_of_translations(
    client: Client, tree: Tree, pages: dict[str, ProcessPage]
) -> None:
    standard = factories.StandardPageFactory(parent=fresh(pages["fr"]), title="Practical", slug="practical")
    alias = standard.create_alias(parent=fresh(tree.homes["fr"]), update_slug="copy")
    of_alias = alias.create_alias(
        parent=fresh(tree.homes["ru"]), update_slug="copy", update_locale=tree.homes["ru"].locale
    )
    elsewhere = factories.StandardPageFactory(parent=fresh(tree.homes["ru"]), slug="elsewhere")
    assert client.get(of_alias.url).status_code == 200
    PageViewRestriction.objects.create(page=standard, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(alias.url).status_code == 302
    assert client.get(of_alias.url).status_code == 302
    assert client.get(elsewhere.url).status_code == 200


def test_an_expired_page_is_gone_before_anything_takes_it_offline(
    client: Client, pages: dict[str, ProcessPage]
) -> None:
    ProcessPage.objects.filter(pk=pages["fr"].pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    assert client.get(pages["fr"].url).status_code == 404
    assert client.get(pages["en"].url).status_code == 200
