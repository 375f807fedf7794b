"""`make run`, as a person at a terminal sees it: up, up again, and gone with Ctrl-C."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import psycopg
import pytest
from django.conf import settings

# Many times what either takes: nothing but a failure waits so long.
START_SECONDS = 900
STOP_SECONDS = 180
DATABASE = "plenary_run_site"


@pytest.fixture
def environment(tmp_path: Path, database_address: str | None) -> Iterator[dict[str, str]]:
    """The environment of a machine where nothing is prepared: an empty folder and, on PostgreSQL, an empty database."""
    variables = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path / "var"), "PYTHONUNBUFFERED": "1"}
    if database_address is None:
        yield variables
        return
    with psycopg.connect(database_address, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE}")
        connection.execute(f"CREATE DATABASE {DATABASE}")
        yield {**variables, "DATABASE_URL": urlsplit(database_address)._replace(path=f"/{DATABASE}").geturl()}
        connection.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run_until_up(environment: dict[str, str], port: int, log: Path) -> subprocess.Popen[bytes]:
    """Start the site and return once it says that it runs."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "run_site", "--port", str(port)],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    deadline = time.monotonic() + START_SECONDS
    while "Ctrl-C stops it." not in log.read_text():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.1)
    return process


def read_page(port: int, path: str) -> str:
    site = HTTPConnection("127.0.0.1", port, timeout=120)
    site.request("GET", path)
    response = site.getresponse()
    assert response.status == 200
    return response.read().decode()


def stop(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """End the site, and see that nothing it started is left."""
    started = psutil.Process(process.pid).children(recursive=True)
    assert len(started) >= 2, "a web server and a worker"
    process.send_signal(number)
    assert process.wait(timeout=STOP_SECONDS) == 0
    assert [child for child in started if child.is_running() and child.status() != psutil.STATUS_ZOMBIE] == []


def test_the_site_comes_up_from_nothing_and_again_and_ends_with_all_it_started(
    environment: dict[str, str], tmp_path: Path
) -> None:
    port = free_port()
    process = run_until_up(environment, port, tmp_path / "first.log")
    first = (tmp_path / "first.log").read_text()
    try:
        assert f"http://127.0.0.1:{port}/admin/" in first
        assert re.search(r"^ +translator-ar ", first, re.MULTILINE)
        home = read_page(port, "/en/")
        assert "<h1" in home
        in_use = subprocess.run(
            [sys.executable, "manage.py", "run_site", "--port", str(port)],
            cwd=settings.BASE_DIR,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert in_use.returncode == 1
        assert f"make run PORT={port + 1}" in in_use.stderr
    finally:
        stop(process, signal.SIGINT)

    process = run_until_up(environment, port, tmp_path / "second.log")
    second = (tmp_path / "second.log").read_text()
    try:
        assert "Preparing the database" not in second
        assert "Loading the demo content" not in second
        assert "<h1" in read_page(port, "/en/")
    finally:
        stop(process, signal.SIGTERM)
