"""Reads files in child processes with limits, so that a hostile one costs no more than its own refusal.

PDFium ends its process when memory runs out and cannot be interrupted; nothing of a file is parsed where requests are
answered. A server process, started when the first file is read, has the readers loaded and forks a child for each file
(`contained_server`): a child costs some milliseconds, and no process with threads or database connections is forked.
"""

import atexit
import contextlib
import json
import logging
import os
import select
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TypeVar

from documents.importing import libreoffice, wire
from documents.importing.model import DocumentReading, PageTexts
from documents.importing.refusal import Refused

logger = logging.getLogger(__name__)

T = TypeVar("T")

MAX_ANSWER = 128 * 1024 * 1024  # bytes
_GRACE = 10.0  # seconds beyond the wall time in which the server must have ended a child
_CHUNK = 1024 * 1024
_AHEAD = 2  # files for each worker that are read before the first is taken
_ROOT = Path(__file__).parents[2]
_START = (
    f"import sys; sys.path.insert(0, {str(_ROOT)!r}); from documents.importing.contained_server import serve; serve()"
)

_TOO_LONG = "Reading the file takes too long."
_BROKEN = "The file cannot be read safely: it breaks its reader, or needs more memory than is allowed."
_FAULT = "The file cannot be read: its reader failed."
_SIGXCPU = 24


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: bytes of address space, seconds of processor time, and seconds by the clock."""

    memory: int = 768 * 1024 * 1024
    cpu: int = 60
    wall: float = 120.0


LIMITS = Limits()


def read_contained(path: Path, limits: Limits = LIMITS) -> DocumentReading:
    """Reads a file as `parse.read_document` does, in a child.

    A format that LibreOffice reads is converted before, in a process of its own. Raises Refused, with one plain
    sentence, when the file is no document that can be read, or breaks its reader.
    """
    with libreoffice.converted(path) as copy:
        answer = _ask("read", copy.path if copy else path, limits, width=0)
    reading = _loaded(DocumentReading, answer)
    return replace(reading, file_name=path.name, sha256=copy.sha256) if copy else reading


def texts_contained(path: Path, limits: Limits = LIMITS) -> PageTexts:
    """A file's text by pages, as `page_texts.read_page_texts` gives it, read in a child. Raises Refused as
    `read_contained` does."""
    with libreoffice.converted(path) as copy:
        return _loaded(PageTexts, _ask("texts", copy.path if copy else path, limits, width=0))


def read_many(paths: Iterable[Path], workers: int | None = None) -> Iterator[tuple[Path, DocumentReading | Refused]]:
    """Reads files in children, as many at once as there are processors; gives them in the order of `paths`.

    Only a few are read ahead, so memory does not grow with their number.
    """
    workers = workers or len(os.sched_getaffinity(0))
    remaining = iter(paths)
    ahead: deque[tuple[Path, Future[DocumentReading | Refused]]] = deque()
    pool = ThreadPoolExecutor(workers, thread_name_prefix="reading")
    try:
        for path in remaining:
            ahead.append((path, pool.submit(_read_or_refusal, path)))
            if len(ahead) >= workers * _AHEAD:
                first, future = ahead.popleft()
                yield first, future.result()
        for path, future in ahead:
            yield path, future.result()
    finally:
        pool.shutdown(cancel_futures=True)


def picture_contained(path: Path, width: int, limits: Limits = LIMITS) -> bytes:
    """A PDF file's first page as a WebP picture so many pixels wide, made in a child of its own.

    Raises Refused where it has none: the file's text may be readable all the same.
    """
    return _ask("picture", path, limits, width=width)


def count_contained(path: Path, limits: Limits = LIMITS) -> int:
    """The number of pages of a PDF file, counted in a child of its own. Raises Refused where it cannot be opened."""
    return int(_ask("pages", path, limits, width=0))


def _read_or_refusal(path: Path) -> DocumentReading | Refused:
    try:
        return read_contained(path)
    except Refused as refusal:
        return refusal


def _loaded(kind: type[T], answer: bytes) -> T:
    try:
        return wire.load(kind, answer)
    except ValueError as error:
        raise Refused(_FAULT) from error


def _ask(task: str, path: Path, limits: Limits, *, width: int) -> bytes:
    """A child's answer. Raises Refused where it is a refusal, or none came."""
    request = {"task": task, "path": os.fsencode(path.absolute()).hex(), "width": width, **asdict(limits)}
    answer, how = _server.ask(json.dumps(request).encode(), limits.wall + _GRACE)
    if answer is None:
        word, _, number = how.partition(" ")
        logger.warning("The reader of %s did not finish: %s", path, how)
        raise Refused(_TOO_LONG if word == "timeout" or number == str(_SIGXCPU) else _BROKEN)
    kind, content = answer[:1], answer[1:]
    if kind == b"R":
        raise Refused(content.decode("utf-8", "replace"))
    if kind != b"A":
        logger.error("The reader of %s failed:\n%s", path, content.decode("utf-8", "replace"))
        raise Refused(_FAULT)
    return content


class _Server:
    """The server process as this process knows it: started when it is needed, and again when it has died."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None

    def ask(self, request: bytes, wait: float) -> tuple[bytes | None, str]:
        """A child's answer, or None and how it ended."""
        receiver, sender = os.pipe()
        try:
            try:
                self._send(request, sender)
            finally:
                os.close(sender)
            return _receive(receiver, wait)
        finally:
            os.close(receiver)

    def _send(self, request: bytes, sender: int) -> None:
        with self._lock:
            for _ in range(2):
                connection = self._socket or self._start()
                try:
                    socket.send_fds(connection, [request], [sender])
                except OSError:
                    self._stop()  # it has died: one more attempt with a new one
                else:
                    return
        raise Refused(_FAULT)

    def _start(self) -> socket.socket:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-c", _START],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                cwd="/",
                env={},
                start_new_session=True,
            )
        self._socket = ours
        return ours

    def _stop(self) -> None:
        if self._socket is not None:
            self._socket.close()
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_GRACE)
            self._process.kill()
            self._process.wait()
        self._process = self._socket = None

    def stop(self) -> None:
        """Ends the server and its children; the next file starts another one."""
        with self._lock:
            self._stop()

    def forget(self) -> None:
        """After a fork: the server is the other process's, this one starts its own."""
        if self._socket is not None:
            self._socket.close()
        self._lock = threading.Lock()
        self._process = self._socket = None


def _receive(receiver: int, wait: float) -> tuple[bytes | None, str]:
    """What comes through a pipe until its end, a bound of size or the wait in seconds."""
    deadline = time.monotonic() + wait
    poll = select.poll()
    poll.register(receiver, select.POLLIN)
    chunks: list[bytes] = []
    size = 0
    while size <= MAX_ANSWER:
        left = deadline - time.monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            return None, "timeout 0"
        chunk = os.read(receiver, _CHUNK)
        if not chunk:
            break
        chunks.append(chunk)
        size += len(chunk)
    data = b"".join(chunks)
    end = wire.LENGTH_BYTES + int.from_bytes(data[: wire.LENGTH_BYTES])
    if len(data) >= wire.LENGTH_BYTES and end <= min(len(data), MAX_ANSWER):
        return data[wire.LENGTH_BYTES : end], ""
    return None, data[-20:].decode("ascii", "replace")


_server = _Server()
atexit.register(_server.stop)
os.register_at_fork(after_in_child=_server.forget)
