"""What public pages cost. The first line, a bare view through all middleware, is what the others are compared with."""

from collections.abc import Callable

from django.test import Client, override_settings

from tests.benchmarks.measure import Bound, Measure, Report, measure, table
from tests.benchmarks.planting import Site, plant_documents, plant_site

MOST_QUERIES = 25
FEW_DOCUMENTS = 100
MANY_DOCUMENTS = 10_000
# Of warm times: the longest document to an ordinary one, and a page of the archive to itself with few documents.
LONG_TO_SHORT = 2
MANY_TO_FEW = 2

ARCHIVE = {
    "archive": "",
    "archive, last page": "?page=last",
    "archive, by symbol": "?order=symbol",
    "archive, filtered": "?process=bench&kind=report&language=fr",
}


def get(client: Client, path: str) -> bytes:
    """The body of a page. Raises RuntimeError unless it is there: an error page would measure well."""
    response = client.get(path)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answers {response.status_code}")
    return response.content


def report() -> Report:
    """Measure each kind of page, first with few documents in the archive, then with many."""
    # Nothing here asks the search index, so nothing need be fed to it.
    with override_settings(TASKS={"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": []}}):
        site = plant_site()
    plant_documents(site.process, site.bodies, FEW_DOCUMENTS, "FEW")
    bare = measure("bare view", reading("/health/"), runs=50)
    few = {name: measure(name, reading(path)) for name, path in addresses(site).items()}
    plant_documents(site.process, site.bodies, MANY_DOCUMENTS, "MANY")
    many = {name: measure(name, reading(path)) for name, path in addresses(site).items()}
    return Report(
        [
            f"With {FEW_DOCUMENTS} documents in the archive:",
            *table([bare, *few.values()]),
            "",
            f"With {MANY_DOCUMENTS:,} documents in the archive, three versions each:",
            *table([bare, *many.values()]),
        ],
        bounds(few, many),
    )


def reading(path: str) -> Callable[[], bytes]:
    """The work of reading a page as one of the public."""
    client = Client()
    return lambda: get(client, path)


def addresses(site: Site) -> dict[str, str]:
    """The address of everything that is measured."""
    return site.addresses | {name: f"/en/documents/{query}" for name, query in ARCHIVE.items()}


def bounds(few: dict[str, Measure], many: dict[str, Measure]) -> list[Bound]:
    """What must hold of the pages."""
    most = max([*few.values(), *many.values()], key=lambda item: item.cold_queries)
    long, short = few["document, 300 paragraphs"], few["document, 40 paragraphs"]
    return [
        Bound(f"queries of any page, cold ({most.name} has the most)", most.cold_queries, MOST_QUERIES),
        Bound("300 paragraphs to 40, warm", long.warm_seconds / short.warm_seconds, LONG_TO_SHORT),
        *(
            Bound(
                f"{name}: {MANY_DOCUMENTS:,} documents to {FEW_DOCUMENTS}, warm",
                many[name].warm_seconds / few[name].warm_seconds,
                MANY_TO_FEW,
            )
            for name in few
        ),
    ]
