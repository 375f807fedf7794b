"""Writing into Elasticsearch: a batch into the index in use, and a new index built from nothing."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import BulkIndexError, bulk

from search.engines.base import EngineUnavailableError, Entry, IndexReport
from search.engines.batches import sift
from search.engines.elasticsearch.lock import Held
from search.engines.elasticsearch.mapping import SETTINGS, document_id, mapping, read_entries, to_source
from search.engines.elasticsearch.names import Names
from search.engines.grouping import grouped, regrouped

logger = logging.getLogger(__name__)

_MOST_CONCERNED = 1_000  # documents read at once to be put together anew
_SENT_AT_ONCE = 100  # documents
_MOST_BYTES = 20_000_000  # of one request


class Writing:
    """What whoever holds the right to write does with it."""

    def __init__(self, client: Elasticsearch, languages: Sequence[str], held: Held) -> None:
        self.client = client
        self.languages = languages
        self.held = held

    def put(self, index: str, entries: Sequence[Entry], gone: frozenset[str]) -> None:
        """Puts the versions of every document concerned together anew, as the index stood at its last refresh."""
        ids = [*gone, *(entry.id for entry in entries)]
        kept = self._concerned(index, ids, [entry.document_key for entry in entries])
        self._write(index, regrouped(entries, gone, kept, self.languages))

    def add(self, index: str, entries: Sequence[Entry], again: Sequence[str]) -> None:
        """Puts entries in of which only those documents are there already whose keys are `again`."""
        if again:
            self.client.indices.refresh(index=index)
        kept = self._concerned(index, [], again)
        self._write(index, regrouped(entries, frozenset(), kept, self.languages))

    def _write(self, index: str, documents: Mapping[str, Mapping[str, Entry]]) -> None:
        def actions() -> Iterator[dict[str, Any]]:
            for key, by_language in documents.items():
                action = {"_index": index, "_id": document_id(key)}
                if by_language:
                    yield {**action, "_source": to_source(grouped(by_language, self.languages))}
                else:
                    yield {**action, "_op_type": "delete"}

        self.held.confirm()
        try:
            self._send(actions())
        except BulkIndexError as error:
            # A document that was never there need not be deleted.
            failed = [result for result in error.errors if result.get("delete", {}).get("status") != 404]
            if failed:
                logger.exception("Elasticsearch refused documents: %s", failed[:3])
                raise EngineUnavailableError("damaged", "Elasticsearch refused what was to be indexed.") from error

    def _send(self, actions: Iterator[dict[str, Any]]) -> None:
        """Sends actions in their order, some documents while the next ones are analysed: both take about as long.

        Raises BulkIndexError once the server refused one; what was sent by then stays.
        """
        sending: Future[object] | None = None
        with ThreadPoolExecutor(max_workers=1) as sender:
            while some := list(islice(actions, _SENT_AT_ONCE)):
                if sending:
                    sending.result()
                sending = sender.submit(bulk, self.client, some, max_chunk_bytes=_MOST_BYTES)
            if sending:
                sending.result()

    def _concerned(self, index: str, ids: Sequence[str], keys: Sequence[str]) -> Iterator[list[Entry]]:
        """The entries of each document in the index that has one of the ids or keys."""
        names = [("ids", name) for name in ids] + [("key", name) for name in keys]
        read: set[str] = set()
        for start in range(0, len(names), _MOST_CONCERNED):
            wanted: dict[str, list[str]] = {"ids": [], "key": []}
            for field, name in names[start : start + _MOST_CONCERNED]:
                wanted[field].append(name)
            condition = {"bool": {"should": [{"terms": {field: values}} for field, values in wanted.items()]}}
            found = self.client.search(
                index=index, query=condition, size=_MOST_CONCERNED, source_includes=["facts", "stored"]
            )
            for hit in found["hits"]["hits"]:
                if hit["_id"] not in read:
                    read.add(hit["_id"])
                    yield read_entries(hit["_source"], self.languages)


class NewElasticsearchIndex:
    """An index that is being built. See `search.engines.base.NewIndex`. It has no alias until it is finished."""

    def __init__(self, writing: Writing, names: Names) -> None:
        self._writing = writing
        self._client = writing.client
        self._names = names
        self._index = ""
        self._is_resumed = False
        self._written: set[str] = set()  # the keys of documents that earlier batches put in

    def resume(self, name: str) -> bool:
        """Takes an unfinished index up again."""
        aliases = self._names.indices(self._client).get(name)
        if aliases is None or aliases or not self._names.is_readable(name):
            return False
        self._index = name
        self._is_resumed = True
        return True

    def start(self) -> str:
        """Begins an empty index and removes those that nobody reads."""
        self._remove_others()
        self._index = self._names.new()
        settings = {**SETTINGS, "refresh_interval": "-1"}
        self._client.indices.create(index=self._index, settings=settings, mappings=mapping(self._writing.languages, {}))
        return self._index

    def add(self, entries: Sequence[Entry]) -> IndexReport:
        """Puts a batch in. Documents that may be there already are read first, so that no version of them is lost."""
        accepted, refused = sift(entries, self._writing.languages)
        keys = {entry.document_key for entry in accepted}
        again = keys if self._is_resumed else keys & self._written
        self._writing.add(self._index, accepted, sorted(again))
        self._written |= keys
        return IndexReport(len(accepted), refused)

    def finish(self) -> None:
        """Lets readers go over to the new index."""
        self._client.indices.put_mapping(index=self._index, meta={"built_at": datetime.now(UTC).isoformat()})
        self._client.indices.put_settings(index=self._index, settings={"refresh_interval": None})
        self._client.indices.refresh(index=self._index)
        self._writing.held.confirm()
        others = [name for name in self._names.indices(self._client) if name != self._index]
        actions: list[dict[str, Any]] = [{"add": {"index": self._index, "alias": self._names.alias}}]
        actions += [{"remove": {"index": name, "alias": self._names.alias, "must_exist": False}} for name in others]
        self._client.indices.update_aliases(actions=actions)
        self._remove_others()

    def _remove_others(self) -> None:
        """Removes every index of the site but the one in use: that before a rebuild, and unfinished ones."""
        used = self._names.aliased(self._client)
        for name in self._names.indices(self._client):
            if name != used:
                self._client.indices.delete(index=name, ignore_unavailable=True)
