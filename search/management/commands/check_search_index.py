"""Says whether the search index holds what the database says, and mends it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.checking import Differences, check, mend, still_different
from search.engines.base import EngineError
from search.outbox import feed

NAMED = 5  # ids of each kind


class Command(BaseCommand):
    help = (
        "Compares the search index with the database, entry by entry. What waits to be indexed is no difference. "
        "Ends with 1 when they differ and that was not mended."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mend", action="store_true", help="Index again what differs.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compares, reports and mends. Raises CommandError when index and database differ in the end."""
        try:
            differences = check()
            self.report(differences)
            if not differences.ids:
                return
            if not options["mend"]:
                raise CommandError("The search index differs from the database; --mend indexes again what differs.")
            mend(differences)
            fed = feed()
            if fed.trouble:
                raise CommandError(f"What differs waits to be indexed: {fed.trouble}")
            left = still_different(differences)
        except EngineError as error:
            raise CommandError(f"The search index cannot be compared: {error}") from error
        if left.ids:
            self.report(left)
            raise CommandError("This could not be mended; rebuild_search_index builds the index anew.")
        self.stdout.write(f"{len(differences.ids)} mended.")

    def report(self, differences: Differences) -> None:
        """Says how many differ, and names the first of them."""
        kinds = {"missing": differences.missing, "left over": differences.left_over, "stale": differences.stale}
        counts = ", ".join(f"{len(ids)} {kind}" for kind, ids in kinds.items())
        self.stdout.write(f"{differences.compared} entries compared: {counts}.")
        for kind, ids in kinds.items():
            if ids:
                more = f" and {len(ids) - NAMED} more" if len(ids) > NAMED else ""
                self.stdout.write(f"  {kind}: {', '.join(ids[:NAMED])}{more}")
