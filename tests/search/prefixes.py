"""Indexes of its own for a test on an Elasticsearch that all tests share."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from elasticsearch import Elasticsearch


@contextmanager
def own_prefix(url: str) -> Iterator[str]:
    """What the names of some indexes begin with; they are removed afterwards."""
    prefix = f"test-{uuid.uuid4().hex[:12]}"
    yield prefix
    client = Elasticsearch(url)
    for name in client.indices.get(index=f"{prefix}*", expand_wildcards="all"):
        client.indices.delete(index=name)
