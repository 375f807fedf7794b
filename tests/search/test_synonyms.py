"""Synonyms as editors keep them: what the form refuses and why, and that search follows at once."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from search.choices import current_choices
from search.models import SynonymGroup
from search.outbox import feed
from tests import factories, people
from tests.records import admin_url, errors_of, list_url, save_form
from tests.search.test_views import search, total
from tests.tree import Tree

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tree")]


@pytest.fixture
def officer(client: Client) -> Client:
    client.force_login(people.archive_officer())
    return client


def refused(client: Client, words: str, language: str = "en") -> str:
    """What the form says of these words; empty where it took them."""
    response = save_form(client, list_url(SynonymGroup, "add"), language=language, words=words)
    return " ".join(errors_of(response).get("words", []))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "WG\nworking group"),
        ("fr", "CdP\nConférence des Parties"),
        ("es", "CP\nConferencia de las Partes"),
        ("ru", "КС\nКонференция Сторон"),
        ("ar", "مؤتمر الأطراف\nمؤتمر الدول الأطراف"),
        ("zh-hans", "缔约方会议\n缔约国会议"),
    ],
)
def test_groups_of_every_language_are_taken(officer: Client, language: str, words: str) -> None:
    assert refused(officer, f"\n  {words}  \n\n", language) == ""
    assert current_choices().synonyms == {language: (tuple(words.split("\n")),)}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param("zebra", "at least two words", id="one"),
        pytest.param("zebra\n  zebra ", "at least two words", id="the same twice"),
        pytest.param("report\nreports", "Who searches for “report” finds “reports” anyway.", id="inflected"),
        pytest.param("zebra\ntitle:horse", "“title:horse” cannot be used", id="field"),
        pytest.param("zebra\nhorse -wild", "“horse -wild” cannot be used", id="exclusion"),
        pytest.param("zebra\n***", "“***” has no letter and no digit.", id="signs"),
        pytest.param("zebra\n" + "x" * 101, "is too long: at most 100 characters", id="long"),
        pytest.param("zebra\n" + "word " * 9, "is too long: at most 8 words", id="many words"),
        pytest.param("\n".join(f"word{number}" for number in range(11)), "At most 10 lines; here are 11.", id="many"),
        pytest.param("horse\nEQUINES", "“EQUINES” is in another group already: equine = equid", id="other group"),
    ],
)
def test_what_cannot_work_is_refused_in_plain_words(officer: Client, words: str, said: str) -> None:
    factories.SynonymGroupFactory(words="equine\nequid")
    assert said in refused(officer, words)
    assert SynonymGroup.objects.count() == 1


def test_the_same_word_may_stand_in_groups_of_two_languages(officer: Client) -> None:
    factories.SynonymGroupFactory(words="COP\nConference", language="fr")
    assert refused(officer, "COP\nConference") == ""


def test_a_group_is_changed_with_a_history(officer: Client) -> None:
    group = factories.SynonymGroupFactory(words="a\nb")
    assert save_form(officer, admin_url(group, "edit"), words="a\nc").status_code == 302
    group.refresh_from_db()
    assert group.words == "a\nc"
    assert officer.get(admin_url(group, "history")).status_code == 200


def test_the_form_is_filled_in_from_the_address(officer: Client) -> None:
    page = officer.get(list_url(SynonymGroup, "add"), {"language": "fr", "words": "zèbre"}).content.decode()
    assert "zèbre</textarea>" in page
    assert '<option value="fr" selected>' in page


def test_search_follows_every_change_at_once(client: Client, index: Path) -> None:
    document = factories.OfficialDocumentFactory()
    factories.LanguageVersionFactory(document=document, title="Report on equids")
    factories.LanguageVersionFactory(document=document, title="Rapport sur les équidés", language="fr")
    feed()
    assert total(search(client, q="zebras")) == 0
    group = factories.SynonymGroupFactory(words="zebra\nequid")
    assert total(search(client, q="zebras")) == 1
    group.words = "zebra\nhorse"
    group.save()
    assert total(search(client, q="zebras")) == 0
    group.words = "zebra\nequid"
    group.save()
    assert total(search(client, q="zebras")) == 1
    other = factories.SynonymGroupFactory(words="coursier\néquidé", language="fr")
    group.delete()
    assert total(search(client, q="zebras")) == 0
    assert total(search(client, q="coursiers")) == 1
    other.delete()
    assert total(search(client, q="coursiers")) == 0


def test_groups_are_read_once_as_long_as_none_changes(
    tree: Tree, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    factories.SynonymGroupFactory.create_batch(5)
    current_choices()
    with django_assert_num_queries(1):
        assert len(current_choices().synonyms["en"]) == 5
