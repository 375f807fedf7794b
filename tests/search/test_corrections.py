"""Did you mean, as readers get it."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cms.core.visibility import Access
from search.outbox import feed
from tests import factories
from tests.people import reader_of
from tests.search.test_views import search, total

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tree")]


@pytest.fixture
def landmines(index: Path) -> None:
    """Documents on landmines, one of them with a word that is like another's, and a closed one."""
    for number in range(4):
        factories.LanguageVersionFactory(title=f"Report on landmines {number}")
    factories.LanguageVersionFactory(title="Доклад о минах", language="ru")
    factories.LanguageVersionFactory(title="Note on cluster munitions in Geneva")
    secret = factories.OfficialDocumentFactory(access=Access.PARTICIPANTS)
    factories.LanguageVersionFactory(document=secret, title="Secret giraffe")
    feed()


def correction(page: str) -> str:
    """What the page says of a correction, its links as addresses before their words."""
    found = re.search(r'<p class="correction">(.*)</p>', page)
    said = re.sub(r'<a href="([^"]*)"[^>]*>', r"[\1] ", found.group(1)) if found else ""
    return unescape(re.sub(r"<[^>]*>", "", said))


@pytest.mark.usefixtures("landmines")
def test_results_of_a_correction_are_said_to_be_so_and_what_was_typed_can_be_asked_for(client: Client) -> None:
    page = search(client, q="landmiens", kind="report", page="1")

    assert total(page) == 4
    assert correction(page) == (
        "Showing results for [?q=landmines&kind=report] landmines. "
        "Search instead for [?q=landmiens&kind=report&as_typed=1] landmiens"
    )
    assert 'name="q" value="landmiens"' in page

    page = search(client, q="landmiens", kind="report", as_typed="1")
    assert total(page) == 0
    assert correction(page) == "Did you mean: [?q=landmines&kind=report] landmines"
    assert 'name="as_typed"' not in page


@pytest.mark.usefixtures("landmines")
def test_where_little_was_found_a_correction_is_a_link_beside_it(client: Client) -> None:
    page = search(client, q="note cluster munitoins geneva")

    assert total(page) == 1
    assert correction(page) == "Did you mean: [?q=note+cluster+munitions+geneva] note cluster munitions geneva"


@pytest.mark.usefixtures("landmines")
@pytest.mark.parametrize(
    ("words", "filters"),
    [
        ("landmines", {}),
        ("xyzzyx", {}),
        ("girafe", {}),
        ("landmiens", {"kind": "letter"}),
        ('"landmiens"', {}),
        ("", {}),
    ],
    ids=["known", "like nothing", "closed", "nothing under the filters", "quoted", "empty"],
)
def test_nothing_is_offered_that_does_not_help(client: Client, words: str, filters: dict[str, str]) -> None:
    assert correction(search(client, q=words, **filters)) == ""


@pytest.mark.usefixtures("landmines")
def test_a_word_of_another_language_stands_by_itself(client: Client) -> None:
    page = search(client, "fr", q="доглад")

    assert "<bdi>Доклад</bdi>" in page
    assert "Доклад</mark> о минах" in page


def test_readers_of_closed_documents_are_offered_their_words(client: Client, index: Path) -> None:
    secret = factories.OfficialDocumentFactory(access=Access.PARTICIPANTS)
    factories.LanguageVersionFactory(document=secret, title="Secret giraffe")
    feed()
    assert "giraffe" not in search(client, q="girafe sceret").lower()

    client.force_login(reader_of(secret.process))
    assert total(search(client, q="girafe sceret")) == 1


@pytest.mark.usefixtures("landmines")
def test_what_was_typed_is_shown_as_text(client: Client) -> None:
    page = search(client, q="<landmiens>")

    assert "<landmi" not in page
    assert "<bdi>&lt;landmines&gt;</bdi>" in page


@pytest.mark.usefixtures("landmines")
def test_a_correction_takes_no_more_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    search(client, q="landmines")
    with django_assert_max_num_queries(20) as known:
        search(client, q="landmines")
    with django_assert_max_num_queries(20) as corrected:
        search(client, q="landmiens")
    assert len(corrected) == len(known)
