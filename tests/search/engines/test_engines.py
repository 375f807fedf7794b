"""Which engine the settings name."""

import uuid
from pathlib import Path

import pytest
from pytest_django import Settings

from search.engines import get_engine
from tests.search.engines.entries import archive, ask


def test_the_embedded_engine_works_in_the_folder_of_the_settings(settings: Settings, tmp_path: Path) -> None:
    settings.SEARCH_INDEX_DIR = tmp_path / "elsewhere"

    get_engine().rebuild(archive())

    assert get_engine().search(ask("migrants")).total == 1
    assert get_engine() is get_engine()
    settings.SEARCH_INDEX_DIR = tmp_path / "another"
    assert get_engine().health().state == "missing"


@pytest.mark.elasticsearch
def test_an_elasticsearch_in_the_settings_is_the_engine(settings: Settings, elasticsearch_url: str) -> None:
    settings.ELASTICSEARCH_URL = elasticsearch_url
    settings.ELASTICSEARCH_PREFIX = f"test-{uuid.uuid4().hex[:12]}"

    get_engine().rebuild(archive())

    assert get_engine().name == "elasticsearch"
    assert get_engine().search(ask("migrants")).total == 1
    assert get_engine() is get_engine()
