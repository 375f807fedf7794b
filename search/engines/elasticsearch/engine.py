"""The contract of `search.engines.base` kept by Elasticsearch 9.

Readers ask an alias. A rebuild fills an index that nobody reads and then moves the alias, in one step. Texts are
analysed here, as for the embedded engine, and Elasticsearch indexes the stems.
"""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from elasticsearch import ApiError, BadRequestError, Elasticsearch, NotFoundError, TransportError

from search.engines.base import (
    ACCESS_LEVELS,
    EngineBusyError,
    EngineUnavailableError,
    Entry,
    Hit,
    IndexReport,
    Query,
    Results,
    Suggestion,
    Visibility,
)
from search.engines.batches import rebuild_in_one_go, sift
from search.engines.compiler import CompiledQuery
from search.engines.corrections import Corrector
from search.engines.counting import ORDERS, is_relaxed, order_of
from search.engines.elasticsearch.counts import counts, facets_of, matching_of, narrowed
from search.engines.elasticsearch.dialect import Condition, ElasticsearchDialect
from search.engines.elasticsearch.listing import listed
from search.engines.elasticsearch.lock import Held, writer_lock
from search.engines.elasticsearch.looking import BEST_FIRST, look, sorting
from search.engines.elasticsearch.mapping import fingerprint, read_facts, read_fingerprints
from search.engines.elasticsearch.names import Names
from search.engines.elasticsearch.texts import TextsOfHits
from search.engines.elasticsearch.writing import NewElasticsearchIndex, Writing
from search.engines.grouping import field_of
from search.engines.health import Health
from search.engines.hits import HitBuilder
from search.engines.likeness import Likeness
from search.engines.looking import Look
from search.engines.suggestions import Suggester
from search.engines.typed import read_typed

logger = logging.getLogger(__name__)

_ANSWER_SECONDS = 10
_WRITE_SECONDS = 120


