"""Wagtail's own search, in the lists and choosers of the administration: on the database and on Elasticsearch."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from modelsearch.backends import get_search_backend
from modelsearch.query import Not, Phrase, PlainText
from pytest_django import DjangoAssertNumQueries, Settings
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from tests import factories, people
from tests.search.engines.test_elasticsearch import own_prefix
from tests.tree import Tree, fresh

ANYTHING = (
    '"',
    'zebra "',
    '"zebra crossing" box',
    "'zebra'",
    "l'état \\",
    "-",
    "zebra* OR NEAR(",
    "{title} : ^zebra",
    "%s",
    "зебра" * 300,
    "zebra " * 40,
)


@dataclass
class Admin:
    """The administration as a superuser sees it."""

    client: Client
    tree: Tree

    def indexed(self) -> None:
        """Index everything, as the operator's command does."""
        call_command("update_index", verbosity=0)
        get_search_backend().refresh_indexes()

    def get(self, name: str, words: str = "", **asked: Any) -> Any:
        """The answer of a view."""
        response = self.client.get(reverse(name), {"q": words, **asked})
        assert response.status_code == 200
        return response

    def text(self, name: str, words: str, **asked: Any) -> str:
        """What the view shows, without what was looked for in its form and links."""
        return unescape(self.get(name, words, **asked).content.decode())


