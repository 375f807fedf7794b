"""The engine on Elasticsearch: the contract, and what only a server can suffer."""

import threading
import time
from collections.abc import Iterator
from itertools import count

import pytest
from elasticsearch import Elasticsearch

from search.engines.base import EngineBusyError, EngineUnavailableError, Entry
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.lock import writer_lock
from tests.search.engines.contract import EngineContract
from tests.search.engines.contract.engines import NewEngine
from tests.search.engines.entries import LANGUAGES, archive, ask, entry, keys
from tests.search.engines.killed import kill_half_way
from tests.search.prefixes import own_prefix

pytestmark = pytest.mark.elasticsearch


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


def test_prefixes_that_contain_each_other_do_not_meet(elasticsearch_url: str, prefix: str) -> None:
    inner = ElasticsearchEngine(elasticsearch_url, f"{prefix}_archive_b", LANGUAGES)
    inner.rebuild([entry("inner", "en", "Migrants")])
    outer = ElasticsearchEngine(elasticsearch_url, prefix, LANGUAGES)
    assert outer.health().state == "missing"

    outer.rebuild(archive())
    assert keys(inner.search(ask("migrants"))) == ["inner"]
    assert keys(outer.search(ask("migrants"))) == ["report"]


def test_many_documents_go_in_a_part_after_the_other(built: ElasticsearchEngine) -> None:
    many = [entry(f"many-{number}", "en", f"Migrants {number}") for number in range(350)]

    assert built.index(many).indexed == len(many)
    assert built.search(ask("migrants")).total == len(many) + 1
    built.index([], [one.id for one in many])
    assert keys(built.search(ask("migrants"))) == ["report"]


@pytest.mark.parametrize("count", [1, 350], ids=["one", "many"])
def test_what_the_server_refuses_is_said(
    built: ElasticsearchEngine, elasticsearch_url: str, prefix: str, count: int
) -> None:
    (index,) = indices(elasticsearch_url, prefix)
    Elasticsearch(elasticsearch_url).indices.put_settings(index=index, settings={"index.blocks.write": True})

    with pytest.raises(EngineUnavailableError) as raised:
        built.index([entry(f"new-{number}", "en", "Migrants at sea") for number in range(count)])
    assert raised.value.state == "damaged"
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
    kill_half_way("elasticsearch", elasticsearch_url, prefix)

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
