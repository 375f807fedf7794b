"""A rebuild that is killed half way: `kill_half_way` starts this module as a process of its own and kills it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from search.engines.base import Engine, Entry
from search.engines.batches import REBUILD_BATCH
from tests.search.engines.entries import LANGUAGES, entry


def kill_half_way(*engine: str) -> None:
    """Begins a rebuild and kills it when its first batch is in.

    `engine` is "embedded" and a folder, or "elasticsearch", an address and a prefix.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", __name__, *engine],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "half way\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()


def _engine(name: str, *where: str) -> Engine:
    if name == "embedded":
        from search.engines.embedded import EmbeddedEngine

        return EmbeddedEngine(Path(where[0]), LANGUAGES)
    from search.engines.elasticsearch import ElasticsearchEngine

    return ElasticsearchEngine(where[0], where[1], LANGUAGES, lease=1)


def _entries() -> Iterator[Entry]:
    for number in range(REBUILD_BATCH + 200):
        yield entry(f"d{number}", "en", "Fresh")
    sys.stdout.write("half way\n")
    sys.stdout.flush()
    time.sleep(60)


if __name__ == "__main__":
    _engine(*sys.argv[1:]).rebuild(_entries())