class ElasticsearchEngine:
    """A search engine on an Elasticsearch.

    `url` is its address, with user and password where it asks for them; every index made there begins with `prefix`.
    `languages` are the codes that entries may have, in the order in which versions are listed. Writers wait up to
    `lock_timeout` seconds for each other, and take over from a killed one after `lease` seconds.
    """

    name = "elasticsearch"

    def __init__(
        self, url: str, prefix: str, languages: Sequence[str], lock_timeout: float = 45.0, lease: float = 30.0
    ) -> None:
        self.languages = tuple(languages)
        self.lock_timeout = lock_timeout
        self.lease = lease
        self._names = Names(prefix, fingerprint(self.languages))
        self.alias = self._names.alias
        self._client = Elasticsearch(url, request_timeout=_ANSWER_SECONDS, max_retries=1)
        self._writer = self._client.options(request_timeout=_WRITE_SECONDS, max_retries=0)

    def index(self, entries: Iterable[Entry], replacing: Iterable[str] = ()) -> IndexReport:
        """Puts a batch of entries in and takes others out. See the contract."""
        with self._errors(), self._held() as held:
            index = self._current()
            accepted, refused = sift(entries, self.languages)
            gone = frozenset(replacing) - {entry.id for entry in accepted}
            if accepted or gone:
                Writing(self._writer, self.languages, held).put(index, accepted, gone)
                self._writer.indices.refresh(index=index)
        return IndexReport(len(accepted), refused, tuple(sorted(gone)))

    def rebuild(self, entries: Iterable[Entry], progress: Callable[[int], None] | None = None) -> IndexReport:
        """Builds a new index in one go. See the contract."""
        return rebuild_in_one_go(self, entries, progress)

    @contextmanager
    def building(self) -> Iterator[NewElasticsearchIndex]:
        """Holds the right to write, with what builds a new index. See the contract."""
        with self._errors(), self._held() as held:
            yield NewElasticsearchIndex(Writing(self._writer, self.languages, held), self._names)

    def search(self, query: Query) -> Results:
        """Answers a query. See the contract."""
        query = replace(query, words=query.words.strip())
        typed = read_typed(query.words)
        with self._errors():
            compiled = CompiledQuery(ElasticsearchDialect(), self.languages, query, typed)
            if query.similar_to:
                compiled.keep(Likeness(query, compiled, self._look()).condition())
            order = order_of(query, typed)
            request = self._request(compiled, query, order)
            page, size = query.window()
            answer = self._asked(request, page, size)
            complete = total = int(answer["hits"]["total"]["value"])
            if is_relaxed(query, typed, matching_of(answer["aggregations"], total)):
                compiled = CompiledQuery(ElasticsearchDialect(), self.languages, query, typed, relaxed=True)
                request = self._request(compiled, query, order)
                answer = self._asked(request, page, size)
                total = int(answer["hits"]["total"]["value"])
            if not answer["hits"]["hits"] and page > 1:
                page = max(1, -(-total // size))
                answer = self._asked(request, page, size)
            hits = tuple(self._hits(answer["hits"]["hits"], HitBuilder(query, compiled.marked, self.languages)))
        return Results(total, page, size, hits, facets_of(answer["aggregations"], query), complete)

    def corrected(self, query: Query) -> str:
        """What was typed with its unknown words replaced. See the contract."""
        compiled = CompiledQuery(ElasticsearchDialect(), self.languages, query, read_typed(query.words))
        with self._errors():
            return Corrector(query, compiled, self._look()).corrected()

    def _look(self) -> Look[Condition]:
        return partial(look, self._client, self.alias, self.languages)

    def suggest(self, typed: str, language: str, visibility: Visibility, count: int) -> tuple[Suggestion, ...]:
        """What begins like what was typed so far. See the contract."""
        query = Query("", language, visibility)
        compiled = CompiledQuery(ElasticsearchDialect(), self.languages, query, read_typed(""))
        with self._errors():
            return Suggester(query, compiled, self._look()).suggestions(typed, count)

    def held(self, ids: Collection[str] | None = None) -> Iterator[tuple[str, str]]:
        """What is in, with fingerprints. See the contract."""
        with self._errors():
            for source in listed(self._client, self._current(), ids):
                for entry, fingerprint in read_fingerprints(source):
                    if ids is None or entry in ids:
                        yield entry, fingerprint

    def health(self) -> Health:
        """Says how the index is, without raising."""
        try:
            with self._errors():
                index = self._current()
                held = {
                    language: {"terms": {field_of("gate", language): list(ACCESS_LEVELS)}}
                    for language in self.languages
                }
                answer = self._client.search(
                    index=index, size=0, track_total_hits=True, aggs={"held": {"filters": {"filters": held}}}
                )
                made = self._client.indices.get_mapping(index=index)[index]["mappings"]["_meta"]
        except EngineUnavailableError as error:
            return Health(self.name, error.state, str(error))
        except EngineBusyError as error:
            return Health(self.name, "unreachable", str(error))
        buckets = answer["aggregations"]["held"]["buckets"]
        return Health(
            self.name,
            "ready",
            "The search index is in order.",
            int(answer["hits"]["total"]["value"]),
            {language: int(bucket["doc_count"]) for language, bucket in buckets.items()},
            datetime.fromisoformat(made["built_at"]),
        )

    @contextmanager
    def _held(self) -> Iterator[Held]:
        """Holds the right to write."""
        with writer_lock(self._writer, self._names.lock, self.lock_timeout, self.lease) as held:
            yield held

    # Reading

    def _aliased(self) -> str | None:
        """The name of the index that readers use; None when none was ever built."""
        return self._names.aliased(self._client)

    def _current(self) -> str:
        """The index that readers use. Raises EngineUnavailableError when there is none, or one of another version."""
        index = self._aliased()
        if index is None:
            raise self._absent()
        return index

    def _absent(self) -> EngineUnavailableError:
        """What to say when readers have no index: there is one of another version, or none."""
        if any(self._names.indices(self._client).values()):
            return EngineUnavailableError("outdated", "The search index needs a rebuild for this version.")
        return EngineUnavailableError("missing", "The search index was never built.")

    def _request(self, compiled: CompiledQuery[Condition], query: Query, order: str) -> dict[str, Any]:
        """The request of a query, for whichever page. Filters come after the counts: each leaves its own out."""
        texts = dict.fromkeys([query.language, *query.chosen("language")] if query.passages else [])
        request: dict[str, Any] = {
            "query": compiled.matching,
            "aggs": counts(compiled),
            "track_total_hits": True,
            "source_includes": ["facts", *(f"stored.{language}" for language in texts if language in self.languages)],
        }
        if compiled.filters:
            request["post_filter"] = narrowed(compiled)
        request["sort"] = sorting(order) if order in ORDERS else BEST_FIRST
        return request

    def _asked(self, request: Mapping[str, Any], page: int, size: int) -> Mapping[str, Any]:
        """The answer for one page."""
        answer: Mapping[str, Any] = self._client.search(
            index=self.alias, **request, from_=(page - 1) * size, size=size
        ).body
        return answer

    def _hits(self, found: Sequence[Mapping[str, Any]], builder: HitBuilder) -> Iterator[Hit]:
        documents = [(one, read_facts(one["_source"], self.languages)) for one in found]
        texts = TextsOfHits(self._client, found)
        texts.fetch((one, builder.likely(entries, _found_in(one))) for one, entries in documents)
        for one, entries in documents:
            hit = builder.build(entries, partial(texts.of, one), _found_in(one))
            if hit is not None:
                yield hit

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Gives what the client raises the names of the contract."""
        try:
            yield
        except NotFoundError as error:
            raise self._absent() from error
        except BadRequestError as error:
            logger.exception("Elasticsearch did not understand a request.")
            raise EngineUnavailableError("damaged", "Elasticsearch did not understand what it was asked.") from error
        except ApiError as error:
            if error.status_code in {429, 503}:
                raise EngineBusyError("Elasticsearch is busy.") from error
            logger.exception("Elasticsearch failed.")
            raise EngineUnavailableError("unreachable", "Elasticsearch failed.") from error
        except TransportError as error:
            raise EngineUnavailableError("unreachable", "Elasticsearch does not answer.") from error


def _found_in(hit: Mapping[str, Any]) -> frozenset[str]:
    """The languages that a hit's words were found in, by the names that the compiler gives to its conditions."""
    return frozenset(hit.get("matched_queries", ()))
