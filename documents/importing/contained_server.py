"""The process that reads files for `contained`: warm, single-threaded, forking one child for every file.

It reads nothing itself. Requests come over the socket that is its standard input: one message each, a JSON object with
"task", "path" and the limits, and with it the write end of a pipe. The child writes its answer into the pipe; when it
has ended, a last line tells how: "\\nended 0", "\\nkilled 9", "\\ntimeout 0".
"""

import contextlib
import ctypes
import gc
import json
import os
import resource
import select
import signal
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from documents.importing import tasks, wire

MAX_MESSAGE = 64 * 1024
_OPEN_FILES = 32
_MOST_OPEN = 4096  # no file of the server has a higher number
_SET_DEATH_SIGNAL = 1  # of prctl


@dataclass(frozen=True, slots=True)
class _Child:
    pipe: int
    deadline: float


def serve() -> None:
    """Serves requests until the other side closes the socket; then ends every child and returns."""
    server = socket.socket(fileno=0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the asking process's affair
    wake, waker = os.pipe()
    os.set_blocking(waker, False)
    signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    gc.collect()
    gc.freeze()  # children share what is loaded
    children: dict[int, _Child] = {}
    try:
        while _serve_once(server, wake, children):
            pass
    finally:
        for pid in children:
            _kill(pid)


def _serve_once(server: socket.socket, wake: int, children: dict[int, _Child]) -> bool:
    """Waits for a request, an ended child or a deadline; False when the other side has gone."""
    wait = min((child.deadline for child in children.values()), default=None)
    timeout = None if wait is None else max(0.0, wait - time.monotonic())
    ready, _, _ = select.select([server.fileno(), wake], [], [], timeout)
    if wake in ready:
        os.read(wake, 4096)
    if server.fileno() in ready and not _take_request(server, children):
        return False
    for pid, child in list(children.items()):
        if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            _end(children, pid, "")
        elif time.monotonic() >= child.deadline:
            _end(children, pid, "timeout 0")
    return True


def _take_request(server: socket.socket, children: dict[int, _Child]) -> bool:
    message, files, _, _ = socket.recv_fds(server, MAX_MESSAGE, 1)
    if not message:
        return False
    request = json.loads(message)
    (pipe,) = files
    pid = os.fork()
    if pid == 0:
        _run(request, pipe)
    children[pid] = _Child(pipe, time.monotonic() + request["wall"])
    return True


def _run(request: dict[str, Any], pipe: int) -> NoReturn:
    """The child: limits first, then the one file. Whatever happens, it ends here."""
    status = 1
    try:
        os.setsid()
        _limit(request["memory"], request["cpu"])
        ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, signal.SIGKILL)  # a child does not outlive the server
        os.dup2(pipe, 1)
        with Path(os.devnull).open("r+b") as nothing:
            os.dup2(nothing.fileno(), 0)
            os.dup2(nothing.fileno(), 2)
        os.closerange(3, _MOST_OPEN)
        os.environ.clear()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        gc.disable()  # the process ends before garbage counts
        path = Path(os.fsdecode(bytes.fromhex(request["path"])))
        answer = tasks.run(request["task"], path, request["width"])
        with open(1, "wb") as output:
            output.write(len(answer).to_bytes(wire.LENGTH_BYTES) + answer)
        status = 0
    finally:
        os._exit(status)


def _limit(memory: int, cpu: int) -> None:
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
    ):
        resource.setrlimit(kind, (most, most))


def _end(children: dict[int, _Child], pid: int, how: str) -> None:
    """Ends a child with all that it may have started, and tells how it ended.

    The pipe may be full of an answer that nobody has read yet; that answer is whole then, or its length tells.
    """
    _kill(pid)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    pipe = children.pop(pid).pipe
    os.set_blocking(pipe, False)
    with contextlib.suppress(OSError):
        os.write(pipe, (how or (f"killed {-code}" if code < 0 else f"ended {code}")).encode())
    os.close(pipe)


def _kill(pid: int) -> None:
    """Kills a child that was not waited for yet, and its session; it may not have begun one."""
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(pid, signal.SIGKILL)
