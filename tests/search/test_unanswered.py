"""Queries without results: what is kept and what is not, for how long, and what editors make of them."""

import csv
import datetime
import io
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from search import unanswered
from search.models import PromotedResult, SynonymGroup, UnansweredQuery
from search.outbox import feed
from search.unanswered import may_be_kept
from tests import factories, people
from tests.records import list_url
from tests.search.test_views import search
from tests.tree import Tree

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tree")]


@pytest.fixture
def reader(index: Path) -> Client:
    """A reader with a browser."""
    return Client(headers={"User-Agent": BROWSER})


def kept() -> list[tuple[str, str, int]]:
    return list(UnansweredQuery.objects.values_list("language", "words", "count"))


# What is kept


def test_queries_are_counted_by_language_whatever_their_capitals_and_accents(reader: Client) -> None:
    for words in ("Négociations", "negociations ", "  NÉGOCIATIONS"):
        search(reader, "fr", q=words)
    search(reader, "en", q="Négociations")
    assert kept() == [("fr", "Négociations", 3), ("en", "Négociations", 1)]


def test_nothing_is_kept_of_who_asked() -> None:
    fields = {field.name for field in UnansweredQuery._meta.get_fields()}
    assert fields == {"id", "language", "key", "words", "count", "last_asked"}
    assert UnansweredQuery._meta.get_field("last_asked").get_internal_type() == "DateField"


def test_only_the_first_page_of_an_unfiltered_search_that_finds_nothing_counts(reader: Client, index: Path) -> None:
    factories.LanguageVersionFactory(title="Zebra")
    feed()
    for parameters in ({"q": "zebra"}, {"q": "horse", "page": "2"}, {"q": "horse", "kind": "note"}, {"q": " "}, {}):
        search(reader, **parameters)
    assert reader.head("/en/search/", {"q": "horse"}).status_code == 200
    assert kept() == []


def test_an_engine_that_is_away_has_not_found_nothing(reader: Client, settings: Settings, tmp_path: Path) -> None:
    settings.SEARCH_INDEX_DIR = tmp_path / "nothing"
    search(reader, q="horse")
    assert kept() == []


@pytest.mark.parametrize("agent", ["", "Googlebot/2.1", "curl/8.5.0", "python-requests/2.32", "Some Crawler"])
@pytest.mark.usefixtures("index")
def test_robots_do_not_count(agent: str) -> None:
    search(Client(headers={"User-Agent": agent}), q="horse")
    assert kept() == []


@pytest.mark.parametrize(
    "words",
    [
        "horses",
        "protocol on wild horses",
        "договор о лошадях",
        "اتفاقية الخيول",
        "关于马的公约",
        "CTOC/COP/WG.4/2019/6",
        "A/79/1234/Add.1",
        "resolution 9/1",
        "l'accord du cheval",
        '"exact phrase"',
        "symbol:A/99",
        "sessions in 2019 or 2020",
        "50% rule",
    ],
)
def test_what_readers_look_for_may_be_kept(words: str) -> None:
    assert may_be_kept(words)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("", id="nothing"),
        pytest.param("* / -", id="signs"),
        pytest.param("jane.doe@example.org", id="address"),
        pytest.param("Jane Doe +41 22 917 00 11", id="telephone"),
        pytest.param("(0041) 22-917-00-11", id="telephone with signs"),
        pytest.param("account CH93 0076 2011 6238 5295 7", id="account"),
        pytest.param("passport 123456789", id="passport"),
        pytest.param("جواز ١٢٣٤٥٦٧٨٩", id="other digits"),
        pytest.param("Jane born 12/03/1980", id="birthday"),
        pytest.param("2019 2020", id="figures alone"),
        pytest.param("word " * 13, id="many words"),
        pytest.param("long text " * 9, id="long"),
        pytest.param("x" * 31, id="long word"),
        pytest.param("<script>alert(1)</script>", id="markup"),
        pytest.param("' OR 1=1 --", id="sql"),
        pytest.param("../../etc/passwd", id="path"),
        pytest.param("https://example.org/", id="link"),
        pytest.param("${jndi:ldap}", id="code"),
    ],
)
def test_what_may_be_personal_or_an_attack_is_not_kept(words: str) -> None:
    assert not may_be_kept(words)


# Without harm to the search


def test_a_database_that_cannot_be_written_to_does_not_matter(reader: Client, caplog: pytest.LogCaptureFixture) -> None:
    with connection.cursor() as cursor:
        sqlite = connection.vendor == "sqlite"
        # What PostgreSQL has put off checking would have to be checked in a transaction that reads only.
        cursor.execute("PRAGMA query_only = ON" if sqlite else "SET CONSTRAINTS ALL IMMEDIATE")
        if not sqlite:
            cursor.execute("SET TRANSACTION READ ONLY")
        try:
            assert "Nothing was found" in search(reader, q="horse")
        finally:
            if sqlite:
                cursor.execute("PRAGMA query_only = OFF")
    assert kept() == []
    assert "could not be counted" in caplog.text


