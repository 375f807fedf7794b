"""What public pages cost. The first line, a bare view through all middleware, is what the others are compared with."""

from collections.abc import Iterator

from django.test import Client

from tests.benchmarks.measure import Measure, measure


def get(client: Client, path: str) -> bytes:
    """The body of a page. Raises RuntimeError unless it is there: an error page would measure well."""
    response = client.get(path)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answers {response.status_code}")
    return response.content


def measures() -> Iterator[Measure]:
    """Measure each kind of page."""
    client = Client()
    yield measure("bare view", lambda: get(client, "/health/"), runs=50)
