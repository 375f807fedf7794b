"""`python -m tests.elasticsearch COMMAND...`: the command with a real Elasticsearch beside it. See the package."""

import os
import signal
import subprocess
import sys

from tests.elasticsearch import ADDRESS, elasticsearch, what_is_missing


def main(command: list[str]) -> int:
    """Run the command with the server's address in its environment, and return its exit status.

    Where no server can be started the command runs without one: the tests that need it are left out, loudly, or fail
    the run with REQUIRE_ELASTICSEARCH.
    """
    if what_is_missing():
        return subprocess.run(command, check=False).returncode
    # Told to end, it ends the server too.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    with elasticsearch() as address:
        return subprocess.run(command, env={**os.environ, ADDRESS: address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
