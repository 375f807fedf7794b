"""Search is as good as it has to be, on both engines, and both give the same first ten."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from search.engines.base import Engine
from tests.machine import SHARED
from tests.search.judged.archive import Archive, load_archive
from tests.search.judged.engines import elasticsearch_engine, embedded_engine
from tests.search.judged.judgments import judged_queries
from tests.search.judged.measuring import Answer, ask_all, disagreements, too_low
from tests.statistics import take_statistics

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def archive(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Archive]:
    """The archive, loaded once for this module; with the seeds where there are some."""
    with django_db_blocker.unblock(), transaction.atomic():
        loaded = load_archive(SHARED if SHARED.is_dir() else None)
        take_statistics()
        yield loaded
        transaction.set_rollback(True)


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


def answers(engine: Engine, archive: Archive) -> list[Answer]:
    return ask_all(engine, archive, judged_queries())


@ON_BOTH
def test_the_demonstration_is_found(archive: Archive, engine: Engine) -> None:
    assert too_low(answers(engine, archive.without_seeds())) == []


@pytest.mark.shared
@ON_BOTH
def test_the_demonstration_and_the_seeds_are_found(archive: Archive, engine: Engine) -> None:
    given = answers(engine, archive)

    assert too_low(given) == []
    assert too_low([answer for answer in given if answer.judged.held_out]) == []


@pytest.mark.elasticsearch
def test_both_engines_find_the_same_first_ten(archive: Archive, elasticsearch_url: str) -> None:
    with embedded_engine() as one, elasticsearch_engine(elasticsearch_url) as other:
        assert disagreements(answers(one, archive), answers(other, archive)) == []
