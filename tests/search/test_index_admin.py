"""The page of the administration about the index: what it shows, to whom, and what its buttons do."""

import datetime
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from documents.models import LanguageVersion
from search.engines import get_engine
from search.engines.base import EngineError
from search.models import IndexChange, IndexTrouble, Rebuild
from search.outbox import feed
from search.tasks import mend_index, rebuild_index
from search.troubles import MOST, note_trouble
from tests import factories, people
from tests.search.answers import titles

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tree")]


@pytest.fixture
def tasks_in_the_database(settings: Settings) -> None:
    """Tasks wait for a worker, as they do outside tests."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(people.administrator())
    return client


def shown(client: Client) -> str:
    """The words of the page."""
    response = client.get(reverse("search_index"))
    assert response.status_code == 200
    main: Any = BeautifulSoup(response.content, "html.parser").select_one("main")
    return " ".join(main.get_text(" ").split())


def press(client: Client, name: str) -> str:
    """What the page says after a button was pressed."""
    response = client.post(reverse(name), follow=True)
    return " ".join(BeautifulSoup(response.content, "html.parser").text.split())


def waiting(task: Any) -> int:
    return DBTaskResult.objects.filter(task_path=task.module_path, status="READY").count()


# What it shows


@pytest.mark.usefixtures("either_index")
def test_it_says_how_the_index_is(administrator: Client) -> None:
    document = factories.OfficialDocumentFactory()
    factories.LanguageVersionFactory(document=document, title="Zebra")
    factories.LanguageVersionFactory(document=document, title="Зебра", language="ru")
    feed()
    factories.LanguageVersionFactory(title="Horse")
    page = shown(administrator)
    assert "State In order" in page
    assert re.search(r"English [1-9]", page)
    assert "Русский" in page
    assert re.search(r"Built \d", page)
    assert "1 change, noted" in page
    assert "Build the index anew" in page


def test_it_says_what_an_index_lacks_that_was_never_built(administrator: Client, index_folder: Path) -> None:
    page = shown(administrator)
    assert "Not built yet" in page
    assert "Built –" in page


def test_changes_that_wait_long_are_pointed_out(administrator: Client, index: Path) -> None:
    IndexChange.objects.all().delete()
    assert "to be indexed None." in shown(administrator)
    change = factories.IndexChangeFactory()
    assert "Is the task worker running?" not in shown(administrator)
    IndexChange.objects.filter(pk=change.pk).update(created_at=timezone.now() - datetime.timedelta(minutes=16))
    page = shown(administrator)
    assert "1 change, noted 16 minutes ago." in page
    assert "Is the task worker running?" in page


def test_the_last_troubles_are_kept_each_once(administrator: Client, index_folder: Path) -> None:
    factories.IndexChangeFactory()
    for _time in range(3):
        assert feed().trouble
    (trouble,) = IndexTrouble.objects.all()
    assert trouble.times == 3
    assert trouble.text in shown(administrator)
    for number in range(MOST + 5):
        note_trouble(f"Trouble {number} " + "x" * 400)
    assert IndexTrouble.objects.count() == MOST
    assert "Trouble 24" in shown(administrator)
    assert not IndexTrouble.objects.filter(pk=trouble.pk).exists()


def test_it_takes_the_same_few_queries_however_much_there_is(administrator: Client, index: Path) -> None:
    found = []
    for number in (1, 20):
        factories.LanguageVersionFactory.create_batch(number)
        shown(administrator)
        with CaptureQueriesContext(connection) as queries:
            shown(administrator)
        found.append(len(queries))
    assert found[0] == found[1] <= 25


# To whom


def test_officers_look_administrators_act_and_nobody_else_enters(client: Client, index: Path) -> None:
    process = factories.ProcessFactory()
    acting = ("rebuild_search_index", "mend_search_index")
    for user in (people.publisher_of(process), people.translator_of("en"), people.reader_of_all()):
        client.force_login(user)
        assert client.get(reverse("search_index")).status_code in {302, 403}
        for name in acting:
            assert client.post(reverse(name)).status_code in {302, 403}
        assert reverse("search_index") not in client.get(reverse("wagtailadmin_home")).content.decode()
    client.force_login(people.archive_officer())
    page = client.get(reverse("search_index"))
    assert page.status_code == 200
    for name in acting:
        assert reverse(name) not in page.content.decode()
        assert client.post(reverse(name)).url == reverse("wagtailadmin_home")
    client.force_login(people.administrator())
    page = client.get(reverse("search_index"))
    for name in acting:
        assert reverse(name) in page.content.decode()
    assert reverse("search_index") in client.get(reverse("wagtailadmin_home")).content.decode()
    assert client.get(reverse("mend_search_index")).status_code == 405


# Building anew


@pytest.mark.usefixtures("either_index")
def test_an_administrator_builds_the_index_anew(administrator: Client) -> None:
    factories.LanguageVersionFactory(title="Zebra")
    IndexChange.objects.all().delete()
    asked = administrator.get(reverse("rebuild_search_index")).content.decode()
    assert "Readers search the old index until the new one is ready" in asked
    assert titles("zebra") == []
    assert "The index is being built." in press(administrator, "rebuild_search_index")
    assert titles("zebra") == ["Zebra"]


@pytest.mark.usefixtures("index", "tasks_in_the_database")
def test_a_second_press_does_nothing_and_says_so(administrator: Client) -> None:
    assert "The index is being built." in press(administrator, "rebuild_search_index")
    page = shown(administrator)
    assert "It waits for the worker." in page
    assert "Build the index anew" not in page
    assert "is being built already" in press(administrator, "rebuild_search_index")
    assert waiting(rebuild_index) == 1
    DBTaskResult.objects.update(status="RUNNING", started_at=timezone.now())
    assert "is being built already" in press(administrator, "rebuild_search_index")
    factories.RebuildFactory()
    assert "is being built already" in press(administrator, "rebuild_search_index")
    assert waiting(rebuild_index) == 0


@pytest.mark.usefixtures("index", "tasks_in_the_database")
def test_the_page_says_how_far_it_is_and_looks_again_by_itself(administrator: Client) -> None:
    now = timezone.now()
    unfinished = factories.RebuildFactory(total=4000, done=2500, done_before=500)
    Rebuild.objects.filter(pk=unfinished.pk).update(
        moved_at=now, resumed_at=now - datetime.timedelta(seconds=40), started_at=now - datetime.timedelta(days=1)
    )
    page = shown(administrator)
    assert "2,500 of 4,000 entries (about 30 s left)" in page
    assert "Look again" in page
    assert "core/progress.js" in administrator.get(reverse("search_index")).content.decode()


@pytest.mark.usefixtures("index", "tasks_in_the_database")
def test_a_rebuild_that_lost_its_worker_can_be_gone_on_with(administrator: Client) -> None:
    unfinished = factories.RebuildFactory(total=4000, done=2500)
    Rebuild.objects.filter(pk=unfinished.pk).update(moved_at=timezone.now() - datetime.timedelta(minutes=3))
    page = shown(administrator)
    assert "A rebuild was stopped 2,500 of 4,000 entries Nothing has moved since" in page
    assert "Go on with the rest" in page
    assert "left)" not in page
    assert "core/progress.js" not in administrator.get(reverse("search_index")).content.decode()
    press(administrator, "rebuild_search_index")
    assert waiting(rebuild_index) == 1
    assert "Go on with the rest" not in shown(administrator)


def test_a_rebuild_that_fails_is_among_the_troubles(
    administrator: Client, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: Any, **options: Any) -> None:
        raise EngineError("There is no room.")

    monkeypatch.setattr("search.tasks.rebuild", full)
    press(administrator, "rebuild_search_index")
    assert "There is no room." in shown(administrator)


# Comparing with the database


@pytest.mark.usefixtures("index", "tasks_in_the_database")
def test_index_and_database_are_compared_and_the_result_is_shown(administrator: Client) -> None:
    version = factories.LanguageVersionFactory(title="Zebra")
    feed()
    LanguageVersion.objects.filter(pk=version.pk).update(title="Horse")
    assert "It has not been made lately." in shown(administrator)
    assert "is being compared" in press(administrator, "mend_search_index")
    assert "It is under way." in shown(administrator)
    assert "under way already" in press(administrator, "mend_search_index")
    assert waiting(mend_index) == 1
    result = mend_index.func()
    DBTaskResult.objects.filter(task_path=mend_index.module_path).update(
        status="SUCCESSFUL", finished_at=timezone.now(), return_value=result
    )
    page = shown(administrator)
    assert re.search(r"1 of \d entries differed and is indexed again\.", page)
    feed()
    assert titles("horse") == ["Horse"]
    assert "Compare, and index again what differs" in page


@pytest.mark.usefixtures("index", "tasks_in_the_database")
@pytest.mark.parametrize(
    ("state", "said"),
    [
        pytest.param(
            {"status": "SUCCESSFUL", "return_value": {"compared": 1200, "mended": 0}},
            "1,200 entries were compared; nothing differed.",
            id="nothing",
        ),
        pytest.param(
            {"status": "SUCCESSFUL", "return_value": {"trouble": "The index was never built."}},
            "it could not be finished. The index was never built.",
            id="trouble",
        ),
        pytest.param(
            {"status": "FAILED", "exception_class_path": "builtins.MemoryError"},
            "it could not be finished. builtins.MemoryError",
            id="failure",
        ),
        pytest.param(
            {"status": "RUNNING", "started_at": timezone.now() - datetime.timedelta(hours=2), "finished_at": None},
            "It was stopped before it was finished.",
            id="killed",
        ),
    ],
)
def test_whatever_became_of_a_comparison_is_said(administrator: Client, state: dict[str, Any], said: str) -> None:
    press(administrator, "mend_search_index")
    DBTaskResult.objects.filter(task_path=mend_index.module_path).update(**{"finished_at": timezone.now(), **state})
    assert said in shown(administrator)
    press(administrator, "mend_search_index")
    assert waiting(mend_index) == 1


def test_the_engine_of_the_site_is_named(administrator: Client, index: Path) -> None:
    assert get_engine().name == "embedded"
    assert "Engine On this machine" in shown(administrator)
