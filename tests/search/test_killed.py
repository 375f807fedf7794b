"""Processes that are killed while they write the index, and what is left: after a restart index and database agree.

The processes are real, a worker as in production or the command that rebuilds, on the test's own database.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from pytest_django import Settings

from documents.models import LanguageVersion, OfficialDocument
from search import engines
from search.checking import check
from search.engines import get_engine
from search.engines.base import Engine
from search.engines.elasticsearch import ElasticsearchEngine
from search.models import ChangeToRepeat, IndexChange, Rebuild
from search.outbox import feed, note_versions
from search.rebuilding import rebuild, state
from tests import factories
from tests.elasticsearch import Node, what_a_start_lacks
from tests.search.prefixes import own_prefix

pytestmark = pytest.mark.django_db(transaction=True)

CHANGES = 10_000
PATIENCE = 900  # seconds, many times what anything here takes
LEASE = 2  # seconds, so that no test waits half a minute for the lock of a killed writer

PROCESS = """
import sys
from functools import cache
import django
from django.conf import settings

settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.SEARCH_INDEX_DIR, settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_PREFIX = sys.argv[2:5]
settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
django.setup()

from django.core.management import call_command
from search import engines
from search.engines.elasticsearch import ElasticsearchEngine

engines._elasticsearch = cache(lambda *where: ElasticsearchEngine(*where, lease=float(sys.argv[5])))
call_command(*sys.argv[6:])
"""
WORKER = ("db_worker", "--queue-name=*", "--interval=0.2", "--no-reload", "--no-startup-delay", "--verbosity=0")
REBUILD = ("rebuild_search_index",)


@cache
def impatient(url: str, prefix: str, languages: tuple[str, ...]) -> Engine:
    """The engine on Elasticsearch, which takes the lock of a killed writer over soon."""
    return ElasticsearchEngine(url, prefix, languages, lease=LEASE)


@pytest.fixture(autouse=True)
def _as_in_production(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tasks wait for a worker."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    monkeypatch.setattr(engines, "_elasticsearch", impatient)


@contextmanager
def running(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    """A management command in a process of its own, on this test's database and index; killed in the end."""
    where = (
        connection.settings_dict["NAME"],
        django_settings.SEARCH_INDEX_DIR,
        django_settings.ELASTICSEARCH_URL,
        django_settings.ELASTICSEARCH_PREFIX,
        LEASE,
    )
    process = subprocess.Popen(
        [sys.executable, "-c", PROCESS, *map(str, where), *command],
        cwd=django_settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.test"},
        stdout=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def wait_until(condition: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    """Waits for something that a process brings about."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert process.poll() is None, "it ended by itself"
        assert time.monotonic() < deadline
        time.sleep(0.02)


def left_at_most(number: int) -> Callable[[], bool]:
    return lambda: IndexChange.objects.count() <= number


def rebuilt_beyond(number: int) -> Callable[[], bool]:
    return lambda: Rebuild.objects.filter(done__gt=number).exists()


def at_any_moment() -> None:
    """Wherever in its work a process is by then."""
    time.sleep(random.uniform(0, 0.4))


def plant() -> list[LanguageVersion]:
    """Half as many documents as changes, each with two versions; nothing is noted."""
    process = factories.ProcessFactory()
    symbols = [f"KILLED/{number}" for number in range(CHANGES // 2)]
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
    versions = plant()
    note_versions(version.pk for version in versions)
    for share in (0.9, 0.5, 0.1):
        with running(*WORKER) as worker:
            wait_until(left_at_most(int(CHANGES * share)), worker)
            at_any_moment()
        change_some(versions)
    with running(*WORKER) as worker:
        wait_until(left_at_most(0), worker)
    assert agree()


@pytest.mark.usefixtures("engine")
def test_a_rebuild_killed_again_and_again_loses_no_change() -> None:
    versions = plant()
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
        versions = plant()
        note_versions(version.pk for version in versions)
        with running(*WORKER) as worker:
            wait_until(left_at_most(int(CHANGES * 0.4)), worker)
            at_any_moment()
            node.kill()
            change_some(versions)
            node.start()
            wait_until(left_at_most(0), worker)
        assert agree()
    finally:
        node.stop()
