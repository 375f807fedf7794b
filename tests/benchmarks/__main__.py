"""`python -m tests.benchmarks`: measures the site in databases of its own and prints tables. `make bench` calls it.

Another bench is a module here with a function that gives a `Report`, and a line in `benches` below. The exit status is
1 when a bound is not kept. `--most 10000` lets the bench of search stop at so many entries, for trying.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial

import django


@contextmanager
def empty_database() -> Iterator[None]:
    """A migrated database in the test settings' own folder, gone afterwards."""
    from django.test.utils import setup_databases, teardown_databases

    databases = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        teardown_databases(databases, verbosity=0)


def main() -> int:
    """Run every bench, or those named on the command line, and return the exit status."""
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*", metavar="bench")
    parser.add_argument("--most", type=int, default=100_000, metavar="ENTRIES", help="of search: 1,000 at least")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
    django.setup()

    # Only now: models cannot be imported before the apps are ready.
    from tests.benchmarks import (
        archive,
        dashboard,
        editing,
        exchanging,
        files,
        imports,
        memory,
        packs,
        pages,
        search,
        set_up,
        submitting,
        symbols,
    )
    from tests.benchmarks.measure import Report

    # Those that need a database in this process; the others start processes with databases of their own.
    here: dict[str, Callable[[], Report]] = {
        "packs": packs.report,
        "pages": pages.report,
        "search": partial(search.report, options.most),
        "archive": archive.report,
        "memory": memory.report,
        "submitting": submitting.report,
        "dashboard": dashboard.report,
        "editing": editing.report,
        "exchanging": exchanging.report,
    }
    benches: dict[str, Callable[[], Report]] = {
        **here,
        "archive-postgresql": archive.report_on_postgresql,
        "memory-postgresql": memory.report_on_postgresql,
        "imports": imports.report,
        "set-up": set_up.report,
        "symbols": symbols.report,
        "files": files.report,
    }
    names = options.names or list(benches)
    unknown = [name for name in names if name not in benches]
    if unknown:
        sys.stderr.write(f"No such bench: {', '.join(unknown)}. There are: {', '.join(benches)}.\n")
        return 2
    # Without Django's environment for tests, which copies the context of every template that is rendered: an eighth of
    # a search page's time that no reader waits for. The test settings say all else that it would.
    kept = True
    for name in names:
        with empty_database() if name in here else nullcontext():
            report = benches[name]()
        sys.stdout.write(f"\n{name}\n{report.text()}\n")
        sys.stdout.flush()
        kept = kept and all(bound.is_kept for bound in report.bounds)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
