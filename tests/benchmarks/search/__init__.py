"""What search costs with 1,000, 10,000 and 100,000 entries of about 3 kB, half of them Russian.

Bounds are ratios within one run. Times are processor time where all the work is done in this process, and by the clock
where a server or other processes take part.
"""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from django.test import override_settings

from cms.meetings.models import Session
from search.engines import get_engine
from tests.benchmarks.measure import Bound, Report
from tests.benchmarks.planting import Site, plant_site
from tests.benchmarks.search import embedded, on_elasticsearch, wagtail_default
from tests.benchmarks.search.corpus import Facts
from tests.benchmarks.search.views import page_costs

SIZES = (1_000, 10_000, 100_000)
MOST_QUERIES = 12
MOST_TO_ENGINE = 3


def report(most: int = SIZES[-1]) -> Report:
    """Measure everything, in indexes of up to so many entries."""
    with (
        tempfile.TemporaryDirectory() as folder,
        override_settings(TASKS={"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": []}}),
    ):
        reports = list(_reports(Path(folder), [size for size in SIZES if size <= most]))
    lines = [line for part in reports for line in ("", *part.lines)]
    return Report(lines, [bound for part in reports for bound in part.bounds])


def _reports(folder: Path, sizes: list[int]) -> Iterator[Report]:
    facts = facts_of(plant_site())
    indexes = [embedded.build(folder / str(size), size, facts) for size in sizes]
    yield embedded.indexing(indexes)
    yield embedded.growth(indexes)
    for index in indexes:
        with override_settings(SEARCH_INDEX_DIR=index.folder, ELASTICSEARCH_URL=""):
            yield _page(index.size)
    yield embedded.memory(indexes[-1])
    yield wagtail_default.report(
        max((i for i in indexes if i.size <= wagtail_default.COMPARED), key=lambda i: i.size), facts
    )
    yield embedded.while_indexing(indexes[-1], facts)
    yield on_elasticsearch.report(sizes, facts)


def facts_of(site: Site) -> Facts:
    """What the entries belong to."""
    sessions = Session.objects.order_by("pk").values_list("pk", flat=True)
    return Facts(str(site.process.pk), [str(body.pk) for body in site.bodies], list(map(str, sessions)))


def _page(size: int) -> Report:
    """The page beside the calls that it makes of the embedded engine."""
    found = page_costs(time.process_time)
    lines = [f"The page on {size:,} entries, {get_engine().name}, median milliseconds:  page, engine in it, queries"]
    ratios = {name: page / engine for name, (page, engine, _queries) in found.items()}
    for name, (page, engine, queries) in found.items():
        lines.append(f"{name:28}{page * 1000:10.1f}{engine * 1000:10.1f}{queries:6.0f}{ratios[name]:8.2f}x")
    worst = max(ratios, key=lambda name: ratios[name])
    return Report(
        lines,
        [
            Bound(f"page to its engine calls, {size:,} entries ({worst})", ratios[worst], MOST_TO_ENGINE),
            Bound("queries of the page", max(queries for _page, _engine, queries in found.values()), MOST_QUERIES),
        ],
    )
