"""What a long command tells of its progress, on a terminal and in a log."""

from io import StringIO

import pytest

from cms.core.progress import Progress, readable_seconds, with_progress


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_log_gets_a_line_now_and_then_and_one_at_the_end() -> None:
    clock, log = Clock(), StringIO()
    with Progress("Documents", 60, log, clock=clock) as progress:
        for _step in range(60):
            clock.now += 0.5
            progress.step()
    assert log.getvalue().splitlines() == [
        "Documents 20/60, about 20 s left",
        "Documents 40/60, about 10 s left",
        "Documents 60/60, about 0.0 s left",
        "Documents 60, done in 30 s",
    ]


def test_a_terminal_gets_one_line_that_is_written_over() -> None:
    clock, terminal = Clock(), Terminal()
    with Progress("Pages", 4, terminal, clock=clock) as progress:
        clock.now += 1
        progress.step()
        clock.now += 1
        progress.step(3)
    lines = terminal.getvalue().split("\r")
    assert lines[1] == "Pages 1/4, about 3.0 s left\x1b[K"
    assert lines[-1] == "Pages 4, done in 2.0 s\x1b[K\n"
    assert terminal.getvalue().count("\n") == 1


def test_without_a_total_it_counts() -> None:
    clock, log = Clock(), StringIO()
    progress = Progress("Files", None, log, clock=clock)
    clock.now += 11
    progress.step(7)
    assert log.getvalue() == "Files 7\n"
    assert progress.seconds_left() is None


def test_many_quick_steps_are_told_by_the_second() -> None:
    clock = Clock()
    progress = Progress("Entries", 10_000, StringIO(), clock=clock)
    clock.now += 2
    progress.step(2_500)
    assert progress.line() == "Entries 2500/10000, 1,250 a second, about 6.0 s left"


def test_what_was_done_earlier_does_not_count_for_the_pace() -> None:
    clock = Clock()
    progress = Progress("Pages", 60, StringIO(), done=50, clock=clock)
    assert progress.line() == "Pages 50/60"
    clock.now += 4
    progress.step(2)
    assert progress.line() == "Pages 52/60, about 16 s left"


def test_a_failure_is_not_called_done() -> None:
    terminal = Terminal()
    with pytest.raises(ValueError, match="broken"), Progress("Pages", 2, terminal):
        raise ValueError("broken")
    assert "done" not in terminal.getvalue()


def test_items_pass_through() -> None:
    log = StringIO()
    assert list(with_progress("abc", "Letters", 3, log)) == ["a", "b", "c"]
    assert log.getvalue().startswith("Letters 3, done in ")


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.42, "0.4 s"), (12.3, "12 s"), (59.7, "1 min 0 s"), (200, "3 min 20 s"), (7500, "2 h 5 min")],
)
def test_lengths_of_time_are_readable(seconds: float, text: str) -> None:
    assert readable_seconds(seconds) == text
