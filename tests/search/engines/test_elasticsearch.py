"""The engine on Elasticsearch: the contract, and what only a server can suffer."""

import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import pytest
from elasticsearch import Elasticsearch

from search.engines.base import EngineBusyError, EngineUnavailableError, Entry
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.lock import writer_lock
from tests.search.engines.contract import EngineContract, NewEngine
from tests.search.engines.entries import LANGUAGES, archive, ask, entry, keys

pytestmark = pytest.mark.elasticsearch

WRITER = """
import sys, time
from search.engines.elasticsearch import ElasticsearchEngine
from tests.search.engines.entries import entry

def entries():
    for number in range(700):
        yield entry(f"d{number}", "en", "Fresh")
    print("half way", flush=True)
    time.sleep(60)

ElasticsearchEngine(sys.argv[1], sys.argv[2], sys.argv[3].split(","), lease=1).rebuild(entries())
"""


@contextmanager
def own_prefix(url: str) -> Iterator[str]:
    """What the names of some indexes begin with; they are removed afterwards."""
    prefix = f"test-{uuid.uuid4().hex[:12]}"
    yield prefix
    client = Elasticsearch(url)
    for name in client.indices.get(index=f"{prefix}*", expand_wildcards="all"):
        client.indices.delete(index=name)


@pytest.fixture
def prefix(elasticsearch_url: str) -> Iterator[str]:
    """What the names of this test's indexes begin with."""
    with own_prefix(elasticsearch_url) as prefix:
        yield prefix


class TestElasticsearchEngine(EngineContract):
    """The contract on Elasticsearch."""

    @pytest.fixture(scope="class")
    @classmethod
    def new_engine(cls, elasticsearch_url: str) -> Iterator[NewEngine]:
        with own_prefix(elasticsearch_url) as prefix:
            numbers = count()
            yield lambda: ElasticsearchEngine(elasticsearch_url, f"{prefix}-{next(numbers)}", LANGUAGES)


@pytest.fixture
def built(elasticsearch_url: str, prefix: str) -> ElasticsearchEngine:
    """An engine with the small archive in it, which waits briefly for others."""
    engine = ElasticsearchEngine(elasticsearch_url, prefix, LANGUAGES, lock_timeout=5, lease=1)
    engine.rebuild(archive())
    return engine


def indices(url: str, prefix: str) -> list[str]:
    """The indexes of an archive, without that of the lock."""
    found = Elasticsearch(url).indices.get(index=f"{prefix}_archive_*", expand_wildcards="all")
    return [name for name in found if not name.endswith("_lock")]


def test_another_process_finds_what_was_written_at_its_next_search(
    built: ElasticsearchEngine, elasticsearch_url: str, prefix: str
) -> None:
    reader = ElasticsearchEngine(elasticsearch_url, prefix, LANGUAGES)

    built.index([entry("new", "en", "Migrants at sea")])
    assert reader.search(ask("migrants")).total == 2
    built.rebuild([entry("only", "en", "Migrants")])
    assert keys(reader.search(ask("migrants"))) == ["only"]
    assert len(indices(elasticsearch_url, prefix)) == 1


def test_two_sites_on_one_server_do_not_meet(built: ElasticsearchEngine, elasticsearch_url: str, prefix: str) -> None:
    other = ElasticsearchEngine(elasticsearch_url, f"{prefix}2", LANGUAGES)
    assert other.health().state == "missing"

    other.rebuild([entry("other", "en", "Migrants")])
    assert keys(other.search(ask("migrants"))) == ["other"]
    assert keys(built.search(ask("migrants"))) == ["report"]


def test_a_second_writer_waits_for_the_first_and_reads_its_entries_then(
    built: ElasticsearchEngine, elasticsearch_url: str, prefix: str
) -> None:
    second = ElasticsearchEngine(elasticsearch_url, prefix, LANGUAGES, lock_timeout=30)
    title = "Before"

    def entries() -> Iterator[Entry]:
        yield entry("fact", "en", title)

    with writer_lock(Elasticsearch(elasticsearch_url), f"{prefix}_archive_lock", 5, 30):
        thread = threading.Thread(target=second.index, args=[entries()])
        thread.start()
        time.sleep(0.3)
        title = "Afterwards"
    thread.join()

    assert built.search(ask("before")).total == 0
    assert keys(built.search(ask("afterwards"))) == ["fact"]


def test_a_writer_that_waits_in_vain_is_told_so_and_changes_nothing(
    built: ElasticsearchEngine, elasticsearch_url: str, prefix: str
) -> None:
    engine = ElasticsearchEngine(elasticsearch_url, prefix, LANGUAGES, lock_timeout=0.1)

    with writer_lock(Elasticsearch(elasticsearch_url), f"{prefix}_archive_lock", 5, 30):
        with pytest.raises(EngineBusyError):
            engine.index([entry("late", "en", "Late")])
        with pytest.raises(EngineBusyError):
            engine.rebuild([])
        assert engine.search(ask("migrants")).total == 1

    assert engine.search(ask("late")).total == 0
    assert engine.index([entry("late", "en", "Late")]).indexed == 1


def test_a_killed_rebuild_leaves_the_old_index_and_its_lock_is_taken_over(
    built: ElasticsearchEngine, elasticsearch_url: str, prefix: str
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, elasticsearch_url, prefix, ",".join(LANGUAGES)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "half way\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()

    assert keys(built.search(ask("migrants"))) == ["report"]
    assert built.index([entry("after", "en", "Afterwards")]).indexed == 1
    built.rebuild(archive())
    assert len(indices(elasticsearch_url, prefix)) == 1


def test_an_index_of_another_version_asks_for_a_rebuild(
    built: ElasticsearchEngine, elasticsearch_url: str, prefix: str
) -> None:
    engine = ElasticsearchEngine(elasticsearch_url, prefix, [*LANGUAGES, "pt"], lease=1)

    health = engine.health()
    assert (health.state, health.needs_rebuild) == ("outdated", True)
    with pytest.raises(EngineUnavailableError) as raised:
        engine.search(ask("migrants"))
    assert raised.value.state == "outdated"

    engine.rebuild(archive())
    assert engine.search(ask("migrants")).total == 1


def test_a_server_that_is_away_is_said_and_nothing_hangs() -> None:
    engine = ElasticsearchEngine("http://127.0.0.1:9", "away", LANGUAGES)

    assert engine.health().state == "unreachable"
    assert not engine.health().needs_rebuild
    for call in (
        lambda: engine.search(ask("migrants")),
        lambda: engine.index([entry("a", "en", "A")]),
        lambda: engine.rebuild([]),
    ):
        with pytest.raises(EngineUnavailableError, match="does not answer") as raised:
            call()
        assert raised.value.state == "unreachable"
