"""What `make run` costs on a new machine once everything is installed, and at the second time."""

import socket
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.commands import Line, Run, watched
from tests.benchmarks.measure import Bound, Report

READY = "Plenary is running"
# The lines with which a step ends.
STEPS = {
    "database": "Loading the demo content",
    "processes and pages": "Pages ",
    "documents": "Documents ",
    "search index": "Search index: ",
    "up": READY,
}
SECOND_TIME = 0.5


def report() -> Report:
    """Bring the site up in an empty folder and stop it, twice."""
    with TemporaryDirectory(prefix="plenary-bench-") as name:
        first, second = (bring_up(Path(name)) for _time in range(2))
    lines = [f"{'':22}{'seconds':>9}{'processor':>11}"]
    before = Line("", 0.0, 0.0, 0.0)
    for step, start in STEPS.items():
        line = first.line(start)
        lines.append(f"{step:22}{line.moment - before.moment:9.1f}{line.spent - before.spent:11.1f}")
        before = line
    again = second.line(READY)
    lines += [
        f"{'all of it':22}{before.moment:9.1f}{before.spent:11.1f}, at most {first.peak():.0f} MB of memory",
        f"{'the second time':22}{again.moment:9.1f}{again.spent:11.1f}, at most {second.peak():.0f} MB of memory",
    ]
    return Report(
        lines, [Bound("processor time of the second time to the first", again.spent / before.spent, SECOND_TIME)]
    )


def bring_up(folder: Path) -> Run:
    """Run the site until it says that it is up, and stop it."""
    with watched(folder, "run_site", "--port", str(free_port())) as (run, lines):
        for line in lines:
            if line.startswith(READY):
                break
    return run


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
