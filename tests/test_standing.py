"""What stands under the tests: each finds it as it was planted, whatever the one before it did."""

import pytest
from wagtail.models import Page

from cms.processes.models import Process
from tests.records import World
from tests.tree import Tree


@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_changes_is_as_before_for_the_next(world: World, tree: Tree, turn: int) -> None:
    assert (world.process.name, tree.homes["en"].title) == ("Process alpha", "Home en")
    assert list(Process.objects.values_list("name", flat=True)) == ["Process alpha"]
    assert tree.homes["fr"].get_parent() == tree.root

    tree.homes["en"].title = world.process.name = "Changed"
    world.process.save()
    Page.objects.filter(depth=2).delete()


def test_a_test_that_begins_with_less_finds_no_more(tree: Tree) -> None:
    assert Page.objects.filter(depth=2).count() == len(tree.homes) == 3
    assert not Process.objects.exists()


def test_a_test_that_begins_with_nothing_finds_nothing(db: None) -> None:
    assert not Page.objects.filter(slug="home-fr").exists()


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_plants_for_itself(world: World, tree: Tree) -> None:
    assert list(Process.objects.values_list("name", flat=True)) == ["Process alpha"]
    assert tree.homes["fr"].get_parent() == tree.root
