"""Search is as good as it has to be, on both engines, and both give the same first ten."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from search.engines.base import Engine
from tests.machine import SHARED
from tests.plants import DEMONSTRATION, Plant
from tests.search.judged.archive import Archive, add_seeds
from tests.search.judged.engines import elasticsearch_engine, embedded_engine
from tests.search.judged.judgments import judged_queries
from tests.search.judged.measuring import Answer, ask_all, disagreements, too_low
from tests.statistics import take_statistics

pytestmark = pytest.mark.django_db


def load() -> Archive:
    """The archive, with the seeds where there are some."""
    loaded = add_seeds(SHARED if SHARED.is_dir() else None)
    take_statistics()
    return loaded


archive = Plant("archive", lambda _demo: load(), DEMONSTRATION).fixture


@pytest.fixture(scope="module")
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """One of the engines, by name."""
    with ExitStack() as stack:
        if request.param == "embedded":
            yield stack.enter_context(embedded_engine())
        else:
            yield stack.enter_context(elasticsearch_engine(request.getfixturevalue("elasticsearch_url")))


ON_BOTH = pytest.mark.parametrize(
    "engine", ["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)], indirect=True
)


Given = dict[str, list[Answer]]


@pytest.fixture(scope="module")
def given() -> Given:
    """What each engine has answered of the whole archive, by its name: asking all takes long, and is done once."""
    return {}


def answers(engine: Engine, archive: Archive) -> list[Answer]:
    return ask_all(engine, archive, judged_queries())


def of_all(engine: Engine, archive: Archive, given: Given) -> list[Answer]:
    """What an engine answers of the whole archive."""
    if engine.name not in given:
        given[engine.name] = answers(engine, archive)
    return given[engine.name]


@ON_BOTH
def test_the_demonstration_is_found(archive: Archive, engine: Engine) -> None:
    assert too_low(answers(engine, archive.without_seeds())) == []


@pytest.mark.shared
@ON_BOTH
def test_the_demonstration_and_the_seeds_are_found(archive: Archive, engine: Engine, given: Given) -> None:
    found = of_all(engine, archive, given)

    assert too_low(found) == []
    assert too_low([answer for answer in found if answer.judged.held_out]) == []


@pytest.mark.elasticsearch
def test_both_engines_find_the_same_first_ten(archive: Archive, elasticsearch_url: str, given: Given) -> None:
    with embedded_engine() as one, elasticsearch_engine(elasticsearch_url) as other:
        assert disagreements(of_all(one, archive, given), of_all(other, archive, given)) == []
