"""An index of its own for every test of the layer above the engines."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from search.engines import get_engine
from tests.search.prefixes import own_prefix


@pytest.fixture
def index_folder(settings: Settings, tmp_path: Path) -> Path:
    """Where the index of this test lies; nothing is built there yet."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    return tmp_path / "index"


@pytest.fixture
def index(index_folder: Path) -> Path:
    """The folder of an empty index."""
    get_engine().rebuild([])
    return index_folder


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def either_engine(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Iterator[str]:
    """The name of an engine that has no index yet; the test runs once with each."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    if request.param == "embedded":
        yield request.param
        return
    with own_prefix(request.getfixturevalue("elasticsearch_url")) as prefix:
        settings.ELASTICSEARCH_URL = request.getfixturevalue("elasticsearch_url")
        settings.ELASTICSEARCH_PREFIX = prefix
        yield request.param


@pytest.fixture
def either_index(either_engine: str) -> str:
    """The name of an engine with an empty index; the test runs once with each."""
    get_engine().rebuild([])
    return either_engine
