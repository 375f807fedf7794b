"""Suggestions as the script in the search fields gets them."""

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page, PageViewRestriction

from cms.core.visibility import Access
from documents.models import LanguageVersion
from search.outbox import feed
from tests import factories
from tests.people import reader_of
from tests.search.engines.contract.hostile import HOSTILE
from tests.tree import Tree, plant_body, plant_process, plant_session

pytestmark = pytest.mark.django_db


def suggestions(client: Client, typed: str, site: str = "en") -> list[dict[str, str]]:
    """What is suggested in a language of the site. It is 200 whatever was typed."""
    return list(answer(client, typed, site)["suggestions"])


def answer(client: Client, typed: str, site: str = "en") -> dict[str, Any]:
    """The whole answer."""
    response = client.get(f"/{site}/search/suggestions/?{urlencode({'q': typed}, errors='ignore')}")
    assert response.status_code == 200
    assert response["Cache-Control"].startswith("private")
    return dict(response.json())


def titles(client: Client, typed: str, site: str = "en") -> list[str]:
    """The titles suggested."""
    return [suggested["title"] for suggested in suggestions(client, typed, site)]


@pytest.fixture
def archive(tree: Tree, index: Path) -> Tree:
    """A process with a body and a session in English, French and Russian, an open document and a closed one."""
    body = factories.WorkingGroupFactory(
        process__name="Mercury", process__acronym="MERC", name="Conference of the Parties", acronym="COP"
    )
    session = factories.SessionFactory(working_group=body)
    plant_session(plant_body(plant_process(tree, body.process), body), session)
    document = factories.OfficialDocumentFactory(process=body.process, symbol="UNEP/MC/COP.6/INF/29")
    factories.LanguageVersionFactory(document=document, title="Zebra <b>crossings</b>")
    factories.LanguageVersionFactory(document=document, language="ar", title="تقرير عن الحمار الوحشي")
    closed = factories.OfficialDocumentFactory(process=body.process, symbol="UNEP/MC/R.1", access=Access.PARTICIPANTS)
    factories.LanguageVersionFactory(document=closed, title="Zebra secrets")
    feed()
    return tree


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("typed", ["unep/mc/cop", "unep mc cop6 inf", "UNEP-MC-COP.6", "UNEP/MC/СОР.6/INF/29"])
def test_a_symbol_is_suggested_in_any_disguise(client: Client, typed: str) -> None:
    (suggested,) = suggestions(client, typed)

    assert suggested == {
        "symbol": "UNEP/MC/COP.6/INF/29",
        "title": "Zebra <b>crossings</b>",
        "place": "",
        "lang": "en",
        "dir": "ltr",
        "url": "/en/documents/UNEP/MC/COP.6/INF/29/",
        "kind": "Document",
    }


@pytest.mark.usefixtures("archive")
def test_titles_are_suggested_in_the_language_that_was_typed(client: Client) -> None:
    (suggested,) = suggestions(client, "تقرير عن الحم")

    assert (suggested["lang"], suggested["dir"]) == ("ar", "rtl")
    assert suggested["url"] == "/ar/documents/UNEP/MC/COP.6/INF/29/"


@pytest.mark.usefixtures("archive")
def test_bodies_and_processes_are_suggested_by_acronym_and_by_name(client: Client) -> None:
    (body,) = suggestions(client, "cop")
    assert (body["symbol"], body["kind"], body["lang"]) == ("COP", "Page", "en")
    assert client.get(body["url"]).status_code == 200

    assert suggestions(client, "cop", "fr")[0]["lang"] == "fr"
    assert suggestions(client, "MER")[0]["symbol"] == "MERC"
    assert body["title"] in titles(client, body["title"][:12])


def test_bodies_of_one_name_say_under_what_they_stand(client: Client, archive: Tree) -> None:
    (alone,) = suggestions(client, "cop")
    assert alone["place"] == ""

    mercury = Page.objects.get(title=alone["title"])
    body = factories.WorkingGroupFactory(process__name="Crime", acronym="COP")
    pages = plant_body(plant_process(archive, body.process), body)
    pages["en"].title = mercury.title
    pages["en"].save()
    feed()
    above = {mercury.get_parent().title, Page.objects.get(pk=pages["en"].pk).get_parent().title}

    for typed in ("cop", mercury.title[:9]):
        bearers = [one for one in suggestions(client, typed) if one["title"] == mercury.title]
        assert {one["place"] for one in bearers} == above


@pytest.mark.usefixtures("archive")
def test_nothing_closed_is_suggested_but_to_its_readers(client: Client) -> None:
    assert titles(client, "zebr") == ["Zebra <b>crossings</b>"]
    assert titles(client, "unep/mc/r") == []

    client.force_login(reader_of(LanguageVersion.objects.get(title="Zebra secrets").document.process))
    assert sorted(titles(client, "zebr")) == ["Zebra <b>crossings</b>", "Zebra secrets"]
    assert titles(client, "unep/mc/r") == ["Zebra secrets"]


def test_what_changed_since_the_last_feed_is_not_suggested(client: Client, archive: Tree) -> None:
    LanguageVersion.objects.update(state="withdrawn")
    PageViewRestriction.objects.create(page=archive.homes["en"], restriction_type="login")

    assert titles(client, "zebr") == []
    assert [suggested["lang"] for suggested in suggestions(client, "cop")] == []


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("typed", ["", " ", "z", "-zebr", "title:zebr", "xyzzy"])
def test_little_gives_nothing(client: Client, typed: str) -> None:
    assert suggestions(client, typed) == []


@pytest.mark.usefixtures("archive")
def test_whatever_is_typed_is_answered(client: Client) -> None:
    for typed in HOSTILE:
        assert "Zebra secrets" not in titles(client, typed[:20_000])
    assert client.get("/en/search/suggestions/").json()["suggestions"] == []
    assert client.get("/en/search/suggestions/?q=%ff%00zebr").status_code == 200
    assert client.post("/en/search/suggestions/").status_code == 405


@pytest.mark.usefixtures("archive")
def test_it_is_told_in_the_readers_language_how_many_there_are(client: Client) -> None:
    assert answer(client, "zebr")["status"] == "1 suggestion. The arrow keys choose."
    assert answer(client, "xyzzy")["status"] == "No suggestions."


@pytest.mark.usefixtures("archive")
def test_without_an_index_acronyms_are_still_known(client: Client, index: Path) -> None:
    (index / "current").unlink()

    assert [suggested["symbol"] for suggested in suggestions(client, "cop")] == ["COP"]
    assert suggestions(client, "zebr") == []


def test_at_most_five_queries_whatever_is_suggested(
    client: Client, archive: Tree, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    PageViewRestriction.objects.create(page=archive.archives["fr"], restriction_type="login")
    for number in range(12):
        body = factories.WorkingGroupFactory(name="Conference", acronym="COP")
        plant_body(plant_process(archive, body.process), body)
        factories.LanguageVersionFactory(title=f"Zebra {number}")
    feed()
    for typed in ("cop", "zebr", "unep/mc"):
        suggestions(client, typed)
        with django_assert_max_num_queries(5):
            assert suggestions(client, typed)
