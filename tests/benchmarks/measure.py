"""Measures a piece of work: time, database queries and peak memory."""

import statistics
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext


@dataclass(frozen=True)
class Measure:
    """What a piece of work costs: cold with an empty cache, warm the median of several runs after it."""

    name: str
    cold_seconds: float
    warm_seconds: float
    cold_queries: int
    warm_queries: int
    peak_bytes: int


def queries(work: Callable[[], object]) -> int:
    """The number of queries that the work makes."""
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def seconds(work: Callable[[], object]) -> float:
    """The time that the work takes, by the clock."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


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
        return work()

    cold_seconds = statistics.median(seconds(cold) for _ in range(max(3, runs // 4)))
    warm_seconds = statistics.median(seconds(work) for _ in range(runs))
    return Measure(name, cold_seconds, warm_seconds, queries(cold), queries(work), peak_bytes(work))


def table(measures: list[Measure]) -> str:
    """The measures as lines of text. Times are ratios to the first measure's warm time, so that runs on different
    machines, or on a busy one, can be compared."""
    unit = measures[0].warm_seconds
    width = max(len(measure.name) for measure in measures)
    lines = [f"{'':{width}}  {'cold':>8}  {'warm':>8}  queries cold/warm  peak memory"]
    lines += [
        f"{item.name:{width}}  {item.cold_seconds / unit:7.1f}x  {item.warm_seconds / unit:7.1f}x"
        f"  {item.cold_queries:12} / {item.warm_queries:<2}  {item.peak_bytes / 1024**2:7.1f} MB"
        for item in measures
    ]
    return "\n".join([*lines, f"1x = {unit * 1000:.2f} ms on this machine ({measures[0].name}, warm)"])
