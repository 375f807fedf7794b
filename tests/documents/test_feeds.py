"""Feeds of new documents: what is public, newest first, in the language of the address."""

from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from cms.core.visibility import Access
from documents.feeds import FEED_LENGTH
from documents.models import LanguageVersion
from tests import factories
from tests.tree import plant

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
State = LanguageVersion.State


@pytest.fixture(autouse=True)
def site() -> None:
    """A site in English and Russian."""
    plant(("en", "ru"))


def entries(client: Client, language: str = "en") -> list[ElementTree.Element]:
    """The entries of the Atom feed."""
    response = client.get(f"/{language}/documents/feed/atom/")
    assert response["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content).findall(f"{ATOM}entry")


def titles(client: Client, language: str = "en") -> list[str | None]:
    return [entry.findtext(f"{ATOM}title") for entry in entries(client, language)]


HOUR_AGO = timezone.now() - timedelta(hours=1)


def release(title: str, symbol: str | None, moment: datetime | None = HOUR_AGO, **facts: object) -> LanguageVersion:
    """A released version, with the moment of its release."""
    document_facts = {name: facts.pop(name) for name in ("access", "date") if name in facts}
    document = factories.OfficialDocumentFactory(symbol=symbol, **document_facts)
    version: LanguageVersion = factories.LanguageVersionFactory(
        document=document, title=title, released_at=moment, **facts
    )
    return version


def test_newest_release_first_with_symbol_and_address(client: Client) -> None:
    now = timezone.now()
    release("Older", "A/1", now - timedelta(days=2))
    release("Newer & <better>", "A/2 (2025)", now - timedelta(days=1))
    assert titles(client) == ["A/2 (2025) – Newer & <better>", "A/1 – Older"]
    link = entries(client)[0].find(f"{ATOM}link")
    assert link is not None
    assert str(link.get("href")).endswith("/en/documents/A/2_(2025)/")


def test_an_older_archive_is_not_new(client: Client) -> None:
    release("Brought in with no moment of release", "A/1", None, date=date(2020, 7, 1))
    assert titles(client) == []


def test_a_document_without_symbol_goes_by_its_title(client: Client) -> None:
    release("Letter from the Chair", None)
    assert titles(client) == ["Letter from the Chair"]


def test_an_entry_keeps_its_name_and_moment(client: Client) -> None:
    version = release("Report", "A/1", datetime(2026, 3, 1, 9, tzinfo=UTC))
    entry = entries(client)[0]
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{version.uid}"
    assert entry.findtext(f"{ATOM}updated") == "2026-03-01T09:00:00+00:00"


def test_only_what_the_public_may_read(client: Client, admin_client: Client) -> None:
    release("Public", "A/1")
    release("Restricted", "A/2", access=Access.PARTICIPANTS)
    release("Embargoed", "A/3", timezone.now() + timedelta(minutes=1))
    for number, state in enumerate((State.HELD, State.AWAITED, State.WITHDRAWN)):
        release(state, f"B/{number}", state=state)
    assert titles(client) == ["A/1 – Public"]
    # A feed is kept by readers and proxies: it is the same whoever asks.
    assert titles(admin_client) == ["A/1 – Public"]


def test_the_language_of_the_address(client: Client) -> None:
    release("English", "A/1")
    release("Русский", "A/2", language="ru")
    assert titles(client, "ru") == ["A/2 – Русский"]
    feed = ElementTree.fromstring(client.get("/ru/documents/feed/atom/").content)
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "ru"


def test_rss_has_the_same(client: Client) -> None:
    release("Report", "A/1")
    response = client.get("/en/documents/feed/rss/")
    assert response["Content-Type"].startswith("application/rss+xml")
    assert ElementTree.fromstring(response.content).findtext("channel/item/title") == "A/1 – Report"


def test_a_feed_is_bounded_in_length_and_queries(client: Client, django_assert_max_num_queries: object) -> None:
    for number in range(FEED_LENGTH + 5):
        release(f"Report {number}", f"A/{number}")
    with django_assert_max_num_queries(4):  # type: ignore[operator]  # pytest-django's fixture is a function
        assert len(entries(client)) == FEED_LENGTH


def test_an_empty_feed_is_a_feed(client: Client) -> None:
    assert entries(client) == []
