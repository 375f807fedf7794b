"""What tests of documents share."""

import pytest

from tests.records import World, plant_world
from tests.tree import Tree, plant


@pytest.fixture
def tree(db: None) -> Tree:
    return plant()


@pytest.fixture
def world(tree: Tree) -> World:
    """A process with one record of every kind."""
    return plant_world(tree, "alpha")


@pytest.fixture
def foreign(tree: Tree, world: World) -> World:
    """Another process with the same."""
    return plant_world(tree, "beta")
