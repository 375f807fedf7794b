"""What every test may ask for, and what a run needs from its machine.

Tests marked `shared`, `browser`, `libreoffice`, `elasticsearch` or `postgresql` need something beyond the environment.
Where that is missing they are left out, and the end of the run says so loudly; with REQUIRE_SHARED, REQUIRE_BROWSER,
REQUIRE_LIBREOFFICE, REQUIRE_ELASTICSEARCH or REQUIRE_POSTGRES set the run refuses to start instead.
"""

import io
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.utils import translation

from tests.elasticsearch import elasticsearch
from tests.machine import SHARED, missing

pytest_plugins = ["tests.chromium", "tests.migrated"]

STALE_SECONDS = 24 * 60 * 60

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
    config.hook.pytest_deselected(items=dropped)
    items[:] = [item for item in items if item not in dropped]
    for item in items:
        if isinstance(item, pytest.Function) and commits(item):
            # A test that commits ends by emptying every table, the root page and the roles included.
            item.fixturenames[:] = dict.fromkeys(["django_db_serialized_rollback", *item.fixturenames])
            # Where there is a marker, pytest-django asks that one alone whether to keep the data.
            if marker := item.get_closest_marker("django_db"):
                kept = pytest.mark.django_db(**{**marker.kwargs, "serialized_rollback": True})
                item.add_marker(kept, append=False)


def commits(item: pytest.Function) -> bool:
    """Whether a test works on the database without a transaction around it."""
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or not {"transactional_db", "live_server"}.isdisjoint(
        item.fixturenames
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly which tests were left out."""
    for marker, reason in missing().items():
        terminalreporter.write_sep("!", red=True, bold=True)
        terminalreporter.write_line(f"LEFT OUT: every test marked `{marker}`: {reason}.", red=True, bold=True)


def pytest_unconfigure() -> None:
    """Remove this process's own folder."""
    settings.TEST_FILES.cleanup()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared folder beside the checkout. Only for tests marked `shared`."""
    return SHARED


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
