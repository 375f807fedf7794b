"""The engines of the contract's tests, and what they are filled with."""

from collections.abc import Callable

import pytest

from search.engines.base import Engine, Entry
from search.engines.batches import sift
from search.engines.grouping import entry_fingerprint
from tests.search.engines.entries import LANGUAGES, archive, embargoed

NewEngine = Callable[[], Engine]


def filled(engine: Engine) -> Engine:
    """The engine with the small archive in it."""
    engine.rebuild([*archive(), embargoed()])
    return engine


def fingerprints(*entries: Entry) -> dict[str, str]:
    """What an engine holds of these entries."""
    return {entry.id: entry_fingerprint(entry) for entry in sift(entries, LANGUAGES)[0]}


class Shared:
    """The engines that tests ask and write to."""

    @pytest.fixture(autouse=True)
    def _batches_that_a_test_can_fill(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A rebuild of some hundred entries takes several batches."""
        monkeypatch.setattr("search.engines.batches.REBUILD_BATCH", 500)

    @pytest.fixture(scope="class")
    @classmethod
    def engine(cls, new_engine: NewEngine) -> Engine:
        """An engine with the small archive in it, shared by the tests that only ask it."""
        return filled(new_engine())

    @pytest.fixture
    def own_engine(self, new_engine: NewEngine) -> Engine:
        """An engine with the small archive in it, for a test that writes to it."""
        return filled(new_engine())

    @pytest.fixture
    def empty_engine(self, new_engine: NewEngine) -> Engine:
        """An engine whose index was never built."""
        return new_engine()
