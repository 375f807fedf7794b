"""The check that compares index and database: holes made by hand are named and mended, on both engines."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from documents.models import LanguageVersion, OfficialDocument
from search.checking import Differences, check
from search.engines import get_engine
from search.entries import entries_of, version_entry_id
from search.models import IndexChange
from search.outbox import feed
from search.tasks import mend_index
from tests import factories
from tests.search.answers import titles
from tests.tree import Tree, fresh

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    output = StringIO()
    call_command("check_search_index", *arguments, stdout=output)
    return output.getvalue()


@pytest.fixture
def archive(either_index: str, tree: Tree) -> list[LanguageVersion]:
    """Versions and pages, all of them indexed."""
    versions = [factories.LanguageVersionFactory(title=f"Zebra {number}") for number in range(8)]
    factories.StandardPageFactory(parent=fresh(tree.homes["en"]), title="Zebra page")
    feed()
    return versions


def make_holes(versions: list[LanguageVersion]) -> None:
    """One entry missing, one left over, two stale, as no change that was noted makes them."""
    get_engine().index([], replacing=[version_entry_id(versions[0].pk)])
    LanguageVersion.objects.filter(pk=versions[1].pk).update(state=LanguageVersion.State.WITHDRAWN)
    LanguageVersion.objects.filter(pk=versions[2].pk).update(title="Giraffe")
    OfficialDocument.objects.filter(pk=versions[3].document_id).update(access="staff")
    assert IndexChange.objects.count() == 0


def test_an_index_in_order_has_no_differences(archive: list[LanguageVersion]) -> None:
    assert run().endswith(" entries compared: 0 missing, 0 left over, 0 stale.\n")
    assert check().compared == len(dict(get_engine().held())) > len(archive)


def test_holes_are_named_and_mended(archive: list[LanguageVersion]) -> None:
    make_holes(archive)
    missing, left_over, *stale = (version_entry_id(version.pk) for version in archive[:4])
    differences = check()
    assert (differences.missing, differences.left_over) == ((missing,), (left_over,))
    assert sorted(differences.stale) == sorted(stale)

    with pytest.raises(CommandError, match="--mend"):
        run()
    assert titles("giraffe") == []
    said = run("--mend")
    assert "1 missing, 1 left over, 2 stale." in said
    assert f"missing: {missing}" in said
    assert said.endswith("4 mended.\n")
    assert titles("giraffe") == ["Giraffe"]
    assert sorted(titles("zebra")) == ["Zebra 0", "Zebra 4", "Zebra 5", "Zebra 6", "Zebra 7", "Zebra page"]
    assert "0 missing, 0 left over, 0 stale." in run("--mend")


def test_what_waits_in_the_outbox_is_no_difference(archive: list[LanguageVersion]) -> None:
    archive[0].title = "Giraffe"
    archive[0].save()
    archive[1].delete()
    factories.LanguageVersionFactory(title="New")
    assert IndexChange.objects.count() >= 3
    assert check().ids == ()


def test_what_changes_while_the_index_is_read_is_no_difference(
    archive: list[LanguageVersion], monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = get_engine()
    held = list(engine.held())

    class Slow:
        languages = engine.languages

        def held(self, ids: list[str] | None = None) -> list[tuple[str, str]]:
            return held if ids is None else list(engine.held(ids))

    archive[0].title = "Giraffe"
    archive[0].save()
    archive[1].delete()
    feed()
    monkeypatch.setattr("search.checking.get_engine", Slow)
    assert check().ids == ()


@pytest.mark.usefixtures("either_index")
def test_a_language_that_the_index_does_not_take_is_no_difference() -> None:
    factories.LanguageVersionFactory(title="Zebra", language="pt")
    feed()
    assert check() == Differences(0)


def test_the_first_of_many_are_named(archive: list[LanguageVersion]) -> None:
    get_engine().rebuild([])
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("check_search_index", stdout=said)
    assert f"and {len(check().missing) - 5} more" in said.getvalue()


def test_the_worker_mends(archive: list[LanguageVersion]) -> None:
    make_holes(archive)
    assert mend_index.func()["mended"] == 4
    feed()
    assert check().ids == ()


@pytest.mark.usefixtures("either_engine")
def test_without_an_index_there_is_nothing_to_compare() -> None:
    with pytest.raises(CommandError, match="never built"):
        run()
    assert "never built" in mend_index.func()["trouble"]


def test_what_cannot_be_mended_is_said(archive: list[LanguageVersion], monkeypatch: pytest.MonkeyPatch) -> None:
    make_holes(archive)
    monkeypatch.setattr("search.outbox.entries_of", lambda versions, pages: iter(()))
    with pytest.raises(CommandError, match="rebuild_search_index"):
        run("--mend")
    monkeypatch.setattr("search.outbox.entries_of", entries_of)
    run("--mend")
    assert check().ids == ()
