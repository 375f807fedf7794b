"""Search engines: the contract in `base`, one package or module per engine, and what all of them share."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from search.engines.base import Engine


def get_engine() -> Engine:
    """The engine that the settings name, the same object for the same settings."""
    from django.conf import settings  # read when asked, so that importing the contract needs no settings

    languages = tuple(code for code, _name in settings.LANGUAGES)
    if settings.ELASTICSEARCH_URL:
        return _elasticsearch(settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_PREFIX, languages)
    return _embedded(Path(settings.SEARCH_INDEX_DIR), languages)


@cache
def _embedded(directory: Path, languages: Sequence[str]) -> Engine:
    from search.engines.embedded import EmbeddedEngine  # tantivy is loaded only where it is used

    return EmbeddedEngine(directory, languages)


@cache
def _elasticsearch(url: str, prefix: str, languages: Sequence[str]) -> Engine:
    from search.engines.elasticsearch import ElasticsearchEngine  # its client is loaded only where it is used

    return ElasticsearchEngine(url, prefix, languages)
