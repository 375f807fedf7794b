"""Elasticsearch: the page beside a request written by hand, and feeding beside the client's own helper."""

import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.test import override_settings
from elasticsearch import Elasticsearch
from elasticsearch.helpers import bulk

from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.mapping import SETTINGS, document_id, mapping, to_source
from search.engines.grouping import grouped, regrouped
from tests.benchmarks.measure import Bound, Report
from tests.benchmarks.planting import LANGUAGES
from tests.benchmarks.search import by_hand, corpus
from tests.benchmarks.search.corpus import Facts, entries
from tests.benchmarks.search.views import page_costs
from tests.elasticsearch import elasticsearch, what_is_missing

MOST_TO_REQUEST = 1.5
MOST_TO_BULK = 2
FED = 10_000  # entries
LEAST_FOUND = 0.5  # of what the engine finds: of an invented word that is rare, the server may part most forms


def report(sizes: list[int], facts: Facts) -> Report:
    """Measure in indexes of these sizes."""
    if missing := what_is_missing():
        return Report([f"!!! LEFT OUT: everything on Elasticsearch: {missing}. !!!"])
    lines, bounds = [], []
    with elasticsearch() as url, own_prefix(url) as prefix:
        fed = fed_and_bulk(url, prefix, min(FED, sizes[-1]), facts)
        lines += fed.lines
        bounds += fed.bounds
        for size in sizes:
            with override_settings(ELASTICSEARCH_URL=url, ELASTICSEARCH_PREFIX=f"{prefix}{size}"):
                found = page_beside_request(url, f"{prefix}{size}", size, facts)
            lines += found.lines
            bounds += found.bounds
    return Report(lines, bounds)


@contextmanager
def own_prefix(url: str) -> Iterator[str]:
    """What the names of the bench's indexes begin with; they are removed afterwards."""
    prefix = f"bench-{uuid.uuid4().hex[:12]}"
    try:
        yield prefix
    finally:
        client = Elasticsearch(url, request_timeout=60)
        for name in client.indices.get(index=f"{prefix}*", expand_wildcards="all"):
            client.indices.delete(index=name)


def clocked(work: Callable[[], object]) -> float:
    """The seconds that work takes by the clock: the server's time counts."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def fed_and_bulk(url: str, prefix: str, count: int, facts: Facts) -> Report:
    """A rebuild, which analyses texts, beside the client's helper with the very documents that came of it."""
    made = list(entries(count, facts))
    engine = ElasticsearchEngine(url, f"{prefix}fed", LANGUAGES)
    ours = clocked(lambda: engine.rebuild(made))
    documents = regrouped(made, frozenset(), [], LANGUAGES)
    actions = [
        {"_id": document_id(key), "_source": to_source(grouped(found, LANGUAGES))} for key, found in documents.items()
    ]
    client = Elasticsearch(url, request_timeout=120)
    name = f"{prefix}bulk"
    client.indices.create(index=name, settings={**SETTINGS, "refresh_interval": "-1"}, mappings=mapping(LANGUAGES, {}))

    def fill() -> None:
        bulk(client, actions, index=name)
        client.indices.refresh(index=name)

    theirs = clocked(fill)
    return Report(
        [
            "Elasticsearch, by the clock:",
            f"feeding {count:,} entries: {count / ours:,.0f} a second; helpers.bulk alone {count / theirs:,.0f}",
        ],
        [Bound("time of a rebuild to that of helpers.bulk", ours / theirs, MOST_TO_BULK)],
    )


def page_beside_request(url: str, prefix: str, size: int, facts: Facts) -> Report:
    """The page with its queries, template and database, beside one request of the client to an index by hand."""
    engine = ElasticsearchEngine(url, prefix, LANGUAGES)
    engine.rebuild(entries(size, facts))
    client = Elasticsearch(url, request_timeout=120)
    # An index of its own: the engine's holds stems and packed texts, in which the server can mark nothing.
    name = f"{prefix}by-hand"
    client.indices.create(index=name, **by_hand.index())
    bulk(client, by_hand.actions(entries(size, facts)), index=name)
    client.indices.refresh(index=name)
    _check_answers(engine, client, name)
    found = page_costs(time.perf_counter, [lambda query: client.search(index=name, **by_hand.request(query))])
    lines = [f"The page on {size:,} entries, median milliseconds:  page, engine in it, request by hand, queries"]
    ratios = {name: page / hand for name, (page, _engine, hand, _queries) in found.items()}
    for name, (page, inner, hand, queries) in found.items():
        times = "".join(f"{part * 1000:10.1f}" for part in (page, inner, hand))
        lines.append(f"{name:28}{times}{queries:6.0f}{ratios[name]:8.2f}x")
    worst = max(ratios, key=lambda name: ratios[name])
    return Report(
        lines, [Bound(f"page to a request by hand, {size:,} entries ({worst})", ratios[worst], MOST_TO_REQUEST)]
    )


def _check_answers(engine: ElasticsearchEngine, client: Elasticsearch, index: str) -> None:
    """Raises RuntimeError unless the request by hand finds about what the engine finds, with a passage in each hit.

    The server's stems are others: of invented words it joins some that the engine parts, and the other way round.
    """
    for name, query in corpus.queries().items():
        answer = client.search(index=index, **by_hand.request(query))
        hits, total = answer["hits"]["hits"], answer["hits"]["total"]["value"]
        if total < LEAST_FOUND * engine.search(query).total or not all("highlight" in hit for hit in hits):
            raise RuntimeError(f"By hand {total} documents are found for {name}, or nothing is marked in them.")
