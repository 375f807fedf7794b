"""Two web servers and a worker share one embedded index, each a process of its own."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from subprocess import Popen
from urllib.parse import quote

import pytest
from pytest_django import Settings

from documents.models import LanguageVersion
from search.checking import check
from search.engines import get_engine
from search.models import IndexChange
from search.outbox import feed, note_versions
from tests import factories
from tests.search.processes import WORKER, running, wait_until
from tests.tree import Tree

pytestmark = pytest.mark.django_db(transaction=True)

Web = tuple[Popen[bytes], int]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def finds(port: int, words: str, title: str) -> bool:
    """Whether a web server is up and shows this title among the results."""
    site = HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        site.request("GET", f"/en/search/?q={quote(words)}")
        response = site.getresponse()
        return response.status == 200 and title in response.read().decode()
    except ConnectionError:
        return False
    finally:
        site.close()


@pytest.fixture
def site(settings: Settings, tmp_path: Path, tree: Tree) -> Iterator[tuple[list[Web], Popen[bytes]]]:
    """Two web servers that are up, and a worker."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    get_engine().rebuild([])
    factories.LanguageVersionFactory(title="Okapi")
    with ExitStack() as stack:
        webs = []
        for port in (free_port(), free_port()):
            command = ("runserver", f"127.0.0.1:{port}", "--noreload", "--skip-checks")
            webs.append((stack.enter_context(running(*command)), port))
        worker = stack.enter_context(running(*WORKER))
        for process, port in webs:
            wait_until(partial(finds, port, "okapi", "Okapi"), process)
        yield webs, worker


def test_what_is_saved_is_found_by_every_web_server(site: tuple[list[Web], Popen[bytes]]) -> None:
    webs, _worker = site
    version = factories.LanguageVersionFactory(title="Zebra one")
    for process, port in webs:
        wait_until(partial(finds, port, "zebra", "Zebra one"), process)

    version.state = LanguageVersion.State.WITHDRAWN
    version.save()
    for process, port in webs:
        wait_until(partial(finds, port, "zebra", "Nothing was found"), process)


def test_a_second_writer_waits_for_the_first(site: tuple[list[Web], Popen[bytes]]) -> None:
    _webs, worker = site
    versions = [factories.LanguageVersionFactory(title=f"Zebra {number}").pk for number in range(30)]
    for _round in range(20):
        note_versions(versions)
        assert feed().trouble == ""
    wait_until(lambda: not IndexChange.objects.exists(), worker)
    assert check().ids == ()
