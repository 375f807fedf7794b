"""`python -m tests.search.judged [--all]`: measures search on both engines and prints tables; `make search-quality`.

With --all every query is printed that does not find the best first ten. The exit status is 1 when an engine does not
reach a floor, or when the engines do not find the same first ten.
"""

import os
import sys
from collections.abc import Sequence

import django


def main(arguments: Sequence[str]) -> int:
    """Measure, print, and return the exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
    django.setup()

    # Only now: models cannot be imported before the apps are ready.
    from tests.benchmarks.__main__ import empty_database
    from tests.elasticsearch import elasticsearch, what_is_missing
    from tests.machine import SHARED
    from tests.search.judged.archive import load_archive
    from tests.search.judged.engines import elasticsearch_engine, embedded_engine
    from tests.search.judged.judgments import judged_queries
    from tests.search.judged.measuring import ask_all, disagreements, ranks_of_known_items, too_low
    from tests.search.judged.report import shortcomings, table

    queries = judged_queries()
    with empty_database():
        archive = load_archive(SHARED if SHARED.is_dir() else None)
    with embedded_engine() as engine:
        answers = {engine.name: ask_all(engine, archive, queries)}
        ranks = ranks_of_known_items(engine, archive)
    if not what_is_missing():
        with elasticsearch() as address, elasticsearch_engine(address) as engine:
            answers[engine.name] = ask_all(engine, archive, queries)
    lines = []
    failures = []
    for name, given in answers.items():
        lines += ["", *table(name, given), *(shortcomings(given) if "--all" in arguments else ())]
        failures += [f"{name}: {line}" for line in too_low(given)]
    lines += ["", "Queries made from the texts themselves, MRR:"]
    lines += [f"{kind:20}{sum(found) / len(found):8.3f}  of {len(found)}" for kind, found in ranks.items()]
    if len(answers) == 2:
        differing = disagreements(*answers.values())
        same = len(queries) - len(differing)
        lines += ["", f"Both engines have the same first ten for {same} of {len(queries)} queries."]
        failures += [f"first ten differ: {line}" for line in differing]
    else:
        lines += ["", f"!! LEFT OUT: Elasticsearch: {what_is_missing()}."]
    if not SHARED.is_dir():
        lines += ["", f"!! LEFT OUT: the seeds: there is no folder {SHARED}."]
    sys.stdout.write("\n".join([*lines, *(f"FAIL  {line}" for line in failures), ""]))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
