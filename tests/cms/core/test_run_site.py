"""Starting and ending the processes behind `make run`."""

import signal
import socket
import subprocess
import sys
import time

import psutil
import pytest
from django.core.management import CommandError

from cms.core.management.commands.run_site import refuse_taken_port, stop

PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", {child!r}])
print(child.pid, flush=True)
time.sleep(60)
"""
STARTER = """
import subprocess, sys, time
from cms.core.management.commands.run_site import end_with_parent
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], preexec_fn=end_with_parent)
print(child.pid, flush=True)
time.sleep(60)
"""
POLITE = "import time; time.sleep(60)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"


def test_a_taken_port_is_refused_with_the_way_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=rf"Port {port} cannot be used .* make run PORT="):
            refuse_taken_port(port)
    refuse_taken_port(port)


def test_a_port_that_is_none_is_refused() -> None:
    with pytest.raises(CommandError, match="Port 70000 cannot be used"):
        refuse_taken_port(70000)


@pytest.mark.parametrize("child", [POLITE, DEAF], ids=["polite", "deaf"])
def test_stopping_ends_children_of_children_too(child: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", PARENT.format(child=child)], stdout=subprocess.PIPE, start_new_session=True
    )
    assert process.stdout is not None
    grandchild = psutil.Process(int(process.stdout.readline()))
    if child == DEAF:
        assert process.stdout.readline() == b"deaf\n"
    stop([process])
    assert process.returncode == -signal.SIGTERM
    wait_for_end(grandchild)


def test_what_was_started_ends_with_a_killed_starter() -> None:
    process = subprocess.Popen([sys.executable, "-c", STARTER], stdout=subprocess.PIPE)
    assert process.stdout is not None
    grandchild = psutil.Process(int(process.stdout.readline()))
    process.kill()
    process.wait(timeout=60)
    wait_for_end(grandchild)


def wait_for_end(process: psutil.Process) -> None:
    deadline = time.monotonic() + 60
    while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline, "a process that the site started is still there"
        time.sleep(0.05)
