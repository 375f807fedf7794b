"""The embedded index: how fast it is filled, how it answers as it grows, while it is written to, and in what memory."""

import math
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import django
import psutil

from search.engines.embedded import EmbeddedEngine
from tests.benchmarks.measure import MEBIBYTE, Bound, Report, seconds
from tests.benchmarks.planting import LANGUAGES
from tests.benchmarks.search.corpus import Facts, entries, queries

RUNS = 15
READERS = 4
ALONE_SECONDS = 6.0
CHANGES = 500
CHANGES_AT_ONCE = 10
FEWEST_ENTRIES_A_SECOND = 1_500
MOST_GROWTH = 3
MOST_WHILE_WRITING = 2
MOST_MEMORY = 150  # MB


@dataclass(frozen=True)
class Index:
    """An index of so many entries, and the entries that went into it by second of processor time."""

    size: int
    folder: Path
    rate: float

    def engine(self) -> EmbeddedEngine:
        """An engine that asks it."""
        return EmbeddedEngine(self.folder, LANGUAGES)


def build(folder: Path, size: int, facts: Facts) -> Index:
    """Build an index. What making the entries takes is taken away from what it took."""
    making = seconds(lambda: [None for _entry in entries(size, facts)])
    whole = seconds(lambda: EmbeddedEngine(folder, LANGUAGES).rebuild(entries(size, facts)))
    return Index(size, folder, size / (whole - making))


def indexing(indexes: Sequence[Index]) -> Report:
    """What went in by second of processor time, of all cores together."""
    lines = [f"{index.size:9,} entries: {index.rate:6.0f} a second of processor time" for index in indexes]
    spent = FEWEST_ENTRIES_A_SECOND / indexes[-1].rate
    return Report(
        ["Indexing:", *lines], [Bound(f"seconds of a core to index {FEWEST_ENTRIES_A_SECOND:,} entries", spent, 1)]
    )


def growth(indexes: Sequence[Index]) -> Report:
    """What every query takes in every index, asked in turn."""
    engines = [index.engine() for index in indexes]
    taken: dict[tuple[str, int], list[float]] = {}
    for name, query in queries().items():
        for run in range(RUNS + 1):
            for index, engine in zip(indexes, engines, strict=True):
                spent = seconds(partial(engine.search, query))
                if run:  # the first opens files
                    taken.setdefault((name, index.size), []).append(spent)
    lines = ["The engine's answer, median milliseconds:", " " * 28 + "".join(f"{i.size:>12,}" for i in indexes)]
    for name in queries():
        times = "".join(f"{statistics.median(taken[name, index.size]) * 1000:12.1f}" for index in indexes)
        lines.append(f"{name:28}{times}")
    bounds = []
    for what, share in (("median", 0.5), ("95th percentile", 0.95)):
        few, many = (
            at([time for (_name, size), times in taken.items() if size == index.size for time in times], share)
            for index in (indexes[0], indexes[-1])
        )
        lines.append(f"{what + ' of all':28}{few * 1000:12.1f}{many * 1000:{12 * (len(indexes) - 1)}.1f}")
        bounds.append(Bound(f"{what}, {indexes[-1].size:,} entries to {indexes[0].size:,}", many / few, MOST_GROWTH))
    return Report(lines, bounds)


def at(values: Sequence[float], share: float) -> float:
    """The value that such a share of the values does not exceed."""
    return sorted(values)[math.ceil(share * len(values)) - 1]


def while_indexing(index: Index, facts: Facts) -> Report:
    """Readers in processes of their own, alone and then while changes are indexed. By the clock."""
    changed = [replace(entry, title=f"{entry.title} changed") for entry in islice(entries(index.size, facts), CHANGES)]
    engine = index.engine()
    with _processes(READERS) as readers:
        alone = _readers(readers, index, lambda: time.sleep(ALONE_SECONDS))

        def write() -> None:
            for start in range(0, len(changed), CHANGES_AT_ONCE):
                engine.index(changed[start : start + CHANGES_AT_ONCE])

        beside = _readers(readers, index, write)
    lines = [
        f"{READERS} readers of {index.size:,} entries, milliseconds by the clock:",
        *(
            f"{name:28} median {at(times, 0.5) * 1000:7.1f}  95th percentile {at(times, 0.95) * 1000:7.1f}"
            f"  {len(times):6,} answers"
            for name, times in {"alone": alone, f"while {CHANGES} changes go in": beside}.items()
        ),
    ]
    ratio = at(beside, 0.95) / at(alone, 0.95)
    return Report(lines, [Bound("95th percentile while changes are indexed to alone", ratio, MOST_WHILE_WRITING)])


def _readers(pool: ProcessPoolExecutor, index: Index, work: Callable[[], object]) -> list[float]:
    """What the readers' answers took while the work was done."""
    stop = index.folder / "stop"
    started = [index.folder / f"started-{place}" for place in range(READERS)]
    for sign in (stop, *started):
        sign.unlink(missing_ok=True)
    answers = [pool.submit(read_until, index.folder, place) for place in range(READERS)]
    while not all(sign.exists() for sign in started):
        time.sleep(0.05)
        for answer in answers:
            if answer.done():
                answer.result()  # raises what went wrong
    work()
    stop.touch()
    return [time for answer in answers for time in answer.result()]


def read_until(folder: Path, place: int) -> list[float]:
    """Ask one query after the other until there is a file "stop"; the seconds of each. An error ends the bench."""
    engine = EmbeddedEngine(folder, LANGUAGES)
    asked = list(queries().values())
    for query in asked:
        engine.search(query)
    (folder / f"started-{place}").touch()
    taken = []
    while not (folder / "stop").exists():
        for query in asked:
            begin = time.perf_counter()
            engine.search(query)
            taken.append(time.perf_counter() - begin)
    return taken


def _processes(count: int) -> ProcessPoolExecutor:
    """Processes of the site, each started from nothing."""
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=django.setup)


def memory(index: Index) -> Report:
    """What a process of the site grows by when it has answered every query from an index."""
    with _processes(1) as pool:
        grown = pool.submit(grow, index.folder).result()
    line = f"Memory of a web process: {grown:.0f} MB more once it has answered from {index.size:,} entries"
    return Report([line], [Bound("megabytes that a web process grows by", grown, MOST_MEMORY)])


def grow(folder: Path) -> float:
    """The megabytes, the index's files in memory included, that this process grows by when it asks the index."""
    before = psutil.Process().memory_info().rss
    engine = EmbeddedEngine(folder, LANGUAGES)
    for _run in range(3):
        for query in queries().values():
            engine.search(query)
    return float(psutil.Process().memory_info().rss - before) / MEBIBYTE
