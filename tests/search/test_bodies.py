"""What `body:` finds, in six languages' words for it and in any language of a body's name."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from cms.processes.models import WorkingGroup
from search.outbox import feed
from tests import factories
from tests.tree import Tree, plant_process

pytestmark = [pytest.mark.django_db]

TITLES = {"en": "Conference of the Parties", "fr": "Conférence des Parties", "ru": "Конференция Сторон"}


@pytest.fixture
def bodies(tree: Tree, index: Path) -> dict[str, WorkingGroup]:
    """A conference with pages in three languages, and a working group, each with a document."""
    process = factories.ProcessFactory(name="Crime convention", acronym="UNTOC")
    made = {
        "cop": factories.WorkingGroupFactory(process=process, name="Conference", acronym="COP"),
        "group": factories.WorkingGroupFactory(process=process, name="Working Group on Firearms"),
    }
    for language, page in plant_process(tree, process).items():
        factories.WorkingGroupPageFactory(parent=page, working_group=made["cop"], title=TITLES[language])
    for name, body in made.items():
        document = factories.OfficialDocumentFactory(process=process, working_group=body)
        factories.LanguageVersionFactory(document=document, title=f"Zebra of the {name}")
    feed()
    return made


def meant(client: Client, words: str) -> tuple[list[str], list[str]]:
    """The bodies and the words that a search is led to; itself where it is led nowhere."""
    response = client.get(f"/en/search/?{urlencode({'q': words})}")
    if response.status_code == 200:
        return [], [words]
    assert response.status_code == 302
    assert "Cookie" in response["Vary"]
    asked = parse_qs(urlsplit(response["Location"]).query)
    return asked.get("body", []), asked.get("q", [])


@pytest.mark.parametrize(
    ("words", "body", "rest"),
    [
        ("body:COP zebra", "cop", ["zebra"]),
        ("zebra body:cop report", "cop", ["zebra report"]),
        ("organe:CdP", "cop", []),
        ("орган:КС зебра", "cop", ["зебра"]),
        ("órgano:“conference of parties”", "cop", []),
        ("body:Конференции", "cop", []),
        ('机构："Working Group on Firearms" zebra', "group", ["zebra"]),
        ("الهيئة:firearm", "group", []),
        ("body:crime", "cop group", []),
        ("body:UNTOC", "cop group", []),
        ("body:COP body:firearms", "cop group", []),
    ],
)
def test_an_abbreviation_or_words_of_the_name_choose_the_body(
    client: Client, bodies: dict[str, WorkingGroup], words: str, body: str, rest: list[str]
) -> None:
    assert meant(client, words) == ([str(bodies[name].pk) for name in body.split()], rest)


def test_the_bodies_found_are_filters_that_can_be_removed(client: Client, bodies: dict[str, WorkingGroup]) -> None:
    response = client.get("/en/search/?q=zebra+body%3ACOP&sort=newest", follow=True)
    page = response.content.decode()
    assert "Zebra</mark> of the cop" in page
    assert "of the group" not in page
    (chip,) = re.findall(r'href="\?([^"]*)"><span><span [^>]*>Remove: Body', page)
    assert parse_qs(chip.replace("&amp;", "&")) == {"q": ["zebra"], "sort": ["newest"]}
    found = client.get("/en/search.json?q=zebra+body%3ACOP").json()
    assert [hit["title"] for hit in found["hits"]] == ["Zebra of the cop"]


@pytest.mark.usefixtures("bodies")
@pytest.mark.parametrize(
    "words", ["body:nonesuch", "-body:COP", "body:", "body:!!!", 'body:"', "body:\x00", "nobody:COP"]
)
def test_what_names_no_body_is_read_as_words(client: Client, words: str) -> None:
    assert meant(client, words) == ([], [words])


def test_the_name_on_a_closed_page_chooses_nothing(client: Client, tree: Tree, bodies: dict[str, WorkingGroup]) -> None:
    for page in bodies["cop"].pages.all():
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert meant(client, "body:Сторон") == ([], ["body:Сторон"])


def test_many_bodies_take_no_more_queries_than_one(
    client: Client, bodies: dict[str, WorkingGroup], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(5):
        factories.WorkingGroupFactory()
    with django_assert_max_num_queries(4):
        client.get("/en/search/?q=body:COP")
