"""Every document of an index, one after the other."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from elasticsearch import Elasticsearch

from search.engines.grouping import FINGERPRINT

_AT_ONCE = 2_000  # documents
_KEPT = "1m"  # between two requests


def listed(client: Elasticsearch, index: str, ids: Collection[str] | None) -> Iterator[Mapping[str, Any]]:
    """The sources, with ids and fingerprints alone, of all documents as they were at the first request.

    With `ids`, some thousand at most, those documents only that have an entry among them.
    """
    wanted: dict[str, Any] = {"match_all": {}} if ids is None else {"terms": {"ids": sorted(ids)}}
    moment = client.open_point_in_time(index=index, keep_alive=_KEPT)["id"]
    try:
        after = None
        while True:
            found = client.search(
                query={"bool": {"filter": [wanted]}},
                pit={"id": moment, "keep_alive": _KEPT},
                sort=[{"_shard_doc": "asc"}],
                search_after=after,
                size=_AT_ONCE,
                track_total_hits=False,
                source_includes=["facts.*.id", f"facts.*.{FINGERPRINT}"],
            )["hits"]["hits"]
            if not found:
                return
            yield from (hit["_source"] for hit in found)
            after = found[-1]["sort"]
    finally:
        client.close_point_in_time(id=moment)
