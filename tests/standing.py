"""Sites that many tests begin with, planted once in each test process instead of once for each test.

What is planted lies in a transaction of its own under those of the tests, and every test gets a copy of the objects.
Tests that begin with the same run one after another, those with less first, so that hardly anything is planted twice;
it goes before a test that begins with less. A test that commits finds nothing standing and plants for itself.
"""

import copy
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import storages
from django.db import transaction
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

from tests.plants import COPIES, Plant, chain_of, commits

GROUND = pytest.StashKey["Ground"]()


@dataclass
class Standing:
    """A plant that stands: what it gave, what takes it away, and the files it wrote with their times."""

    plant: Plant
    given: Any
    undo: ExitStack
    files: dict[Path, int]

    def intact(self) -> bool:
        """Whether its files are as they were; transactions keep only the rows."""
        return all(path.exists() and path.stat().st_mtime_ns == time for path, time in self.files.items())


class Ground:
    """What stands now, the lowest first."""

    def __init__(self, blocker: DjangoDbBlocker) -> None:
        self._blocker = blocker
        self._standing: list[Standing] = []

    def clear(self, chain: tuple[Plant, ...]) -> None:
        """Take away what is not the beginning of a chain, and what lost a file."""
        kept = 0
        for standing, plant in zip(self._standing, chain, strict=False):
            if standing.plant is not plant or not standing.intact():
                break
            kept += 1
        with self._blocker.unblock():
            while len(self._standing) > kept:
                transaction.set_rollback(True)
                self._standing.pop().undo.close()

    def plant(self, chain: tuple[Plant, ...]) -> None:
        """Plant what of a chain does not stand yet."""
        for plant in chain[len(self._standing) :]:
            cache.clear()
            before = _files()
            with self._blocker.unblock(), translation.override(settings.LANGUAGE_CODE), ExitStack() as undo:
                undo.enter_context(transaction.atomic())
                given = plant.make(*(standing.given for standing in self._standing))
                written = {path: time for path, time in _files().items() if path not in before}
                self._standing.append(Standing(plant, given, undo.pop_all(), written))

    def copies(self) -> dict[str, Any]:
        """Copies of all that the plants gave, by their names; objects that they share are shared by the copies."""
        return copy.deepcopy({standing.plant.name: standing.given for standing in self._standing})


def _files() -> dict[Path, int]:
    """The times of all files in the storages that plants write to."""
    folders = {Path(storages[name].path("")) for name in ("default", "documents")}
    return {path: path.stat().st_mtime_ns for folder in folders for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="session")
def _ground(django_db_setup: None, django_db_blocker: DjangoDbBlocker, pytestconfig: pytest.Config) -> Iterator[Ground]:
    """The ground of this test process, bare again before the database goes."""
    ground = pytestconfig.stash[GROUND] = Ground(django_db_blocker)
    yield ground
    ground.clear(())
    del pytestconfig.stash[GROUND]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Bring tests together that begin with the same, after those that begin with nothing."""
    chains = {item: tuple(plant.name for plant in chain_of(item)) for item in items}
    first = [item for item in items if item.get_closest_marker("django_db") or chains[item]]
    first = [item for item in first if not commits(item)]
    rest = set(items) - set(first)
    items[:] = [*sorted(first, key=chains.__getitem__), *(item for item in items if item in rest)]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Take away what a test does not begin with, before anything is set up for it."""
    if ground := item.config.stash.get(GROUND, None):
        ground.clear(chain_of(item))


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(request: pytest.FixtureRequest) -> None:
    """Plant what a test begins with before the first fixture of its own, which may begin its transaction."""
    if request.scope == "function" and COPIES not in request.node.stash and (chain := chain_of(request.node)):
        ground: Ground = request.getfixturevalue("_ground")
        ground.plant(chain)
        request.node.stash[COPIES] = ground.copies()
