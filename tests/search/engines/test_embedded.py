"""The embedded engine: the contract, and what only a folder can suffer."""

import json
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engines.base import EngineBusyError, EngineUnavailableError, Entry
from search.engines.embedded import EmbeddedEngine, generations
from tests.search.engines.contract import EngineContract
from tests.search.engines.contract.engines import NewEngine
from tests.search.engines.entries import LANGUAGES, archive, ask, entry, keys
from tests.search.engines.killed import kill_half_way


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the index lies."""
    return tmp_path / "search"


def built(folder: Path, lock_timeout: float = 10.0) -> EmbeddedEngine:
    """An engine with the small archive in it."""
    engine = EmbeddedEngine(folder, LANGUAGES, lock_timeout)
    engine.rebuild(archive())
    return engine


def generation(folder: Path) -> Path:
    """The generation in use."""
    current = generations.current_generation(folder)
    assert current is not None
    return current


class TestEmbeddedEngine(EngineContract):
    """The contract on the embedded engine."""

    @pytest.fixture(scope="class")
    @classmethod
    def new_engine(cls, tmp_path_factory: pytest.TempPathFactory) -> NewEngine:
        return lambda: EmbeddedEngine(tmp_path_factory.mktemp("index") / "search", LANGUAGES)


def test_another_process_finds_what_was_written_at_its_next_search(folder: Path) -> None:
    writer, reader = built(folder), EmbeddedEngine(folder, LANGUAGES)
    assert reader.search(ask("migrants")).total == 1

    writer.index([entry("new", "en", "Migrants at sea")])
    assert reader.search(ask("migrants")).total == 2

    writer.rebuild([entry("only", "en", "Migrants")])
    assert keys(reader.search(ask("migrants"))) == ["only"]


def test_a_rebuild_leaves_one_generation(folder: Path) -> None:
    engine = built(folder)
    engine.rebuild(archive())

    assert len(list(folder.glob("generation-*"))) == 1


def test_readers_never_fail_while_others_write_and_rebuild(folder: Path) -> None:
    writer = built(folder)
    done = threading.Event()
    totals: list[int] = []
    failures: list[Exception] = []

    def read() -> None:
        reader = EmbeddedEngine(folder, LANGUAGES)
        while not done.is_set():
            try:
                totals.append(reader.search(ask("migrants")).total)
            except EngineUnavailableError as error:
                failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(8):
        writer.index([entry(f"n{number}", "en", "Nothing")])
        writer.rebuild(archive())
    done.set()
    for reader in readers:
        reader.join()

    assert failures == []
    assert set(totals) == {1}


def test_a_second_writer_waits_for_the_first(folder: Path) -> None:
    first, second = built(folder), EmbeddedEngine(folder, LANGUAGES)
    thread = threading.Thread(target=second.index, args=[[entry("second", "en", "Second")]])

    with generations.writer_lock(folder, 1):
        thread.start()
        thread.join(0.3)
        assert thread.is_alive()
    thread.join()

    assert keys(first.search(ask("second"))) == ["second"]


def test_a_writer_that_waits_reads_its_entries_when_its_turn_comes(folder: Path) -> None:
    first, second = built(folder), EmbeddedEngine(folder, LANGUAGES)
    title = "Before"

    def entries() -> Iterator[Entry]:
        yield entry("fact", "en", title)

    with generations.writer_lock(folder, 1):
        thread = threading.Thread(target=second.index, args=[entries()])
        thread.start()
        time.sleep(0.2)
        title = "Afterwards"
    thread.join()

    assert first.search(ask("before")).total == 0
    assert keys(first.search(ask("afterwards"))) == ["fact"]


def test_a_folder_that_cannot_be_written_to_is_an_engine_out_of_reach(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    engine = EmbeddedEngine(tmp_path / "file" / "search", LANGUAGES)

    with pytest.raises(EngineUnavailableError, match="cannot be written to") as raised:
        engine.rebuild(archive())
    assert raised.value.state == "unreachable"


def test_a_writer_that_waits_in_vain_is_told_so_and_changes_nothing(folder: Path) -> None:
    engine = built(folder, lock_timeout=0.1)

    with generations.writer_lock(folder, 1):
        with pytest.raises(EngineBusyError):
            engine.index([entry("late", "en", "Late")])
        with pytest.raises(EngineBusyError):
            engine.rebuild([])
        assert engine.search(ask("migrants")).total == 1

    assert engine.search(ask("late")).total == 0
    assert engine.index([entry("late", "en", "Late")]).indexed == 1


def test_a_killed_rebuild_leaves_the_old_index_and_no_lock(folder: Path) -> None:
    engine = built(folder, lock_timeout=1)
    kill_half_way("embedded", str(folder))

    assert keys(engine.search(ask("migrants"))) == ["report"]
    assert engine.index([entry("after", "en", "Afterwards")]).indexed == 1
    engine.rebuild(archive())
    assert len(list(folder.glob("generation-*"))) == 1


@pytest.mark.parametrize("name", ["schema", "analysis", "tantivy", "languages"])
def test_an_index_of_another_version_asks_for_a_rebuild(folder: Path, name: str) -> None:
    built(folder)
    manifest = generation(folder) / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), name: "other"}))
    engine = EmbeddedEngine(folder, LANGUAGES)

    health = engine.health()
    assert (health.state, health.needs_rebuild) == ("outdated", True)
    with pytest.raises(EngineUnavailableError):
        engine.search(ask("migrants"))

    engine.rebuild(archive())
    assert engine.search(ask("migrants")).total == 1


def test_a_language_more_asks_for_a_rebuild(folder: Path) -> None:
    built(folder)

    assert EmbeddedEngine(folder, [*LANGUAGES, "pt"]).health().state == "outdated"


def truncate(folder: Path) -> None:
    """Cuts every file of the index in half."""
    for file in generation(folder).glob("*.*"):
        os.truncate(file, file.stat().st_size // 2)


def garble(folder: Path) -> None:
    """Overwrites the beginning and end of the term dictionaries."""
    for file in generation(folder).glob("*.term"):
        file.write_bytes(b"\xff" * file.stat().st_size)


def remove_stored_texts(folder: Path) -> None:
    """Takes the stored texts away."""
    for file in generation(folder).glob("*.store"):
        file.unlink()


def remove_generation(folder: Path) -> None:
    """Takes all of the index away but the pointer to it."""
    for file in generation(folder).iterdir():
        file.unlink()
    generation(folder).rmdir()


def remove_manifest(folder: Path) -> None:
    """Takes the manifest away."""
    (generation(folder) / "manifest.json").unlink()


def empty_manifest(folder: Path) -> None:
    """Leaves a manifest that is not JSON."""
    (generation(folder) / "manifest.json").write_text("")


@pytest.mark.parametrize(
    "damage", [truncate, garble, remove_stored_texts, remove_generation, remove_manifest, empty_manifest]
)
def test_a_damaged_index_asks_for_a_rebuild_and_is_mended_by_it(folder: Path, damage: object) -> None:
    built(folder)
    assert callable(damage)
    damage(folder)
    engine = EmbeddedEngine(folder, LANGUAGES)

    health = engine.health()
    assert (health.state, health.needs_rebuild) == ("damaged", True)
    with pytest.raises(EngineUnavailableError):
        engine.search(ask("migrants"))
    with pytest.raises(EngineUnavailableError):
        engine.index([entry("a", "en", "A")])

    engine.rebuild(archive())
    assert engine.health().state == "ready"
    assert engine.search(ask("migrants")).total == 1


@pytest.mark.parametrize("content", [b"", b"../../elsewhere", b"\xff\xfe", b"generation-gone"])
def test_a_wrong_pointer_asks_for_a_rebuild(folder: Path, content: bytes) -> None:
    built(folder)
    (folder / "current").write_bytes(content)
    engine = EmbeddedEngine(folder, LANGUAGES)

    assert engine.health().needs_rebuild
    engine.rebuild(archive())
    assert engine.search(ask("migrants")).total == 1
