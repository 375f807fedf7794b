"""Runs commands of the site as its users do, in a folder of their own, and watches their time, memory and output."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from django.conf import settings

from tests.benchmarks.measure import MEBIBYTE

SAMPLE_SECONDS = 0.02
# What would lead a command away from its own folder.
ELSEWHERE = ("DATABASE_URL", "CACHE_URL", "ELASTICSEARCH_URL", "STORAGE_BUCKET", "DJANGO_SETTINGS_MODULE")


@dataclass(frozen=True)
class Line:
    """A line that a command printed: when it came, by the clock, the processor time that it had spent until then, and
    the time that all processors of the machine had been busy. Seconds.
    """

    text: str
    moment: float
    spent: float
    busy: float


@dataclass
class Run:
    """A command that was watched: its lines, and its memory in bytes at moments in seconds."""

    lines: list[Line] = field(default_factory=list)
    samples: list[tuple[float, int]] = field(default_factory=list)

    def peak(self, until: float | None = None) -> float:
        """The most memory that it held, in megabytes, up to a moment (to its end if none is given)."""
        return max(size for moment, size in self.samples if until is None or moment <= until) / MEBIBYTE

    def line(self, start: str) -> Line:
        """The first line that begins so. Raises StopIteration when there is none."""
        return next(line for line in self.lines if line.text.startswith(start))


@contextmanager
def watched(folder: Path, *command: str) -> Iterator[tuple[Run, Iterator[str]]]:
    """Runs ``manage.py`` with all that it writes kept in the folder. Gives the run and the lines that it prints.

    Ends it when the block is left before it ends by itself. Raises RuntimeError when it ends with an error.
    """
    environment = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
    run = Run()
    begin = time.perf_counter()
    with (folder / "errors.txt").open("w+", encoding="utf-8") as errors:
        process = subprocess.Popen(
            [sys.executable, "manage.py", *command],
            cwd=settings.BASE_DIR,
            env=environment | {"VAR_DIR": str(folder / "var"), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        sampler = threading.Thread(target=_sample, args=(process, run, begin))
        sampler.start()
        try:
            yield run, _lines(process, run, begin)
        finally:
            was_ended = process.poll() is None
            process.terminate()
            process.wait()
            sampler.join()
        if process.returncode and not was_ended:
            errors.seek(0)
            raise RuntimeError(f"{' '.join(command)} failed: {errors.read()[-2000:]}")


def _sample(process: subprocess.Popen[str], run: Run, begin: float) -> None:
    """Notes the memory of the process until it ends."""
    watched_process = psutil.Process(process.pid)
    while process.poll() is None:
        try:
            run.samples.append((time.perf_counter() - begin, watched_process.memory_info().rss))
        except psutil.NoSuchProcess:
            return
        time.sleep(SAMPLE_SECONDS)


def _lines(process: subprocess.Popen[str], run: Run, begin: float) -> Iterator[str]:
    """The lines that the process prints, each noted with its moment."""
    assert process.stdout is not None  # it was opened as a pipe
    watched_process = psutil.Process(process.pid)
    for line in process.stdout:
        moment, spent = time.perf_counter() - begin, run.lines[-1].spent if run.lines else 0.0
        # It may have ended after the line that is read here.
        with suppress(psutil.NoSuchProcess):
            times = watched_process.cpu_times()
            spent = times.user + times.system
        run.lines.append(Line(line.rstrip("\n"), moment, spent, _busy()))
        yield run.lines[-1].text
    process.wait()


def _busy() -> float:
    """The seconds that the machine's processors have been busy, all together, since it was started."""
    times = psutil.cpu_times()
    return sum(times) - times.idle - times.iowait - times.guest - times.guest_nice


def run_to_end(folder: Path, *command: str) -> Run:
    """Runs ``manage.py`` to its end. Raises RuntimeError when that is an error."""
    with watched(folder, *command) as (run, lines):
        for _line in lines:
            pass
    return run
