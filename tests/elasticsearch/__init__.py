"""Starts a real Elasticsearch for tests: `python -m tests.elasticsearch COMMAND...` runs a command beside one.

The server comes from Maven Central (see `start`), is built once and cached, lives in a temporary folder and ends with
the command. An environment that names one in TEST_ELASTICSEARCH_URL is left as it is.
"""

import os
import re
import shutil
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
    if os.environ.get(ADDRESS):
        return None
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
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    environment = {**os.environ, "TMPDIR": str(_folder_for_data())}
    started = subprocess.run([HERE / "start", port], env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if started.returncode != 0:
        raise RuntimeError("Elasticsearch did not start; what it said stands above.")
    try:
        yield started.stdout.split()[-1]
    finally:
        subprocess.run([HERE / "stop", port], env=environment, check=False)


def _folder_for_data() -> Path:
    """Memory where there is enough: every test makes indexes, and a disk is what they would wait for."""
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH:
        return MEMORY
    return Path(tempfile.gettempdir())
