"""Both engines, each with an index that is gone afterwards."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from elasticsearch import Elasticsearch

from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.embedded import EmbeddedEngine
from tests.search.engines.entries import LANGUAGES


@contextmanager
def embedded_engine() -> Iterator[EmbeddedEngine]:
    """The embedded engine in a folder of its own."""
    with TemporaryDirectory(prefix="plenary-judged-") as folder:
        yield EmbeddedEngine(Path(folder), LANGUAGES)


@contextmanager
def elasticsearch_engine(address: str) -> Iterator[ElasticsearchEngine]:
    """The engine on the Elasticsearch at this address, under names of its own."""
    prefix = f"judged-{uuid.uuid4().hex[:12]}"
    try:
        yield ElasticsearchEngine(address, prefix, LANGUAGES)
    finally:
        client = Elasticsearch(address)
        for name in client.indices.get(index=f"{prefix}*", expand_wildcards="all"):
            client.indices.delete(index=name)
