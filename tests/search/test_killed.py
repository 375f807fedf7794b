"""Processes that are killed while they write the index, and what is left: after a restart index and database agree.

The processes are real, a worker as in production or the command that rebuilds, on the test's own database.
"""

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from documents.models import LanguageVersion, OfficialDocument
from search import engines
from search.checking import check
from search.engines import get_engine
from search.models import ChangeToRepeat, IndexChange, Rebuild
from search.outbox import feed, note_versions
from search.rebuilding import rebuild, state
from tests import factories
from tests.elasticsearch import Node, what_a_start_lacks
from tests.search.prefixes import own_prefix
from tests.search.processes import WORKER, impatient, running, wait_until

pytestmark = pytest.mark.django_db(transaction=True)

CHANGES = 10_000
# Each a write of its own, the changes that a worker feeds are what takes long. As many as must come through all are fed
# on PostgreSQL; on SQLite twenty batches of the outbox. A rebuild is of 10,000 on both: less would be a single batch.
FED_ON_SQLITE = 2_000
REBUILD = ("rebuild_search_index",)


@pytest.fixture(autouse=True)
def _as_in_production(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tasks wait for a worker."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    monkeypatch.setattr(engines, "_elasticsearch", impatient)


def left_at_most(number: int) -> Callable[[], bool]:
    return lambda: IndexChange.objects.count() <= number


def rebuilt_beyond(number: int) -> Callable[[], bool]:
    return lambda: Rebuild.objects.filter(done__gt=number).exists()


def at_any_moment() -> None:
    """Wherever in its work a process is by then."""
    time.sleep(random.uniform(0, 0.4))


def to_feed() -> int:
    """How many changes wait for a worker that is to be killed."""
    return CHANGES if connection.vendor == "postgresql" else FED_ON_SQLITE


def plant(changes: int) -> list[LanguageVersion]:
    """Half as many documents as changes, each with two versions; nothing is noted."""
    process = factories.ProcessFactory()
    symbols = [f"KILLED/{number}" for number in range(changes // 2)]
    documents = OfficialDocument.objects.bulk_create(
        [OfficialDocument(symbol=symbol, symbol_key=symbol, process=process, kind="report") for symbol in symbols],
        batch_size=1_000,
    )
    return LanguageVersion.objects.bulk_create(
        [
            LanguageVersion(document=document, language=language, title=f"Zebra {document.pk}", state="released")
            for document in documents
            for language in ("en", "ru")
        ],
        batch_size=1_000,
    )


def change_some(versions: list[LanguageVersion]) -> None:
    """Withdraws, renames and deletes some, whether they are indexed by now or not, and adds one."""
    chosen = random.sample(versions, 60)
    for version in chosen[:20]:
        version.state = LanguageVersion.State.WITHDRAWN
        version.save()
    for version in chosen[20:40]:
        version.title = "Giraffe"
        version.save()
    for version in chosen[40:]:
        versions.remove(version)
        version.delete()
    versions.append(factories.LanguageVersionFactory(title="New"))


def agree() -> bool:
    """Whether nothing waits, and the index holds what the database says."""
    differences = check()
    assert differences.ids == ()
    assert (IndexChange.objects.count(), ChangeToRepeat.objects.count()) == (0, 0)
    return differences.compared > 0


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def engine(request: pytest.FixtureRequest, settings: Settings) -> Iterator[None]:
    """An empty index; the test runs once with each engine."""
    if request.param == "embedded":
        get_engine().rebuild([])
        yield
        return
    settings.ELASTICSEARCH_URL = request.getfixturevalue("elasticsearch_url")
    with own_prefix(settings.ELASTICSEARCH_URL) as prefix:
        settings.ELASTICSEARCH_PREFIX = prefix
        get_engine().rebuild([])
        yield


@pytest.mark.usefixtures("engine")
def test_a_worker_killed_again_and_again_leaves_nothing_out() -> None:
    versions = plant(to_feed())
    note_versions(version.pk for version in versions)
    for share in (0.9, 0.5, 0.1):
        with running(*WORKER) as worker:
            wait_until(left_at_most(int(to_feed() * share)), worker)
            at_any_moment()
        change_some(versions)
    with running(*WORKER) as worker:
        wait_until(left_at_most(0), worker)
    assert agree()


@pytest.mark.usefixtures("engine")
def test_a_rebuild_killed_again_and_again_loses_no_change() -> None:
    versions = plant(CHANGES)
    for share in (0.1, 0.6):
        with running(*REBUILD) as command:
            wait_until(rebuilt_beyond(int(CHANGES * share)), command)
            at_any_moment()
        change_some(versions)
        assert feed().trouble == ""
    rebuild()
    feed()
    assert state() is None
    assert agree()


@pytest.mark.elasticsearch
def test_a_server_killed_while_it_is_fed_is_fed_the_rest_when_it_is_back(tmp_path: Path, settings: Settings) -> None:
    if reason := what_a_start_lacks():
        pytest.skip(reason)
    node = Node(tmp_path / "node")
    node.start()
    try:
        settings.ELASTICSEARCH_URL = node.address
        get_engine().rebuild([])
        versions = plant(to_feed())
        note_versions(version.pk for version in versions)
        with running(*WORKER) as worker:
            wait_until(left_at_most(int(to_feed() * 0.4)), worker)
            at_any_moment()
            node.kill()
            change_some(versions)
            node.start()
            wait_until(left_at_most(0), worker)
        assert agree()
    finally:
        node.stop()
