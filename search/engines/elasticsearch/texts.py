"""The texts kept of the documents on a page of hits: those that came with the hits, and others as they are needed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from elasticsearch import Elasticsearch

from search.engines.elasticsearch.mapping import read_text
from search.engines.kept_texts import KeptText


class TextsOfHits:
    """Gives texts by hit and language. What is known to be needed beforehand is fetched in one request."""

    def __init__(self, client: Elasticsearch, found: Iterable[Mapping[str, Any]]) -> None:
        self._client = client
        self._kept: dict[tuple[str, str], Sequence[str]] = {}
        for one in found:
            self._take(one)

    def fetch(self, wanted: Iterable[tuple[Mapping[str, Any], Sequence[str]]]) -> None:
        """Fetches those texts of hits, by language, that are not there yet."""
        documents = []
        for hit, languages in wanted:
            missing = [f"stored.{language}" for language in languages if (hit["_id"], language) not in self._kept]
            if missing:
                documents.append({"_index": hit["_index"], "_id": hit["_id"], "_source": missing})
        if documents:
            for one in self._client.mget(docs=documents)["docs"]:
                self._take(one)

    def of(self, hit: Mapping[str, Any], language: str) -> KeptText:
        """The text of a hit in a language; none where there is none any more."""
        if (hit["_id"], language) not in self._kept:
            self.fetch([(hit, [language])])
        return read_text(self._kept.get((hit["_id"], language), ()))

    def _take(self, document: Mapping[str, Any]) -> None:
        for language, kept in document.get("_source", {}).get("stored", {}).items():
            self._kept[document["_id"], language] = kept
