"""The search page beside the engine calls that it makes, in the same requests."""

import statistics
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, time
from functools import partial
from urllib.parse import urlencode

from django.utils import timezone

from documents.models import LanguageVersion, OfficialDocument
from documents.symbols.folding import loose_key, symbol_key, symbol_order
from search.asking import PER_PAGE
from search.engines import get_engine
from search.engines.base import Hit, Query
from search.entries import entry_keys
from tests.benchmarks.measure import queries as count_queries
from tests.benchmarks.pages import reading
from tests.benchmarks.search.corpus import queries

RUNS = 15
ENGINE_CALLS = ("search", "corrected")


def address(query: Query) -> str:
    """The address of a question."""
    asked = [("q", query.words), *((name, value) for name, values in query.filters.items() for value in values)]
    return f"/en/search/?{urlencode([*asked, ('sort', query.sort)])}"


def plant_found() -> None:
    """Give every hit that the page shows for the queries its document and versions in the database."""
    hits = {hit.document_key: hit for query in queries().values() for hit in get_engine().search(query).hits}
    known = {str(uid) for uid in OfficialDocument.objects.filter(uid__in=hits).values_list("uid", flat=True)}
    new = [hit for key, hit in hits.items() if key not in known]
    documents = OfficialDocument.objects.bulk_create([_document(hit) for hit in new])
    LanguageVersion.objects.bulk_create(
        [
            LanguageVersion(
                pk=entry_keys([version.entry_id])[0].pop(),
                document=document,
                language=version.language,
                title=version.title,
                state=LanguageVersion.State.RELEASED,
                released_at=timezone.make_aware(datetime.combine(document.date, time.min)),
            )
            for document, hit in zip(documents, new, strict=True)
            for version in hit.versions
        ]
    )


def _document(hit: Hit) -> OfficialDocument:
    return OfficialDocument(
        uid=hit.document_key,
        symbol=hit.symbol,
        symbol_key=symbol_key(hit.symbol),
        symbol_letters=loose_key(hit.symbol),
        symbol_sort=f"0{symbol_order(hit.symbol)}",
        kind=hit.doc_kind,
        date=hit.date,
        undated=0,
        process_id=int(hit.process),
        working_group_id=int(hit.body),
        session_id=int(hit.session),
    )


@contextmanager
def timed_engine(clock: Callable[[], float]) -> Iterator[list[float]]:
    """Notes what each call of the engine takes, until the list is emptied."""
    engine = get_engine()
    taken: list[float] = []

    def timed(method: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object) -> object:
            begin = clock()
            try:
                return method(*args)
            finally:
                taken.append(clock() - begin)

        return call

    for name in ENGINE_CALLS:
        setattr(engine, name, timed(getattr(engine, name)))
    try:
        yield taken
    finally:
        for name in ENGINE_CALLS:
            delattr(engine, name)


def page_costs(clock: Callable[[], float], beside: Sequence[Callable[[Query], object]] = ()) -> dict[str, list[float]]:
    """By query the median seconds of the page, of the engine in it and of what is done beside; then the page's queries.

    All of them run in turn, so that whatever else the machine does comes upon each alike.
    """
    plant_found()
    found = {}
    for name, query in queries().items():
        read = reading(address(query))
        if get_engine().search(query).hits and b'class="result__title"' not in read():
            raise RuntimeError(f"The page shows no hits for {name}.")
        costs: list[list[float]] = []
        with timed_engine(clock) as taken:
            for _run in range(RUNS):
                taken.clear()
                costs.append([_cost(read, clock), sum(taken)])
                costs[-1] += [_cost(partial(work, query), clock) for work in beside]
        found[name] = [statistics.median(column) for column in zip(*costs, strict=True)] + [count_queries(read)]
    return found


def _cost(work: Callable[[], object], clock: Callable[[], float]) -> float:
    begin = clock()
    work()
    return clock() - begin


assert all(query.page_size == PER_PAGE for query in queries().values())
