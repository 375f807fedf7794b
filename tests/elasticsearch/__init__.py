"""Starts a real Elasticsearch for tests: `python -m tests.elasticsearch COMMAND...` runs a command beside one.

The server comes from Maven Central (see `start`), is built once and cached, lives in a temporary folder and ends with
the command. An environment that names one in TEST_ELASTICSEARCH_URL is left as it is.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ADDRESS = "TEST_ELASTICSEARCH_URL"
OLDEST_JDK = 21
HERE = Path(__file__).parent
MEMORY = Path("/dev/shm")
ENOUGH = 2_000_000_000  # bytes


def what_is_missing() -> str | None:
    """Why no Elasticsearch can be started here, and what to do about it; None when one can."""
    return None if os.environ.get(ADDRESS) else what_a_start_lacks()


def what_a_start_lacks() -> str | None:
    """Why no Elasticsearch can be started here, even if the environment names one; None when one can."""
    if shutil.which("mvn") is None:
        return "Maven was not found; install it (Debian: apt-get install maven)"
    if max(jdk_versions(), default=0) < OLDEST_JDK:
        return (
            f"no JDK {OLDEST_JDK} or newer was found under JAVA_HOME or /usr/lib/jvm; install one"
            " (Debian 13: apt-get install openjdk-21-jdk-headless)"
        )
    return None


def jdk_versions() -> Iterator[int]:
    """The versions of the JDKs that `start` would find."""
    homes = [Path(home) for home in [os.environ.get("JAVA_HOME")] if home]
    for home in [*homes, *Path("/usr/lib/jvm").glob("*")]:
        compiler = home / "bin" / "javac"
        if compiler.exists():
            said = subprocess.run([compiler, "-version"], capture_output=True, text=True, check=False)
            found = re.search(r"javac (\d+)", said.stdout + said.stderr)
            if found:
                yield int(found.group(1))


@contextmanager
def elasticsearch() -> Iterator[str]:
    """The address of a running Elasticsearch. Raises RuntimeError when it does not start."""
    if named := os.environ.get(ADDRESS):
        yield named
        return
    port = _free_port()
    environment = {**os.environ, "TMPDIR": str(_folder_for_data())}
    started = subprocess.run([HERE / "start", port], env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if started.returncode != 0:
        raise RuntimeError("Elasticsearch did not start; what it said stands above.")
    try:
        yield started.stdout.split()[-1]
    finally:
        subprocess.run([HERE / "stop", port], env=environment, check=False)


class Node:
    """A server of a test's own, which can be killed and started again on what it had written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = _free_port()
        self._data = folder / "data"
        self._data.mkdir(parents=True)
        self.address = f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Starts it. Raises CalledProcessError when it does not start."""
        subprocess.run(
            [HERE / "start", self._port, self._data], env=self._environment(), check=True, capture_output=True
        )

    def kill(self) -> None:
        """Ends it as a failure of the machine would."""
        number = (self._folder / f"plenary-elasticsearch-{self._port}.pid").read_text().split()[0]
        os.kill(int(number), signal.SIGKILL)

    def stop(self) -> None:
        """Ends it, and removes its data."""
        subprocess.run([HERE / "stop", self._port], env=self._environment(), check=False)

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "TMPDIR": str(self._folder)}


def _free_port() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return str(free.getsockname()[1])


def _folder_for_data() -> Path:
    """Memory where there is enough: every test makes indexes, and a disk is what they would wait for."""
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH:
        return MEMORY
    return Path(tempfile.gettempdir())