@pytest.fixture(params=["database", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def backend(request: pytest.FixtureRequest, settings: Settings) -> Iterator[str]:
    """Where the administration searches."""
    if request.param == "database":
        yield request.param
        return
    url = request.getfixturevalue("elasticsearch_url")
    with own_prefix(url) as prefix:
        backend = {"BACKEND": "search.elasticsearch_backend", "URLS": [url], "INDEX_PREFIX": f"{prefix}_admin_"}
        settings.WAGTAILSEARCH_BACKENDS = {"default": backend}
        yield request.param


@pytest.fixture
def admin(backend: str, tree: Tree, client: Client) -> Admin:
    """The administration, and a site with nothing in it."""
    client.force_login(people.superuser())
    return Admin(client, tree)


def plant_page(tree: Tree, title: str, **facts: Any) -> Page:
    """A page under the English home page."""
    return factories.StandardPageFactory(parent=fresh(tree.homes["en"]), title=title, **facts)


def plant_files(*titles: str) -> list[Document]:
    """Files with these titles."""
    file = ContentFile(b"text", name="file.txt")
    return [Document.objects.create(title=title, file=file) for title in titles]


def test_pages_are_found_by_words_of_their_title(admin: Admin) -> None:
    plant_page(admin.tree, "Zebra crossings")
    plant_page(admin.tree, "Rules on zebras", live=False)
    plant_page(admin.tree, "Boxes")
    admin.indexed()

    found = admin.text("wagtailadmin_pages:search_results", "zebra")

    assert "Zebra crossings" in found
    assert "Rules on zebras" in found
    assert "Boxes" not in found


def test_pages_found_are_counted_by_type_and_can_be_narrowed_to_one(admin: Admin) -> None:
    for number in range(3):
        plant_page(admin.tree, f"Zebra {number}")
    factories.ProcessIndexPageFactory(parent=fresh(admin.tree.homes["en"]), title="Zebra index", slug="zebras")
    admin.indexed()

    everything = admin.get("wagtailadmin_pages:search", "zebra")
    narrowed = admin.text("wagtailadmin_pages:search_results", "zebra", content_type="processes.processindexpage")

    counts = {kind.model: count for kind, count in everything.context["content_types"]}
    assert counts == {"standardpage": 3, "processindexpage": 1}
    assert everything.context["object_list"].count() == 4
    assert "Zebra index" in narrowed
    assert "Zebra 1" not in narrowed


def test_pages_found_are_put_on_pages_and_in_the_order_asked_for(admin: Admin) -> None:
    for number in range(23):
        plant_page(admin.tree, f"Zebra {number:02}")
    admin.indexed()

    pages = [admin.get("wagtailadmin_pages:search_results", "zebra", p=page) for page in (1, 2)]
    ordered = admin.get("wagtailadmin_pages:search_results", "zebra", ordering="-title")

    shown = [[page.title for page in response.context["page_obj"]] for response in pages]
    assert [len(titles) for titles in shown] == [20, 3]
    assert len({*shown[0], *shown[1]}) == 23
    assert [page.title for page in ordered.context["page_obj"]][:2] == ["Zebra 22", "Zebra 21"]


def test_pages_are_narrowed_to_drafts(admin: Admin) -> None:
    plant_page(admin.tree, "Zebra published")
    plant_page(admin.tree, "Zebra draft", live=False)
    admin.indexed()

    found = admin.text("wagtailadmin_pages:search_results", "zebra live:no")

    assert "Zebra draft" in found
    assert "Zebra published" not in found


def test_pictures_and_files_are_found_by_words_of_their_title(admin: Admin) -> None:
    for title in ("A zebra at night", "A box"):
        Image.objects.create(title=title, file=get_test_image_file())
    plant_files("Отчёт о зебрах", "A box of files")
    admin.indexed()

    pictures = admin.text("wagtailimages:index_results", "zebra")
    files = admin.text("wagtaildocs:index_results", "зебрах")

    assert "A zebra at night" in pictures
    assert "A box" not in pictures
    assert "Отчёт о зебрах" in files
    assert "A box of files" not in files


@pytest.mark.parametrize(
    "chooser",
    ["wagtailadmin_choose_page_search", "wagtailimages_chooser:choose_results", "wagtaildocs_chooser:choose_results"],
    ids=["page", "picture", "file"],
)
def test_choosers_find_by_the_beginning_of_a_word(admin: Admin, chooser: str) -> None:
    for title in ("The zebra", "The box"):
        plant_page(admin.tree, title)
        Image.objects.create(title=title, file=get_test_image_file())
        plant_files(title)
    admin.indexed()

    found = admin.text(chooser, "zeb")

    assert "The zebra" in found
    assert "The box" not in found


@pytest.mark.parametrize(
    "view",
    ["wagtailadmin_pages:search", "wagtailadmin_choose_page_search", "wagtailimages:index", "wagtaildocs:index"],
)
def test_whatever_is_typed_is_answered(admin: Admin, view: str) -> None:
    plant_files("Zebra")
    admin.indexed()

    for words in ANYTHING:
        admin.get(view, words)


def test_changes_are_found_without_a_command(admin: Admin) -> None:
    page = plant_page(admin.tree, "Zebra")
    admin.indexed()
    page.title = page.draft_title = "Giraffe"
    page.save()
    plant_files("Giraffe too")
    get_search_backend().refresh_indexes()

    assert Page.objects.autocomplete("zeb").count() == 0
    assert [found.title for found in Page.objects.autocomplete("gira")] == ["Giraffe"]
    assert [found.title for found in Document.objects.search("giraffe")] == ["Giraffe too"]

    page.delete()
    get_search_backend().refresh_indexes()
    assert Page.objects.autocomplete("gira").count() == 0


def test_the_queries_of_a_list_do_not_grow_with_what_is_found(
    admin: Admin, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    plant_files(*(f"Zebra {number}" for number in range(30)))
    admin.indexed()
    admin.get("wagtaildocs:index_results", "zebra")

    with django_assert_max_num_queries(12):
        assert len(admin.get("wagtaildocs:index_results", "zebra").context["page_obj"]) >= 20


# SQLite's backend, which is the house's own


def plant_many(count: int) -> None:
    """So many files with one word in common, and the index of them."""
    files = [Document(title=f"Common {number} {'rare' * (number % 2)}", file="none.txt") for number in range(count)]
    get_search_backend().add_bulk(Document, Document.objects.bulk_create(files))


def steps_of(work: Any) -> int:
    """How many hundreds of steps SQLite takes for the work: what it does, whatever else the machine does."""
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    connection.ensure_connection()
    connection.connection.set_progress_handler(count, 100)
    try:
        work()
    finally:
        connection.connection.set_progress_handler(None, 0)
    return steps


@pytest.mark.sqlite
@pytest.mark.django_db
@pytest.mark.parametrize("ask", ["search", "autocomplete"])
def test_the_work_grows_with_what_is_found_and_not_with_its_square(ask: str) -> None:
    backend = get_search_backend()

    def work() -> None:
        assert len(getattr(backend, ask)("common", Document)[:20]) == 20

    plant_many(200)
    few = steps_of(work)
    plant_many(600)
    many = steps_of(work)

    assert many < 5 * few  # four times as much is found; sixteen times the work was what modelsearch's own took


@pytest.mark.sqlite
@pytest.mark.django_db
def test_one_statement_finds_and_ranks(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    plant_many(50)
    get_search_backend().search("common", Document).count()  # content types are read once in a process's life
    with django_assert_num_queries(1):
        found = list(get_search_backend().search("common", Document)[:20])
    assert len(found) == 20
    with django_assert_num_queries(1):
        assert get_search_backend().search("common", Document).count() == 50


@pytest.mark.sqlite
@pytest.mark.django_db
def test_a_word_in_the_title_counts_more_than_one_elsewhere() -> None:
    titled, tagged = plant_files("Zebra of some boxes", "Boxes")
    tagged.tags.add("zebra")
    tagged.save()

    found = list(Document.objects.search("zebra").annotate_score("score"))

    assert [file.pk for file in found] == [titled.pk, tagged.pk]
    assert found[0].score < found[1].score


@pytest.mark.sqlite
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "titles"),
    [
        (PlainText("red zebra"), ["red zebra"]),
        (PlainText("red zebra", operator="or"), ["blue zebra", "red box", "red zebra"]),
        (Phrase("zebra red"), []),
        (PlainText("zebra") & ~PlainText("red"), ["blue zebra"]),
        (~PlainText("zebra"), ["red box"]),
        (Not(PlainText('"')), ["blue zebra", "red box", "red zebra"]),
        (PlainText("red") & (Phrase("red box") | PlainText('"')), ["red box"]),
    ],
    ids=["and", "or", "phrase", "without", "not", "not nothing", "nested"],
)
def test_queries_of_every_kind(query: Any, titles: list[str]) -> None:
    plant_files("red zebra", "blue zebra", "red box")
    assert sorted(found.title for found in Document.objects.search(query)) == titles
