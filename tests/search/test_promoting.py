"""Promoted results as readers and editors meet them."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings
from wagtail.models import PageViewRestriction

from cms.core.visibility import Access
from documents.models import LanguageVersion
from search.models import PromotedResult
from search.outbox import feed
from tests import factories, people
from tests.records import errors_of, list_url, save_form
from tests.search.test_views import search, total
from tests.tree import Tree, fresh

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tree", "index")]

TODAY = timezone.now().date()
DAY = datetime.timedelta(days=1)


def promoted(client: Client, site: str = "en", /, **parameters: str | list[str]) -> list[str]:
    """The titles that stand above the results."""
    page = BeautifulSoup(search(client, site, **parameters), "html.parser")
    return [link.text for link in page.select(".promoted a")]


def version_of(title: str, language: str = "en", **facts: object) -> LanguageVersion:
    version: LanguageVersion = factories.LanguageVersionFactory(title=title, language=language, **facts)
    return version


@pytest.mark.parametrize(
    ("site", "query", "typed"),
    [
        ("en", "adopted decisions", "Adopted  DECISION"),
        ("fr", "décisions adoptées", "decision adoptee"),
        ("ru", "решения конференции", "Решение Конференции"),
    ],
)
def test_it_is_shown_for_its_queries_however_typed(client: Client, site: str, query: str, typed: str) -> None:
    version = version_of("All decisions")
    factories.PromotedResultFactory(queries=f"something else\n{query}", document=version.document)
    assert promoted(client, site, q=typed) == ["All decisions"]
    assert promoted(client, site, q=f"{typed} today") == []
    assert promoted(client, site, q=typed.split(maxsplit=1)[0]) == []


def test_it_says_who_chose_it_and_why(client: Client) -> None:
    document = version_of("All decisions").document
    reason = {"fr": "Depuis <2003>.", "en": "Since <2003>."}
    factories.PromotedResultFactory(queries="decisions", document=document, reason=reason)
    page = search(client, "fr", q="decisions")
    assert "Depuis &lt;2003&gt;." in page
    section: Any = BeautifulSoup(page, "html.parser").select_one(".promoted")
    assert section.select_one("a")["lang"] == "en"
    assert section.select_one("a")["href"].startswith("/en/documents/")
    assert section.select_one("li > p[lang=fr]")
    assert "Chosen by the secretariat for these words" in search(client, "en", q="decisions")


def test_readers_get_the_version_in_their_language(client: Client, tree: Tree) -> None:
    version = version_of("All decisions")
    version_of("Toutes les décisions", "fr", document=version.document)
    factories.PromotedResultFactory(queries="decisions", document=version.document)
    page = factories.StandardPageFactory(parent=fresh(tree.homes["en"]), title="Help")
    factories.StandardPageFactory(parent=fresh(tree.homes["fr"]), title="Aide", translation_key=page.translation_key)
    factories.PromotedResultFactory(queries="decisions", document=None, page=page)
    assert promoted(client, "en", q="decisions") == ["All decisions", "Help"]
    assert promoted(client, "fr", q="decisions") == ["Toutes les décisions", "Aide"]
    assert promoted(client, "ru", q="decisions") == ["All decisions", "Help"]


def test_it_may_be_for_readers_of_one_language(client: Client) -> None:
    factories.PromotedResultFactory(queries="decisions", document=version_of("All").document, language="fr")
    assert promoted(client, "en", q="decisions") == []
    assert promoted(client, "fr", q="decisions") == ["All"]


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "shown"),
    [
        pytest.param(TODAY, TODAY, True, id="today"),
        pytest.param(TODAY + DAY, None, False, id="not yet"),
        pytest.param(None, TODAY - DAY, False, id="no longer"),
        pytest.param(TODAY - DAY, None, True, id="since yesterday"),
    ],
)
def test_it_is_shown_in_its_period(
    client: Client, starts_on: datetime.date | None, ends_on: datetime.date | None, shown: bool
) -> None:
    factories.PromotedResultFactory(
        queries="decisions", document=version_of("All").document, starts_on=starts_on, ends_on=ends_on
    )
    assert promoted(client, q="decisions") == (["All"] if shown else [])


def test_it_is_shown_only_to_those_who_may_see_it(client: Client, tree: Tree) -> None:
    secret = version_of("Secret", document=factories.OfficialDocumentFactory(access=Access.PARTICIPANTS))
    held = version_of("Held", state=LanguageVersion.State.HELD)
    later = version_of("Later", released_at=timezone.now() + DAY)
    closed = factories.StandardPageFactory(parent=fresh(tree.homes["en"]), title="Closed")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    draft = factories.StandardPageFactory(parent=fresh(tree.homes["en"]), title="Draft", live=False)
    for version in (secret, held, later):
        factories.PromotedResultFactory(queries="decisions", document=version.document)
    for page in (closed, draft):
        factories.PromotedResultFactory(queries="decisions", document=None, page=page)
    assert promoted(client, q="decisions") == []
    client.force_login(people.reader_of(secret.document.process))
    assert promoted(client, q="decisions") == ["Secret", "Closed"]


def test_it_stands_above_the_first_page_of_all_results_and_stays_among_them(client: Client) -> None:
    document = version_of("A decision").document
    feed()
    factories.PromotedResultFactory(queries="decision", document=document)
    page = search(client, q="decision")
    assert total(page) == 1
    assert len(BeautifulSoup(page, "html.parser").select(".results > li")) == 1
    assert promoted(client, q="decision", sort="newest") == ["A decision"]
    assert promoted(client, q="decision", page="2") == []
    assert promoted(client, q="decision", kind="report") == []
    assert promoted(client) == []


def test_it_is_shown_too_where_nothing_is_found_and_where_the_index_is_away(
    client: Client, index: Path, settings: Settings, tmp_path: Path
) -> None:
    document = version_of("All").document
    factories.PromotedResultFactory(queries="decisions", document=document)
    assert promoted(client, q="decisions") == ["All"]
    settings.SEARCH_INDEX_DIR = tmp_path / "nothing"
    assert promoted(client, q="decisions") == ["All"]


def test_three_are_shown_at_most_and_each_once(client: Client) -> None:
    documents = [version_of(f"No. {number}").document for number in range(5)]
    for document in [documents[0], *documents]:
        factories.PromotedResultFactory(queries="decisions", document=document)
    assert promoted(client, q="decisions") == ["No. 0", "No. 1", "No. 2"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_twelve_queries_at_most(
    client: Client, tree: Tree, django_assert_max_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    factories.SynonymGroupFactory(words="decision\nresolution")
    session = factories.SessionFactory()
    for number in range(count):
        document = factories.OfficialDocumentFactory(process=session.working_group.process, session=session)
        version = version_of(f"A decision {number}", document=document)
        factories.PromotedResultFactory(queries="decision", document=version.document)
    page = factories.StandardPageFactory(parent=fresh(tree.homes["en"]), title="Decisions")
    factories.PromotedResultFactory(queries="decision", document=None, page=page)
    feed()
    for _time in range(2):
        search(client, q="decision")
    with django_assert_max_num_queries(12):
        assert len(promoted(client, q="decision")) == min(count + 1, 3)


# The form


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        pytest.param({}, "document", "Choose a document or a page, one of the two.", id="nothing"),
        pytest.param({"queries": "title:x"}, "queries", "“title:x” cannot be used", id="field"),
        pytest.param(
            {"starts_on": "2020-02-01", "ends_on": "2020-01-01"}, "ends_on", "The last day is before", id="period"
        ),
    ],
)
def test_what_cannot_work_is_refused_in_plain_words(
    client: Client, changes: dict[str, str], field: str, said: str
) -> None:
    client.force_login(people.archive_officer())
    response = save_form(client, list_url(PromotedResult, "add"), **{"queries": "decisions", **changes})
    assert said in " ".join(errors_of(response)[field])


def test_an_officer_promotes_a_document(client: Client) -> None:
    document = version_of("All").document
    client.force_login(people.archive_officer())
    fields = {"queries": "decisions\n\nthe decisions", "document": document.pk, "reason_en": "All of them."}
    assert errors_of(save_form(client, list_url(PromotedResult, "add"), **fields)) == {}
    result = PromotedResult.objects.get()
    assert (result.lines, result.document) == (("decisions", "the decisions"), document)
    rows = client.get(list_url(PromotedResult), {"q": document.symbol}).content.decode()
    assert "All languages" in rows
    document.delete()
    assert not PromotedResult.objects.exists()
