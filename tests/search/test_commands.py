"""The two commands: building the index anew, and feeding it by hand."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from search.engines import get_engine
from search.engines.base import Entry
from search.entries import placed_entries
from search.models import IndexChange
from tests import factories
from tests.search.answers import titles

pytestmark = pytest.mark.django_db
ENTRIES = "search.rebuilding.placed_entries"


def run(name: str, *arguments: str) -> str:
    output = StringIO()
    call_command(name, *arguments, stdout=output, stderr=output)
    return output.getvalue()


@pytest.mark.usefixtures("index_folder")
def test_a_rebuild_holds_all_and_tells_how_much() -> None:
    for number in range(3):
        factories.LanguageVersionFactory(title=f"Zebra {number}")
    factories.LanguageVersionFactory(title="Zebra that is held", state="held")

    said = run("rebuild_search_index")

    assert "Search index: 3 entries, 0 refused." in said
    assert IndexChange.objects.count() == 0
    assert sorted(titles("zebra")) == ["Zebra 0", "Zebra 1", "Zebra 2"]


@pytest.mark.usefixtures("index_folder")
def test_what_changes_during_a_rebuild_is_fed_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    version = factories.LanguageVersionFactory(title="Zebra")

    def entries(place: str) -> Iterator[tuple[str, Entry]]:
        yield from placed_entries(place)
        version.title = "Giraffe"
        version.save()

    monkeypatch.setattr(ENTRIES, entries)
    run("rebuild_search_index")

    assert IndexChange.objects.count() == 0
    assert (titles("zebra"), titles("giraffe")) == ([], ["Giraffe"])


@pytest.mark.usefixtures("index")
def test_if_needed_leaves_a_good_index_and_feeds_what_waits() -> None:
    built_at = get_engine().health().built_at
    factories.LanguageVersionFactory(title="Zebra")

    assert "in order" in run("rebuild_search_index", "--if-needed")
    assert get_engine().health().built_at == built_at
    assert IndexChange.objects.count() == 0
    assert titles("zebra") == ["Zebra"]


def test_if_needed_mends_a_damaged_index(index: Path) -> None:
    factories.LanguageVersionFactory(title="Zebra")
    for file in index.glob("generation-*/*"):
        file.write_bytes(b"damaged")

    assert "1 entries" in run("rebuild_search_index", "--if-needed")
    assert titles("zebra") == ["Zebra"]


def test_a_folder_that_cannot_be_written_is_one_plain_line(index_folder: Path) -> None:
    index_folder.write_text("a file in its place")
    with pytest.raises(CommandError, match="could not be built: The folder of the search index cannot be written to"):
        run("rebuild_search_index")


def test_a_rebuild_that_fails_leaves_the_old_index(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    factories.LanguageVersionFactory(title="Zebra")
    assert titles("zebra") == ["Zebra"]

    def entries(place: str) -> Iterator[tuple[str, Entry]]:
        yield from ()
        raise RuntimeError("the database is away")

    monkeypatch.setattr(ENTRIES, entries)
    with pytest.raises(RuntimeError):
        run("rebuild_search_index")
    assert titles("zebra") == ["Zebra"]

    monkeypatch.setattr(ENTRIES, placed_entries)
    run("rebuild_search_index")
    assert titles("zebra") == ["Zebra"]
    assert len(list(index.glob("generation-*"))) == 1


@pytest.mark.usefixtures("index")
def test_feeding_by_hand_reports() -> None:
    version = factories.LanguageVersionFactory(title="Zebra")
    assert run("feed_search_index") == "1 entries indexed, 0 removed.\n"
    version.delete()
    assert run("feed_search_index") == "0 entries indexed, 1 removed.\n"


@pytest.mark.usefixtures("index_folder")
def test_feeding_by_hand_fails_plainly_without_an_index() -> None:
    factories.LanguageVersionFactory()
    with pytest.raises(CommandError, match="never built"):
        run("feed_search_index")
    assert IndexChange.objects.exists()
