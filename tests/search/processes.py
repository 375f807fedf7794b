"""Management commands in processes of their own, on a test's database and index."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

from django.conf import settings as django_settings
from django.db import connection

from search.engines.base import Engine
from search.engines.elasticsearch import ElasticsearchEngine

PATIENCE = 900  # seconds, many times what anything here takes
LEASE = 2  # seconds, so that no test waits half a minute for the lock of a killed writer

PROCESS = """
import sys
from functools import cache
import django
from django.conf import settings

settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.SEARCH_INDEX_DIR, settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_PREFIX = sys.argv[2:5]
settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
django.setup()

from django.core.management import call_command
from search import engines
from search.engines.elasticsearch import ElasticsearchEngine

engines._elasticsearch = cache(lambda *where: ElasticsearchEngine(*where, lease=float(sys.argv[5])))
call_command(*sys.argv[6:])
"""
WORKER = ("db_worker", "--queue-name=*", "--interval=0.2", "--no-reload", "--no-startup-delay", "--verbosity=0")


@cache
def impatient(url: str, prefix: str, languages: tuple[str, ...]) -> Engine:
    """The engine on Elasticsearch, which takes the lock of a killed writer over soon."""
    return ElasticsearchEngine(url, prefix, languages, lease=LEASE)


@contextmanager
def running(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    """A management command in a process of its own, on this test's database and index; killed in the end."""
    where = (
        connection.settings_dict["NAME"],
        django_settings.SEARCH_INDEX_DIR,
        django_settings.ELASTICSEARCH_URL,
        django_settings.ELASTICSEARCH_PREFIX,
        LEASE,
    )
    process = subprocess.Popen(
        [sys.executable, "-c", PROCESS, *map(str, where), *command],
        cwd=django_settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.test"},
        stdout=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def wait_until(condition: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    """Waits for something that a process brings about."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert process.poll() is None, "it ended by itself"
        assert time.monotonic() < deadline
        time.sleep(0.02)
