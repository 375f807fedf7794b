"""`python -m tests.benchmarks`: measures the site in a database of its own and prints tables. `make bench` calls it.

Another bench is a module here with a function `measures` and a line in `benches` below.
"""

import os
import sys

import django


def main() -> int:
    """Run every bench, or those named on the command line, and return the exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
    django.setup()

    # Only now: models cannot be imported before the apps are ready.
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    from tests.benchmarks import pages
    from tests.benchmarks.measure import table

    benches = {"pages": pages.measures}
    names = sys.argv[1:] or list(benches)
    unknown = [name for name in names if name not in benches]
    if unknown:
        sys.stderr.write(f"No such bench: {', '.join(unknown)}. There are: {', '.join(benches)}.\n")
        return 2
    setup_test_environment(debug=False)
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        for name in names:
            sys.stdout.write(f"\n{name}\n{table(list(benches[name]()))}\n")
    finally:
        teardown_databases(databases, verbosity=0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