def test_it_takes_few_queries_and_leaves_patience_as_it_was(
    reader: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    search(reader, q="horse")
    with django_assert_max_num_queries(12):
        search(reader, q="horse")
    assert kept() == [("en", "horse", 2)]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout")
            assert cursor.fetchone()[0] > 0


# For 90 days


def aged(days: int, **facts: Any) -> UnansweredQuery:
    query: UnansweredQuery = factories.UnansweredQueryFactory(
        last_asked=timezone.now().date() - datetime.timedelta(days=days), **facts
    )
    return query


def test_the_first_one_of_a_day_removes_what_is_90_days_old(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unanswered._sweep, "day", None)
    aged(90)
    young = aged(89)
    search(reader, q="horse")
    assert {query.words for query in UnansweredQuery.objects.all()} == {young.words, "horse"}
    aged(90)
    search(reader, q="horse")
    assert UnansweredQuery.objects.count() == 3, "once a day and no more"


def test_the_daily_command_removes_them_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    aged(0)
    call_command("remove_old_queries")
    assert UnansweredQuery.objects.count() == 1
    later = timezone.now() + datetime.timedelta(days=90)
    monkeypatch.setattr(timezone, "now", lambda: later)
    call_command("remove_old_queries")
    assert UnansweredQuery.objects.count() == 0
    assert "Removed 1 queries." in capsys.readouterr().out


def test_of_too_many_the_most_asked_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unanswered, "MOST_ROWS", 2)
    aged(3, words="often", count=9)
    aged(2, words="once")
    aged(1, words="once, later")
    assert unanswered.remove_old_queries() == 1
    assert {query.words for query in UnansweredQuery.objects.all()} == {"often", "once, later"}


# In the admin


@pytest.fixture
def officer(client: Client) -> Client:
    client.force_login(people.archive_officer())
    return client


def test_the_most_asked_come_first_and_old_ones_are_not_shown(officer: Client) -> None:
    aged(1, words="rare", count=1)
    aged(80, words="often", count=7, language="ru")
    aged(90, words="old", count=99)
    response = officer.get(reverse("unanswered_queries"), {"export": "csv"})
    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode())))
    assert [row[:3] for row in rows[1:]] == [["often", "ru", "7"], ["rare", "en", "1"]]
    page = officer.get(reverse("unanswered_queries"), {"language": "ru"}).content.decode()
    assert '<bdi lang="ru">often</bdi>' in page
    assert "rare" not in page


@pytest.mark.parametrize(
    ("label", "model", "field"),
    [("Make a synonym", SynonymGroup, "words"), ("Promote a result", PromotedResult, "queries")],
)
def test_a_button_opens_the_form_filled_in_and_leads_back(officer: Client, label: str, model: Any, field: str) -> None:
    aged(1, words="zèbre & co", language="fr")
    page = BeautifulSoup(officer.get(reverse("unanswered_queries")).content, "html.parser")
    (link,) = [link for link in page.select("table a") if link.text.strip() == label]
    address = str(link["href"])
    assert address.startswith(list_url(model, "add"))
    form: Any = BeautifulSoup(officer.get(address).content, "html.parser")
    assert form.find("textarea", {"name": field}).text.strip() == "zèbre & co"
    assert form.select_one("select[name=language] option[selected]")["value"] == "fr"
    assert reverse("unanswered_queries") in form.find(id="w-editor-form")["action"].replace("%2F", "/")


def test_a_query_is_forgotten(officer: Client) -> None:
    query, other = aged(1), aged(1)
    address = reverse("forget_query", args=[query.pk])
    assert officer.get(address).status_code == 405
    for _time in range(2):
        assert officer.post(address).url == reverse("unanswered_queries")
    assert list(UnansweredQuery.objects.all()) == [other]


def test_only_those_who_keep_synonyms_see_and_forget_them(client: Client, tree: Tree) -> None:
    query = aged(1)
    process = factories.ProcessFactory()
    for user in (people.publisher_of(process), people.translator_of("en"), people.reader_of_all()):
        client.force_login(user)
        for name in ("unanswered_queries", "unanswered_queries_results"):
            assert client.get(reverse(name)).status_code in {302, 403}
        assert client.post(reverse("forget_query", args=[query.pk])).status_code in {302, 403}
        assert reverse("unanswered_queries") not in client.get(reverse("wagtailadmin_home")).content.decode()
    assert UnansweredQuery.objects.exists()
    for user in (people.archive_officer(), people.administrator()):
        client.force_login(user)
        assert client.get(reverse("unanswered_queries")).status_code == 200
        assert reverse("unanswered_queries") in client.get(reverse("wagtailadmin_home")).content.decode()


def test_a_long_list_takes_no_more_queries(officer: Client) -> None:
    found = []
    for number in (2, 40):
        factories.UnansweredQueryFactory.create_batch(number)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert officer.get(reverse("unanswered_queries")).status_code == 200
        found.append(len(queries))
    assert found[1] <= found[0] <= 20
