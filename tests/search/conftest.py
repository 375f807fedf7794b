"""An index of its own for every test of the layer above the engines."""

from pathlib import Path

import pytest
from pytest_django import Settings

from search.engines import get_engine
from tests.tree import Tree, plant


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


@pytest.fixture
def tree(db: None) -> Tree:
    """A site in English, French and Russian."""
    return plant()
