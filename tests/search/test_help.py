"""The help page: its examples are searches that work."""

import datetime
import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries, Settings

from cms.core.visibility import Access
from search.engines.typed import FIELD_NAMES, body_parts, read_typed
from search.help import examples_with_words
from search.outbox import feed
from tests import factories
from tests.tree import Tree, plant_body, plant_process

LANGUAGES = ["en", "fr", "es", "ru", "ar", "zh-hans"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_names_of_fields_are_understood(language: str) -> None:
    assert read_typed(f"{FIELD_NAMES['symbol'][language][0]}:A/79").series == ("A79",)
    assert read_typed(f"{FIELD_NAMES['title'][language][0]}:word").terms[0].in_title
    assert body_parts(f"{FIELD_NAMES['body'][language][0]}:COP")[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_mean_what_is_said_of_them(language: str) -> None:
    with translation.override(language):
        words, phrase, without, in_title, phrase_in_title = (
            read_typed(example.words) for example in examples_with_words(language)
        )
    assert words.terms
    assert not words.excluded
    assert len(phrase.terms) == 1
    assert len(phrase.terms[0].tokens) > 1
    assert without.terms
    assert without.excluded
    assert all(term.in_title for term in [*in_title.terms, *phrase_in_title.terms])


@pytest.mark.django_db
@pytest.mark.usefixtures("tree")
def test_the_examples_are_searches_that_find_something(
    client: Client, tree: Tree, index: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for symbol, day, access in (
        ("A/79/5", 1, Access.PUBLIC),
        ("A/79/6", 2, Access.STAFF),
        ("A/78/9", 0, Access.PUBLIC),
    ):
        document = factories.OfficialDocumentFactory(symbol=symbol, date=datetime.date(2024 + day, 3, 1), access=access)
        factories.LanguageVersionFactory(document=document, title="Report on technical assistance")
    plant_body(plant_process(tree, document.process, ["en"]), factories.WorkingGroupFactory(process=document.process))
    feed()

    client.get("/en/search/help/")
    with django_assert_max_num_queries(10):
        page = client.get("/en/search/help/").content.decode()
    examples = [unescape(link) for link in re.findall(r'href="(/en/search/\?q=[^"]+)"', page)]
    assert len(examples) == 9
    assert "/en/search/?q=A%2F79%2F5" in examples
    assert "A/79/6" not in page
    for example in examples:
        found = client.get(example, follow=True)
        assert found.status_code == 200
        assert "Nothing was found" not in found.content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("tree")
def test_help_is_there_in_every_language_and_beside_the_form(client: Client, settings: Settings) -> None:
    for short in ("en", "fr", "es", "ru", "ar", "zh"):
        assert client.get(f"/{short}/search/help/").status_code == 200
    assert 'href="/fr/search/help/"' in client.get("/fr/search/").content.decode()
