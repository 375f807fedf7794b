"""How far a long command has come: counts and time left."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

T = TypeVar("T")

TERMINAL_INTERVAL = 0.1  # seconds between two lines that overwrite each other
PLAIN_INTERVAL = 10.0  # seconds between two lines in a log
TELLING_PACE = 10  # steps a second, from which on the pace is told: of slow work the time left says more


class TextStream(Protocol):
    """What a command writes to: a file, or the stream that Django gives its commands."""

    def write(self, text: str, /) -> object:
        """Write the text."""

    def flush(self) -> None:
        """Bring what was written to whoever reads it."""


class Progress:
    """Prints "Documents 34/60, about 5 s left": in place on a terminal, now and then as plain lines elsewhere.

    ``total`` is the number of steps, or None where it is not known; ``stream`` is what a command writes to. Use it as
    a context manager, and call :meth:`step` after each piece of work. ``done`` steps were done earlier, which tells
    nothing of the pace now. ``clock`` gives seconds (for tests).
    """

    def __init__(
        self,
        label: str,
        total: int | None,
        stream: TextStream,
        *,
        done: int = 0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.label = label
        self.total = total
        self.done = self._done_before = done
        self._stream = stream
        self._clock = clock
        self._in_place = bool(getattr(stream, "isatty", lambda: False)())
        self._started = self._printed = clock()

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *exception: object) -> None:
        if exception[0] is None:
            self.finish()
        elif self._in_place:
            self._stream.write("\n")

    def step(self, count: int = 1) -> None:
        """Counts finished work, and prints where it stands when the last line is old enough."""
        self.done += count
        now = self._clock()
        if now - self._printed >= (TERMINAL_INTERVAL if self._in_place else PLAIN_INTERVAL):
            self._printed = now
            self._print(self.line())

    def line(self) -> str:
        """Where it stands now, as one line."""
        if self.total is None:
            return f"{self.label} {self.done}"
        text = f"{self.label} {self.done}/{self.total}"
        left = self.seconds_left()
        if left is None:
            return text
        pace = self._done_now / max(self._clock() - self._started, TERMINAL_INTERVAL)
        if pace >= TELLING_PACE:
            text += f", {pace:,.0f} a second"
        return f"{text}, about {readable_seconds(left)} left"

    def seconds_left(self) -> float | None:
        """Seconds that the rest will take at the pace so far; None where that cannot be told."""
        if not self.total or not self._done_now:
            return None
        return (self._clock() - self._started) / self._done_now * max(self.total - self.done, 0)

    @property
    def _done_now(self) -> int:
        """The steps done since this began."""
        return self.done - self._done_before

    def finish(self) -> None:
        """Prints the last line: what was done, and how long it took."""
        self._print(f"{self.label} {self.done}, done in {readable_seconds(self._clock() - self._started)}")
        if self._in_place:
            self._stream.write("\n")

    def _print(self, text: str) -> None:
        # "\x1b[K" clears what a longer line before this one left over.
        self._stream.write(f"\r{text}\x1b[K" if self._in_place else f"{text}\n")
        self._stream.flush()


def readable_seconds(seconds: float) -> str:
    """A length of time as people say it: "0.4 s", "12 s", "3 min 20 s", "2 h 5 min"."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def with_progress(items: Iterable[T], label: str, total: int | None, stream: TextStream) -> Iterator[T]:
    """Goes through items and prints how far it has come."""
    with Progress(label, total, stream) as progress:
        for item in items:
            yield item
            progress.step()
