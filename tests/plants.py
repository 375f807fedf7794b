"""What many tests begin with. A test that asks for its fixture gets a copy of what stands already: see `standing`."""

from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from tests.editions import plant_edition
from tests.records import plant_world
from tests.sample import plant_sample
from tests.statistics import take_statistics
from tests.tree import plant

PLANT = "_plant"
COPIES = pytest.StashKey[dict[str, Any]]()


@dataclass(frozen=True)
class Plant:
    """What a fixture of this name gives: ``make``, called with what the plants below gave, the lowest first."""

    name: str
    make: Callable[..., Any]
    below: "Plant | None" = None

    @property
    def chain(self) -> tuple["Plant", ...]:
        """All that must stand for this one, the lowest first, itself last."""
        return (*(self.below.chain if self.below else ()), self)

    @property
    def fixture(self) -> Any:
        """The fixture, to be assigned in a conftest or a test module."""

        def give(request: pytest.FixtureRequest, db: None) -> Any:
            if commits(request.node):
                return self.make(*(request.getfixturevalue(plant.name) for plant in self.chain[:-1]))
            return request.node.stash[COPIES][self.name]

        setattr(give, PLANT, self)
        return pytest.fixture(name=self.name)(give)


def commits(item: pytest.Item) -> bool:
    """Whether a test works on the database without a transaction around it."""
    marker = item.get_closest_marker("django_db")
    asked = getattr(item, "fixturenames", ())
    named = bool(marker and marker.kwargs.get("transaction"))
    return named or not {"transactional_db", "live_server"}.isdisjoint(asked)


def chain_of(item: pytest.Item) -> tuple[Plant, ...]:
    """What a test wants to stand, the lowest first. Its plants must all be in one chain."""
    if not isinstance(item, pytest.Function) or commits(item):
        return ()
    found = item._fixtureinfo.name2fixturedefs
    plants = [getattr(found[name][-1].func, PLANT, None) for name in item.fixturenames if name in found]
    chains = sorted((plant.chain for plant in plants if plant), key=len)
    if not chains:
        return ()
    assert all(chains[-1][: len(chain)] == chain for chain in chains), f"{item.nodeid}: plants that exclude each other"
    return chains[-1]


def load_demonstration() -> str:
    """Load the demonstration. Returns what the command printed."""
    out = StringIO()
    call_command("load_demo", "--on-this-site", stdout=out)
    take_statistics()
    return out.getvalue()


# A site in English, French and Russian; a process with one record of every kind; another process with the same.
TREE = Plant("tree", plant)
WORLD = Plant("world", lambda tree: plant_world(tree, "alpha"), TREE)
FOREIGN = Plant("foreign", lambda tree, _world: plant_world(tree, "beta"), WORLD)

# The demonstration, in six languages: loading it takes longer than any other test or plant.
DEMONSTRATION = Plant("demo", load_demonstration)

# A site in English and Russian with two of everything that public pages show; the same with a web edition in both.
SAMPLE = Plant("sample", plant_sample)
EDITION = Plant("edition", plant_edition)
