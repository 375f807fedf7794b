"""Brings the site up on one's own machine: database, demo content, catalogues, search index, web server and worker."""

import contextlib
import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor

HOST = "127.0.0.1"
START_SECONDS = 60
STOP_SECONDS = 10
# Of Linux's prctl: the signal that a process gets when its parent dies.
PR_SET_PDEATHSIG = 1


class Command(BaseCommand):
    """`manage.py run_site [--port 8000]`, which `make run` calls."""

    help = "Prepare what is not prepared yet, then serve the site with its task worker until Ctrl-C."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add --port."""
        parser.add_argument("--port", type=int, default=8000, help="the port on 127.0.0.1 (default: %(default)s)")

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        """Prepare and serve. Ends with Ctrl-C, or with an error as soon as one of the two processes ends by itself."""
        refuse_taken_port(port)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.default_int_handler)
        try:
            self.prepare()
            self.serve(port)
        except KeyboardInterrupt:
            self.stdout.write("\nStopped.")

    def serve(self, port: int) -> None:
        """Run web server and worker. Raises KeyboardInterrupt when told to end, CommandError when one of them ends."""
        # Neither of them may inherit a connection.
        connections.close_all()
        url = f"http://{HOST}:{port}"
        processes: dict[str, subprocess.Popen[bytes]] = {}
        try:
            processes["web server"] = start(url, "runserver", f"{HOST}:{port}", "--noreload", "--skip-checks")
            processes["task worker"] = start(url, "db_worker", "--queue-name=*", "--no-reload", "--verbosity=0")
            self.wait_until_up(port, processes)
            self.say_where(url)
            raise CommandError(f"The {wait_for_first_end(processes)} ended by itself, so the site has been stopped.")
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            stop(list(processes.values()))

    def prepare(self) -> None:
        """Bring database, demo content, catalogues and search index up to date; what is done already costs little."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Preparing the database ...")
            call_command("migrate", verbosity=0)
        call_command("compile_catalogues")
        if not get_user_model().objects.exists():
            self.stdout.write("Loading the demo content (once) ...")
            # All of it or nothing, so that a run cut short begins again.
            with transaction.atomic():
                call_command("load_demo", verbosity=0)  # the accounts are named once all is up
        call_command("rebuild_search_index", "--if-needed")

    def wait_until_up(self, port: int, processes: dict[str, subprocess.Popen[bytes]]) -> None:
        """Wait until the site answers. Raises CommandError when a process ends first, or when it takes too long."""
        deadline = time.monotonic() + START_SECONDS
        while not answers(port):
            for name, process in processes.items():
                if process.poll() is not None:
                    raise CommandError(f"The {name} could not start (exit status {process.returncode}).")
            if time.monotonic() > deadline:
                raise CommandError(f"The site did not answer within {START_SECONDS} seconds.")
            time.sleep(0.1)

    def say_where(self, url: str) -> None:
        """Print the addresses and the demo accounts."""
        self.stdout.write(f"\nPlenary is running:\n  site   {url}/\n  admin  {url}/admin/\n")
        call_command("load_demo", "--accounts")
        self.stdout.write("\nCtrl-C stops it.")


def refuse_taken_port(port: int) -> None:
    """Raise CommandError when nothing can listen on the port."""
    with socket.socket() as probe:
        # As the server will: a port whose last connections are still closing is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            message = f"Port {port} cannot be used ({error}). Take another one: make run PORT={min(port + 1, 65535)}"
            raise CommandError(message) from error


def start(site_url: str, *command: str) -> subprocess.Popen[bytes]:
    """Start a management command in a process group of its own, so that Ctrl-C reaches this process only.

    `site_url` is the address that mails and the admin give for the site, unless SITE_URL says another.
    """
    return subprocess.Popen(
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        env={"SITE_URL": site_url, **os.environ, "PYTHONUNBUFFERED": "1", "DJANGO_RUNSERVER_HIDE_WARNING": "true"},
        start_new_session=True,
        preexec_fn=end_with_parent,  # noqa: PLW1509  # no thread runs here
    )


def end_with_parent() -> None:
    """Have this process told to end when the one that started it is killed, since that one cannot tell it any more."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def answers(port: int) -> bool:
    """Whether the site answers at all, healthy or not."""
    # Not urllib, which would ask a proxy of the environment for this machine's own site.
    site = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        site.request("GET", "/health/")
        site.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        site.close()
    return True


def wait_for_first_end(processes: dict[str, subprocess.Popen[bytes]]) -> str:
    """Wait until one of the processes ends, and say which."""
    while True:
        for name, process in processes.items():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.5)
                return name


def stop(processes: list[subprocess.Popen[bytes]]) -> None:
    """End each process with all that it started: politely first, and for good after a while."""
    for number, seconds in ((signal.SIGTERM, STOP_SECONDS), (signal.SIGKILL, STOP_SECONDS)):
        for process in processes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, number)
        deadline = time.monotonic() + seconds
        for process in processes:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=max(0.0, deadline - time.monotonic()))
