"""Measures a piece of work: processor time, database queries and peak memory."""

import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

MEBIBYTE = 1024**2


@dataclass(frozen=True)
class Measure:
    """What a piece of work costs: cold with empty caches, and warm. Times are the least of several runs, since
    whatever else a machine does only makes a run slower."""

    name: str
    cold_seconds: float
    warm_seconds: float
    cold_queries: int
    warm_queries: int
    peak_bytes: int


@dataclass(frozen=True)
class Bound:
    """A value that must not exceed its limit."""

    name: str
    value: float
    limit: float

    @property
    def is_kept(self) -> bool:
        """Whether the value lies within the limit."""
        return self.value <= self.limit

    def line(self) -> str:
        """The bound as a line of a report."""
        return f"{'pass' if self.is_kept else 'FAIL'}  {self.name}: {self.value:.4g}, at most {self.limit:g}"


@dataclass(frozen=True)
class Report:
    """What a bench found: lines of text, and the bounds that hold for it."""

    lines: list[str]
    bounds: list[Bound] = field(default_factory=list)

    def text(self) -> str:
        """The report as it is printed."""
        return "\n".join([*self.lines, *(bound.line() for bound in self.bounds)])


def queries(work: Callable[[], object]) -> int:
    """The number of queries that the work makes."""
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def seconds(work: Callable[[], object]) -> float:
    """The processor time that the work takes in this process, which no other work on the machine makes longer.

    SQLite and the embedded search engine work in this process too; a database server's own time is not in it.
    """
    begin = time.process_time()
    work()
    return time.process_time() - begin


def peak_bytes(work: Callable[[], object]) -> int:
    """The most memory that Python objects made by the work hold at one time."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def measure(name: str, work: Callable[[], object], *, runs: int = 20) -> Measure:
    """Measure work that can be repeated, each cost in runs of its own so that none disturbs another."""
    work()  # imports, templates and the engine's files are loaded once in a process's life

    def cold() -> object:
        cache.clear()
        ContentType.objects.clear_cache()
        return work()

    cold_seconds = min(seconds(cold) for _ in range(max(3, runs // 4)))
    warm_seconds = min(seconds(work) for _ in range(runs))
    return Measure(name, cold_seconds, warm_seconds, queries(cold), queries(work), peak_bytes(work))


def table(measures: list[Measure]) -> list[str]:
    """The measures as lines of text: times in milliseconds, and as ratios to the first measure's warm time, so that
    runs on different machines, or on a busy one, can be compared."""
    unit = measures[0].warm_seconds
    width = max(len(measure.name) for measure in measures)
    head = f"{'':{width}}  {'cold':>17}  {'warm':>17}  queries cold/warm  peak memory"
    lines = [
        f"{item.name:{width}}  {_time(item.cold_seconds, unit)}  {_time(item.warm_seconds, unit)}"
        f"  {item.cold_queries:12} / {item.warm_queries:<2}  {item.peak_bytes / MEBIBYTE:8.1f} MB"
        for item in measures
    ]
    return [head, *lines, f"1x = {measures[0].name}, warm"]


def _time(spent: float, unit: float) -> str:
    return f"{spent / unit:6.1f}x {spent * 1000:6.1f} ms"
