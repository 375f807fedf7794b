"""Rebuilds that are stopped and go on, on both engines: nothing is read twice, and no change is lost."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from documents.models import LanguageVersion
from search.engines import get_engine
from search.engines.base import Entry
from search.entries import all_entries, placed_entries
from search.models import ChangeToRepeat, IndexChange, Rebuild
from search.outbox import feed
from search.rebuilding import rebuild, state
from search.tasks import ask_for_rebuild, feed_index, rebuild_index
from tests import factories
from tests.search.answers import titles
from tests.tree import Tree, fresh

pytestmark = pytest.mark.django_db


class StoppedError(Exception):
    """What ends a rebuild half way, as a kill does."""


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.engines.batches.REBUILD_BATCH", 2)


@pytest.fixture
def tasks_in_the_database(settings: Settings) -> None:
    """Tasks wait for a worker, as they do outside tests."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


@pytest.fixture
def versions() -> list[LanguageVersion]:
    """Six versions with titles that one word finds."""
    return [factories.LanguageVersionFactory(title=f"Zebra {number}") for number in range(6)]


def stop_after(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Begins a rebuild that ends when it wants the entry after so many."""

    def entries(place: str) -> Iterator[tuple[str, Entry]]:
        for count, placed in enumerate(placed_entries(place)):
            if count == number:
                raise StoppedError
            yield placed

    with monkeypatch.context() as patched:
        patched.setattr("search.rebuilding.placed_entries", entries)
        with pytest.raises(StoppedError):
            rebuild()


def read_by_a_rebuild(**options: bool) -> list[int]:
    """Rebuilds, and says how many entries were done at the beginning and after each batch."""
    told: list[int] = []
    rebuild(lambda unfinished: told.append(unfinished.done), **options)
    return told


def found(words: str, language: str = "en") -> list[str]:
    """The titles found, by alphabet: nothing tells these documents apart, so engines list them as they come."""
    return sorted(titles(words, language))


def rebuilds_waiting() -> int:
    return DBTaskResult.objects.filter(task_path=rebuild_index.module_path, status="READY").count()


@pytest.mark.usefixtures("either_index", "versions")
def test_a_stopped_rebuild_says_how_far_it_came_and_goes_on_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert state() is None
    stop_after(5, monkeypatch)
    stopped = state()
    assert stopped is not None
    assert (stopped.done, stopped.total) == (4, 6)
    assert found("zebra") == [f"Zebra {number}" for number in range(6)]  # fed to the index in use

    assert read_by_a_rebuild() == [4, 6]
    assert state() is None
    assert found("zebra") == [f"Zebra {number}" for number in range(6)]
    assert (IndexChange.objects.count(), ChangeToRepeat.objects.count()) == (0, 0)


@pytest.mark.usefixtures("either_index")
def test_changes_between_two_attempts_are_in_the_new_index(
    versions: list[LanguageVersion], monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_after(4, monkeypatch)
    versions[0].title = "Giraffe 0"
    versions[0].save()
    versions[1].delete()
    versions[5].title = "Giraffe 5"
    versions[5].save()
    early = factories.LanguageVersionFactory(document=versions[2].document, language="ru", title="Жираф")
    before = (["Zebra 2", "Zebra 3", "Zebra 4"], ["Giraffe 0", "Giraffe 5"], ["Жираф"])
    assert (found("zebra"), found("giraffe"), found("жираф", "ru")) == before
    assert IndexChange.objects.count() == 0

    read_by_a_rebuild()
    assert IndexChange.objects.count() == 4
    assert (found("zebra"), found("giraffe"), found("жираф", "ru")) == before
    early.delete()
    assert found("жираф", "ru") == []


@pytest.mark.usefixtures("either_index")
def test_a_stopped_rebuild_goes_on_after_the_thing_where_it_stopped_is_gone(
    versions: list[LanguageVersion], tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [
        factories.StandardPageFactory(parent=fresh(tree.homes["en"]), title=f"Zebra page {number}") for number in (1, 2)
    ]
    for stop in (2, 2):
        stop_after(stop, monkeypatch)
    versions[3].document.delete()
    expected = found("zebra")
    assert read_by_a_rebuild()[0] == 4
    assert found("zebra") == expected

    stop_after(len(list(all_entries())) - 1, monkeypatch)
    pages[1].delete()
    expected.remove("Zebra page 2")
    rebuild()
    assert found("zebra") == expected


@pytest.mark.usefixtures("either_index", "versions")
def test_translations_on_both_sides_of_a_stop_stay_one_hit(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    page = factories.StandardPageFactory(parent=tree.homes["en"], title="Giraffe")
    factories.StandardPageFactory(
        parent=tree.homes["fr"], title="Girafe", translation_key=page.translation_key, locale=tree.homes["fr"].locale
    )
    count = len(list(all_entries()))
    stop_after(count - 1, monkeypatch)
    rebuild()
    assert found("giraffe", "fr") == ["Girafe"]


@pytest.mark.usefixtures("either_index", "versions")
def test_from_scratch_begins_again(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_after(4, monkeypatch)
    assert read_by_a_rebuild(from_scratch=True) == [0, 2, 4, 6]
    assert len(found("zebra")) == 6


@pytest.mark.usefixtures("versions")
def test_an_unfinished_index_of_another_version_is_thrown_away(
    either_index: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_after(4, monkeypatch)
    settings.LANGUAGES = [*settings.LANGUAGES, ("pt", "Portuguese")]
    assert get_engine().health().state == "outdated"

    assert read_by_a_rebuild() == [0, 2, 4, 6]
    assert len(found("zebra")) == 6


@pytest.mark.usefixtures("either_engine", "versions")
def test_a_rebuild_that_began_again_forgets_the_stopped_one(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_after(2, monkeypatch)
    get_engine().rebuild([])  # as from another database
    assert read_by_a_rebuild() == [0, 2, 4, 6]


@pytest.mark.usefixtures("either_index", "versions")
def test_if_needed_finishes_what_was_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    assert rebuild(if_needed=True) is None
    stop_after(4, monkeypatch)
    said = StringIO()
    call_command("rebuild_search_index", "--if-needed", stdout=said)
    assert "Going on with the rebuild that began on" in said.getvalue()
    assert "Search index: 6 entries, 0 refused." in said.getvalue()
    assert state() is None


@pytest.mark.usefixtures("index", "versions")
def test_the_report_counts_all_attempts(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.LANGUAGES = [("en", "English")]
    factories.LanguageVersionFactory(title="Zèbre", language="fr")
    stop_after(4, monkeypatch)
    report = rebuild()
    assert report is not None
    assert (report.indexed, len(report.refused)) == (6, 1)


# The worker


@pytest.mark.usefixtures("index", "tasks_in_the_database")
def test_a_rebuild_is_asked_for_once_and_not_while_one_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask_for_rebuild()
    assert not ask_for_rebuild()
    assert rebuilds_waiting() == 1

    DBTaskResult.objects.all().delete()
    factories.LanguageVersionFactory(title="Zebra")
    stop_after(0, monkeypatch)
    assert not ask_for_rebuild()  # it moved just now
    Rebuild.objects.update(moved_at="2020-01-01T00:00Z")
    assert ask_for_rebuild()


@pytest.mark.usefixtures("index", "tasks_in_the_database")
def test_the_worker_rebuilds_and_feeds_what_changed_meanwhile() -> None:
    factories.LanguageVersionFactory(title="Zebra")
    assert rebuild_index.func() == "1 indexed, 0 refused"
    assert found("zebra") == ["Zebra"]
    assert rebuild_index.func(if_needed=True) == "The search index is in order."


@pytest.mark.usefixtures("tasks_in_the_database")
def test_a_rebuild_that_fails_is_tried_again_if_it_is_still_needed(settings: Settings) -> None:
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    assert "does not answer" in rebuild_index.func()
    assert rebuilds_waiting() == 1
    [waiting] = DBTaskResult.objects.filter(task_path=rebuild_index.module_path)
    assert waiting.args_kwargs["kwargs"] == {"if_needed": True}


@pytest.mark.usefixtures("either_engine", "versions", "tasks_in_the_database")
def test_a_worker_that_starts_sees_to_an_unusable_index(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.Worker.run", lambda worker: None)
    for languages in (settings.LANGUAGES, [*settings.LANGUAGES, ("pt", "Portuguese")]):
        settings.LANGUAGES = languages
        assert get_engine().health().needs_rebuild
        DBTaskResult.objects.all().delete()
        for _start in range(2):
            call_command("db_worker", reload=False)
        assert rebuilds_waiting() == 1
        rebuild_index.func(if_needed=True)
        assert get_engine().health().state == "ready"
        assert len(found("zebra")) == 6
    DBTaskResult.objects.all().delete()
    call_command("db_worker", reload=False)
    assert DBTaskResult.objects.count() == 0


@pytest.mark.usefixtures("index", "versions", "tasks_in_the_database")
def test_a_worker_that_starts_feeds_what_a_killed_one_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.Worker.run", lambda worker: None)
    for _start in range(2):
        call_command("db_worker", reload=False)
    assert [waiting.task_path for waiting in DBTaskResult.objects.all()] == [feed_index.module_path]


@pytest.mark.usefixtures("index_folder", "versions", "tasks_in_the_database")
def test_a_feed_that_finds_no_index_asks_for_one() -> None:
    feed_index.func(0)
    feed_index.func(1)
    assert rebuilds_waiting() == 1
    assert rebuild_index.func(if_needed=True) == "6 indexed, 0 refused"
    assert feed().trouble == ""
    assert django_settings.SEARCH_INDEX_DIR.exists()
