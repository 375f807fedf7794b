"""From one engine to the other while the site goes on: nothing that changed in between is lost."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from cms.core.visibility import Access
from documents.models import LanguageVersion
from search.models import FedIndex
from search.outbox import feed
from search.tasks import catch_up, mend_index
from tests import factories
from tests.search.answers import titles
from tests.search.prefixes import own_prefix

pytestmark = pytest.mark.django_db

Use = Callable[[], None]


def start_worker() -> None:
    """What a worker does about search when it starts."""
    catch_up()
    feed()


@pytest.fixture(params=["to Elasticsearch", "to the embedded engine"])
def engines(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path, elasticsearch_url: str) -> object:
    """What puts the settings of the engine that the site uses, and of the other one, into force."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    with own_prefix(elasticsearch_url) as prefix:
        settings.ELASTICSEARCH_PREFIX = prefix

        def embedded() -> None:
            settings.ELASTICSEARCH_URL = ""

        def elasticsearch() -> None:
            settings.ELASTICSEARCH_URL = elasticsearch_url

        pair = (embedded, elasticsearch)
        yield pair if request.param == "to Elasticsearch" else pair[::-1]


@pytest.mark.elasticsearch
def test_one_command_moves_and_what_changes_meanwhile_comes_along(engines: tuple[Use, Use]) -> None:
    use_old, use_new = engines
    use_old()
    call_command("rebuild_search_index", verbosity=0)
    start_worker()
    stays, goes, closes = (
        factories.LanguageVersionFactory(title=f"Zebra {name}") for name in ("stays", "goes", "closes")
    )
    assert len(titles("zebra")) == 3

    use_new()
    call_command("rebuild_search_index", verbosity=0)
    use_old()  # for the site itself, which goes on
    LanguageVersion.objects.filter(pk=stays.pk).update(title="Zebra renamed")
    stays.refresh_from_db()
    stays.save()
    goes.delete()
    closes.document.access = Access.STAFF
    closes.document.save()
    factories.LanguageVersionFactory(title="Zebra arrives")
    assert sorted(titles("zebra")) == ["Zebra arrives", "Zebra renamed"]

    use_new()
    start_worker()
    assert sorted(titles("zebra")) == ["Zebra arrives", "Zebra renamed"]


def test_only_a_move_asks_for_a_comparison(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(type(mend_index), "enqueue", lambda task: asked.append(task.name))
    for name in ("one", "one", "other", "other", "one"):
        settings.SEARCH_INDEX_DIR = tmp_path / name
        catch_up()
        asked.append(name)
    assert asked == ["one", "one", "mend_index", "other", "other", "mend_index", "one"]


def test_no_password_is_kept(settings: Settings) -> None:
    settings.ELASTICSEARCH_URL = "https://elastic:secret@search.example.org:9200"
    catch_up()
    assert FedIndex.objects.get().name == "search.example.org:9200/plenary"
