"""What every test may ask for, and what a run needs from its machine.

Tests marked `shared`, `browser`, `libreoffice`, `elasticsearch` or `postgresql` need something beyond the environment.
Where that is missing they are left out, and the end of the run says so loudly; with REQUIRE_SHARED, REQUIRE_BROWSER,
REQUIRE_LIBREOFFICE, REQUIRE_ELASTICSEARCH or REQUIRE_POSTGRES set the run refuses to start instead.

On PostgreSQL only those tests run that ask for a database: no other can reach one, so that it would prove there what it
proves on SQLite. The end of such a run says how many it left to that.
"""

import gc
import io
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.utils import translation

from tests.elasticsearch import elasticsearch
from tests.machine import SHARED, missing
from tests.plants import FOREIGN, TREE, WORLD, commits

pytest_plugins = ["tests.chromium", "tests.migrated", "tests.standing"]

STALE_SECONDS = 24 * 60 * 60

# How many new objects, and passes over the younger ones, there must be before the garbage collector passes.
GARBAGE = (10_000, 20, 20)

# Whatever works on the database asks for one of these, itself or through another fixture: pytest-django refuses every
# other test a connection, and `database_address` is the only way to the address for tests that start processes.
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup", "database_address"}
LEFT_TO_SQLITE = pytest.StashKey[int]()

# An example may take long on a machine that is busy: how long says nothing about what it shows.
hypothesis.settings.register_profile("patient", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("patient")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to start when something is missing that this run was told to require."""
    if config.option.collectonly:
        return
    required = {marker: reason for marker, reason in missing().items() if os.environ.get(f"REQUIRE_{marker.upper()}")}
    if required:
        lines = [f"REQUIRE_{marker.upper()} is set, but {reason}." for marker, reason in required.items()]
        raise pytest.UsageError("\n".join(lines))


def pytest_sessionstart(session: pytest.Session) -> None:
    """Remove what runs left behind that were killed, for no run takes a day, and compile the catalogues.

    A clean checkout has none compiled, and a language keeps what it found when it was first asked for.
    """
    if hasattr(session.config, "workerinput"):
        return
    call_command("compile_catalogues", stdout=io.StringIO())
    for folder in Path(tempfile.gettempdir()).glob("plenary-test-*"):
        try:
            stale = folder.stat().st_mtime < time.time() - STALE_SECONDS
        except OSError:  # it has just gone
            continue
        if stale:
            shutil.rmtree(folder, ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that cannot run here, and give those that commit the data of the migrations back."""
    left_out = set(missing())
    database = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
    left_out |= {"postgresql", "sqlite"} - {"sqlite" if database == "sqlite3" else database}
    dropped = [item for item in items if any(item.get_closest_marker(marker) for marker in left_out)]
    if database == "postgresql":
        left_to_sqlite = [item for item in items if not works_on_database(item) and item not in dropped]
        dropped += left_to_sqlite
        config.stash[LEFT_TO_SQLITE] = len(left_to_sqlite)
        if hasattr(config, "workeroutput"):
            config.workeroutput["left_to_sqlite"] = len(left_to_sqlite)
    config.hook.pytest_deselected(items=dropped)
    unwanted = set(dropped)
    items[:] = [item for item in items if item not in unwanted]
    for item in items:
        if isinstance(item, pytest.Function) and commits(item):
            # A test that commits ends by emptying every table, the root page and the roles included.
            item.fixturenames[:] = dict.fromkeys(["django_db_serialized_rollback", *item.fixturenames])
            # Where there is a marker, pytest-django asks that one alone whether to keep the data.
            if marker := item.get_closest_marker("django_db"):
                kept = pytest.mark.django_db(**{**marker.kwargs, "serialized_rollback": True})
                item.add_marker(kept, append=False)


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over what lasts to the end of the run: modules, models, templates, tests.

    There are 430,000 such objects: looking through them again and again took a fifth of a test's processor time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE)


def works_on_database(item: pytest.Item) -> bool:
    """Whether a test asks for a database, or is about PostgreSQL."""
    asks = any(item.get_closest_marker(marker) for marker in ("django_db", "postgresql"))
    return asks or not DATABASE_FIXTURES.isdisjoint(getattr(item, "fixturenames", DATABASE_FIXTURES))


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest) -> None:
    """Fail a test that asks for the database only while it runs: on PostgreSQL nobody would know of it beforehand."""
    if fixturedef.argname in DATABASE_FIXTURES and isinstance(request.node, pytest.Item):
        assert works_on_database(request.node), f"{request.node.nodeid} must name {fixturedef.argname} as a fixture"


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over from a process of pytest-xdist how many tests it left to the run on SQLite: all leave the same."""
    if "left_to_sqlite" in getattr(node, "workeroutput", {}):
        node.config.stash[LEFT_TO_SQLITE] = node.workeroutput["left_to_sqlite"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly which tests were left out."""
    for marker, reason in missing().items():
        terminalreporter.write_sep("!", red=True, bold=True)
        terminalreporter.write_line(f"LEFT OUT: every test marked `{marker}`: {reason}.", red=True, bold=True)
    if number := terminalreporter.config.stash.get(LEFT_TO_SQLITE, 0):
        terminalreporter.write_sep("!", bold=True)
        terminalreporter.write_line(
            f"LEFT TO THE RUN ON SQLITE: {number} tests that ask for no database (`make test` runs both).", bold=True
        )


def pytest_unconfigure() -> None:
    """Remove this process's own folder."""
    settings.TEST_FILES.cleanup()


# What most tests begin with.
tree, world, foreign = TREE.fixture, WORLD.fixture, FOREIGN.fixture


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared folder beside the checkout. Only for tests marked `shared`."""
    return SHARED


@pytest.fixture(scope="session")
def database_address() -> str | None:
    """The address of the run's PostgreSQL server, for processes that a test starts; None on SQLite."""
    return os.environ.get("DATABASE_URL")


@pytest.fixture(scope="session")
def elasticsearch_url() -> Iterator[str]:
    """The address of a real Elasticsearch. Only for tests marked `elasticsearch`, each with a prefix of its own."""
    with elasticsearch() as address:
        yield address


@pytest.fixture(autouse=True)
def _nothing_left_over() -> Iterator[None]:
    """Give every test an empty cache and the default language, whatever the one before it did.

    Emptied afterwards too: what a module shares is made before its first test's own fixtures.
    """
    cache.clear()
    with translation.override(settings.LANGUAGE_CODE):
        yield
    cache.clear()
