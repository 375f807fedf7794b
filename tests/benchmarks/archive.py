"""Whether the archive answers in the same time with 100,000 documents as with 1,000: lists, sessions, administration.

Each page is read by the processor time of this process and of the database's server, which a busy machine does not make
longer, and compared with itself. Looking for a symbol in the administration reads through all symbols and titles: it is
shown, and has no bound.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse

from cms.meetings.models import Session
from cms.processes.models import Process, WorkingGroup
from documents.models import DocumentFile, LanguageVersion, OfficialDocument
from tests import factories
from tests.benchmarks.measure import Bound, Report, queries
from tests.benchmarks.pages import get
from tests.benchmarks.planting import BODIES, Site, plant_documents, plant_site

FEW_DOCUMENTS = 1_000
MANY_DOCUMENTS = 100_000
DOCUMENTS_PER_SESSION = 100
BATCH = 10_000
MANY_TO_FEW = 1.5
# A list asks at most so much, whatever its length, and a page that has lists among other things as much as any page.
MOST_QUERIES_OF_A_LIST = 20
MOST_QUERIES_OF_A_PAGE = 25
RUNS, FEWEST_RUNS = 15, 3
LONGEST = 1.5

ARCHIVE = {
    "front": "",
    "filtered": "?process=bench&kind=report&language=fr",
    "one year": "?year=2015",
    "in the middle": "?page={middle}",
    "last page": "?page=last",
    "oldest first": "?order=oldest",
    "by symbol": "?order=symbol",
    "by symbol, last page": "?order=symbol&page=last",
}
# Models whose lists in the administration are measured, with what is looked for in them.
ADMIN = {"documents": OfficialDocument, "versions": LanguageVersion, "files": DocumentFile}
SEARCHED = ", looking for a symbol"


@dataclass(frozen=True)
class Reading:
    """What a page costs: the median of several runs in seconds of processor time, with empty caches and then with full
    ones, and its queries with empty ones.
    """

    cold: float
    warm: float
    queries: int


def report() -> Report:
    """Read every page with few documents in the archive, then with many. On the database of the settings."""
    # Nothing here asks the search index, so nothing need be fed to it.
    with override_settings(TASKS={"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": []}}):
        site = plant_site()
        plant_archive(site.process, site.bodies, FEW_DOCUMENTS)
        few = {name: read(work) for name, work in pages(site, FEW_DOCUMENTS).items()}
        begin = time.perf_counter()
        plant_archive(site.process, site.bodies, MANY_DOCUMENTS)
        planting = time.perf_counter() - begin
        many = {name: read(work) for name, work in pages(site, MANY_DOCUMENTS).items()}
    lines = [
        f"{MANY_DOCUMENTS:,} documents, three versions each, on {connection.vendor}, planted in {planting:.0f} s.",
        "Milliseconds of processor time, the database's included:",
        f"{'':42}{f'with {FEW_DOCUMENTS:,}':>20}{f'with {MANY_DOCUMENTS:,}':>20}",
        f"{'':42}{'cold':>10}{'warm':>10}{'cold':>10}{'warm':>10}{'queries':>10}",
        *(_line(name, few[name], many[name]) for name in few),
    ]
    return Report(
        lines,
        [
            *_query_bounds(many),
            *(
                Bound(f"{name}: {MANY_DOCUMENTS:,} to {FEW_DOCUMENTS:,}", many[name].warm / few[name].warm, MANY_TO_FEW)
                for name in few
                if not name.endswith(SEARCHED)
            ),
        ],
    )


def report_on_postgresql() -> Report:
    """The same on a PostgreSQL of its own, in a process of its own."""
    bench = [sys.executable, "-m", "tests.benchmarks", "archive"]
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    run = subprocess.run(
        [sys.executable, "-m", "tests.postgresql", *bench],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    return Report(run.stdout.splitlines(), [Bound("exit status", run.returncode, 0)])


def _query_bounds(readings: dict[str, Reading]) -> Iterator[Bound]:
    """The bounds on the queries of lists, those of the archive and the administration, and of other pages."""
    lists = [name for name in readings if name.startswith(("archive,", "admin,"))]
    others = [name for name in readings if name not in lists]
    for what, names, bound in (("list", lists, MOST_QUERIES_OF_A_LIST), ("page", others, MOST_QUERIES_OF_A_PAGE)):
        most = max(names, key=lambda name: readings[name].queries)
        yield Bound(f"queries of a {what}, cold ({most} has the most)", readings[most].queries, bound)


def _line(name: str, few: Reading, many: Reading) -> str:
    times = (few.cold, few.warm, many.cold, many.warm)
    return f"{name:42}{''.join(f'{seconds * 1000:10.1f}' for seconds in times)}{many.queries:10}"


def plant_archive(process: Process, bodies: list[WorkingGroup], size: int) -> None:
    """Brings the archive to so many documents: reports of sessions, a hundred each, spread over the bodies."""
    missing = size - OfficialDocument.objects.count()
    first = Session.objects.count()
    sessions = Session.objects.bulk_create(
        [
            Session(
                working_group=bodies[number % len(bodies)],
                code=f"past-{first + number}",
                status=Session.Status.HELD,
            )
            for number in range(missing // DOCUMENTS_PER_SESSION + 1)
        ]
    )
    for start in range(0, missing, BATCH):
        held = sessions[start // DOCUMENTS_PER_SESSION :][: BATCH // DOCUMENTS_PER_SESSION]
        count = min(BATCH, missing - start)
        plant_documents(process, bodies, count, f"A{first}/{start}", held)
    with connection.cursor() as cursor:
        # What a database does by itself in time: PostgreSQL soon after such a load, SQLite when the site optimizes.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def plant_around(code: str, size: int) -> None:
    """Brings the archive to so many documents, of bodies of their own in the process with this code."""
    process = Process.objects.get(code=code)
    plant_archive(process, [factories.WorkingGroupFactory(process=process) for _number in range(BODIES)], size)


def pages(site: Site, size: int) -> dict[str, Callable[[], object]]:
    """The reading of each page: those of the public, and those of a person with all rights."""
    public, officer = Client(), Client()
    officer.force_login(factories.UserFactory(username=f"officer-{size}", is_superuser=True))
    middle = size // 50
    addresses = {f"archive, {name}": f"/en/documents/{query.format(middle=middle)}" for name, query in ARCHIVE.items()}
    addresses |= {name: site.addresses[name] for name in ("session", "body", "process", "home", "document, file only")}
    works: dict[str, Callable[[], object]] = {name: reading(public, path) for name, path in addresses.items()}
    for name, model in ADMIN.items():
        path = reverse(model.snippet_viewset.get_url_name("list"))
        works[f"admin, {name}"] = reading(officer, path)
        works[f"admin, {name}, page 2"] = reading(officer, f"{path}?p=2")
        works[f"admin, {name}{SEARCHED}"] = reading(officer, f"{path}?q=BENCH/S/17")
    return works


def reading(client: Client, path: str) -> Callable[[], bytes]:
    """The work of reading a page."""
    return lambda: get(client, path)


def read(work: Callable[[], object]) -> Reading:
    """Measure the reading of a page."""

    def cold() -> object:
        cache.clear()
        return work()

    work()  # imports and templates are loaded once in a process's life
    return Reading(median(cold), median(work), queries(cold))


def median(work: Callable[[], object]) -> float:
    """The median cost of several runs; of fewer where each takes long."""
    spent = spent_by_all()
    costs: list[float] = []
    while len(costs) < FEWEST_RUNS or (len(costs) < RUNS and sum(costs) < LONGEST):
        begin = spent()
        work()
        costs.append(spent() - begin)
    return statistics.median(costs)


def spent_by_all() -> Callable[[], float]:
    """What tells the processor time, in seconds, that this process and the database's for its connection have taken.

    SQLite works in this process. The kernel counts in nanoseconds; the server must run on this machine.
    """
    if connection.vendor != "postgresql":
        return time.process_time
    with connection.cursor() as cursor:
        # What goes to helpers of this connection's process would not be counted.
        cursor.execute("SET max_parallel_workers_per_gather = 0")
        cursor.execute("SELECT pg_backend_pid()")
        counted = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    return lambda: time.process_time() + int(counted.read_text().split()[0]) / 1e9
