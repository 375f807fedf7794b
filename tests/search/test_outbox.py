"""The outbox: nothing is lost, nothing is done twice for nothing, and no trouble of search reaches an editor."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from documents.models import LanguageVersion
from search.engines import get_engine
from search.engines.base import Entry, IndexReport
from search.health import search_state
from search.models import IndexChange
from search.outbox import Fed, feed, note_versions
from search.task_states import is_due
from search.tasks import feed_index
from tests import factories
from tests.search.answers import titles

# Feeds, and stops where the test kills it: while the entries are read, or when the engine has them already.
FEEDER = """
import sys, time
import django
from django.conf import settings

settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.SEARCH_INDEX_DIR = sys.argv[2]
django.setup()

from search import outbox

def stop():
    print("stopped", flush=True)
    time.sleep(60)

class Engine:
    def index(self, entries, replacing):
        report = engine.index(entries if sys.argv[3] == "taken" else halves(entries), replacing)
        stop()
        return report

def halves(entries):
    yield next(entries)
    stop()

engine = outbox.get_engine()
outbox.get_engine = Engine
outbox.feed()
"""


@pytest.fixture
def tasks_in_the_database(settings: Settings) -> None:
    """Tasks wait for a worker, as they do outside tests."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


def waiting_feeds() -> int:
    return DBTaskResult.objects.filter(task_path=feed_index.module_path, status="READY").count()


@pytest.mark.django_db
@pytest.mark.usefixtures("index", "tasks_in_the_database")
def test_a_transaction_asks_for_one_feed_however_much_it_changes(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for _number in range(20):
            factories.LanguageVersionFactory()
    assert waiting_feeds() == 1

    with django_capture_on_commit_callbacks(execute=True):
        factories.LanguageVersionFactory()
    assert waiting_feeds() == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("index", "tasks_in_the_database")
def test_what_is_rolled_back_is_not_noted_and_what_follows_is(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        factories.LanguageVersionFactory()
        transaction.set_rollback(True)
    assert (IndexChange.objects.count(), waiting_feeds()) == (0, 0)

    with django_capture_on_commit_callbacks(execute=True):
        factories.LanguageVersionFactory()
    assert IndexChange.objects.count() > 0
    assert waiting_feeds() == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("index")
def test_without_a_worker_a_change_is_found_at_once(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        factories.LanguageVersionFactory(title="Zebra")
    assert IndexChange.objects.count() == 0
    assert titles("zebra") == ["Zebra"]


@pytest.mark.django_db
@pytest.mark.usefixtures("index_folder", "tasks_in_the_database")
def test_with_the_engine_away_changes_wait_and_one_attempt_is_put_off(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    for _number in range(3):
        with django_capture_on_commit_callbacks(execute=True):
            factories.LanguageVersionFactory(title="Zebra")
        DBTaskResult.objects.ready().filter(task_path=feed_index.module_path).delete()  # as a worker takes it
        assert "never built" in feed_index.func(0)
    assert waiting_feeds() == 1
    assert not is_due(feed_index)
    assert IndexChange.objects.count() >= 3

    get_engine().rebuild([])
    assert titles("zebra") == ["Zebra"] * 3
    assert IndexChange.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.usefixtures("index_folder", "tasks_in_the_database")
def test_an_outage_is_told_once_and_so_is_its_end(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "search.tasks")
    get_engine().rebuild([])
    feed_index.func(0)  # whatever was the matter before
    caplog.clear()
    for outages in (1, 2):
        shutil.rmtree(django_settings.SEARCH_INDEX_DIR)
        factories.LanguageVersionFactory()
        for attempt in (0, 0, 1, 2):
            feed_index.func(attempt)
        get_engine().rebuild([])
        feed_index.func(3)
        told = [record.getMessage() for record in caplog.records if record.name == "search.tasks"]
        assert len(told) == 2 * outages
        assert told[-2].endswith("changes wait until it can: The search index was never built.")
        assert told[-1] == "The search index is fed again."


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("index_folder")
def test_an_editor_does_not_hear_of_trouble_with_the_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OSError("the queue is away")

    monkeypatch.setattr("search.outbox.enqueue_feed", fail)
    version = factories.LanguageVersionFactory()
    assert IndexChange.objects.filter(object_id=version.pk).exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("index")
def test_a_second_feed_finds_nothing_to_do() -> None:
    factories.LanguageVersionFactory(title="Zebra")
    assert feed().indexed == 1
    assert feed() == Fed()
    assert titles("zebra") == ["Zebra"]


@pytest.mark.django_db
@pytest.mark.usefixtures("index")
def test_more_than_one_batch_is_fed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.outbox.BATCH", 3)
    for number in range(5):
        factories.LanguageVersionFactory(title=f"Zebra {number}")
    assert len(titles("zebra")) == 5
    assert IndexChange.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.usefixtures("index")
def test_few_texts_are_fed_in_one_step(monkeypatch: pytest.MonkeyPatch) -> None:
    batches: list[int] = []
    index = get_engine().index

    def counted(entries: Iterable[Entry], replacing: Iterable[str]) -> IndexReport:
        report = index(entries, replacing)
        batches.append(report.indexed)
        return report

    monkeypatch.setattr(get_engine(), "index", counted)
    monkeypatch.setattr("search.outbox.MOST_FED", 100)
    for size in (40, 40, 40, 500, 10):
        factories.FileTextFactory(pages=["zebra " * size], characters=size)
    IndexChange.objects.all().delete()
    note_versions(LanguageVersion.objects.order_by("pk").values_list("pk", flat=True))

    assert feed() == Fed(indexed=5)
    assert batches == [2, 1, 1, 1]
    assert len(titles("zebra")) == 5


@pytest.mark.django_db
@pytest.mark.usefixtures("index")
def test_the_health_page_tells_when_changes_wait_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    assert search_state() == "ok"
    version = factories.LanguageVersionFactory()
    assert search_state() == "ok"

    late = IndexChange.objects.first().created_at.replace(year=2020)
    IndexChange.objects.filter(object_id=version.pk).update(created_at=late)
    assert "worker" in search_state()


@pytest.mark.django_db
@pytest.mark.usefixtures("index_folder")
def test_the_health_page_tells_that_the_index_was_never_built() -> None:
    assert search_state() == "The search index was never built."


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("moment", ["being read", "taken"])
def test_a_killed_feed_loses_nothing(index: Path, moment: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.outbox.enqueue_feed", lambda: None)
    for number in range(3):
        factories.LanguageVersionFactory(title=f"Zebra {number}")
    noted = IndexChange.objects.count()
    process = subprocess.Popen(
        [sys.executable, "-c", FEEDER, str(connection.settings_dict["NAME"]), str(index), moment],
        cwd=django_settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.test"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "stopped\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()

    assert IndexChange.objects.count() == noted
    LanguageVersion.objects.filter(title="Zebra 2").delete()
    assert sorted(titles("zebra")) == ["Zebra 0", "Zebra 1"]
    assert IndexChange.objects.count() == 0
