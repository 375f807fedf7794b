"""Builds the search index anew from the database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.core.progress import Progress
from search.engines import get_engine
from search.engines.base import EngineError, IndexReport
from search.entries import all_entries, count_entries
from search.models import IndexChange
from search.outbox import feed

ROWS_AT_ONCE = 500


class Command(BaseCommand):
    help = "Builds the search index anew; the old one answers until the new one is ready."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-needed", action="store_true", help="Do nothing if the index is there and of the right version."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuilds, feeds what changed meanwhile, and reports. Raises CommandError when the index cannot be written."""
        health = get_engine().health()
        if options["if_needed"] and not health.needs_rebuild:
            self.stdout.write(health.message)
        else:
            report = self.rebuild()
            for entry, reason in report.refused:
                self.stderr.write(f"{entry}: {reason}")
            self.stdout.write(f"Search index: {report.indexed} entries, {len(report.refused)} refused.")
        fed = feed()  # what changed during a rebuild, or what a killed worker left
        if fed.trouble:
            self.stderr.write(f"What changed meanwhile waits: {fed.trouble}")

    def rebuild(self) -> IndexReport:
        """Builds the index, and takes what waited before out of the outbox: the new index holds it."""
        # Each by its key: on PostgreSQL a row may come to light later than one with a higher key.
        waiting = list(IndexChange.objects.values_list("pk", flat=True))
        try:
            with Progress("Search index", count_entries(), self.stdout) as progress:
                report = get_engine().rebuild(all_entries(), lambda read: progress.step(read - progress.done))
        except (EngineError, OSError) as error:
            raise CommandError(f"The search index could not be built: {error}") from error
        for start in range(0, len(waiting), ROWS_AT_ONCE):
            IndexChange.objects.filter(pk__in=waiting[start : start + ROWS_AT_ONCE]).delete()
        return report
