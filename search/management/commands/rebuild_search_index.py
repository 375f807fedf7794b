"""Builds the search index anew from the database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.core.progress import Progress
from search.engines import get_engine
from search.engines.base import EngineError
from search.entries import all_entries, count_entries
from search.models import IndexChange
from search.outbox import feed


class Command(BaseCommand):
    help = "Builds the search index anew; the old one answers until the new one is ready."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-needed", action="store_true", help="Do nothing if the index is there and of the right version."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuilds and reports counts. Raises CommandError when the engine cannot be written to."""
        engine = get_engine()
        health = engine.health()
        if options["if_needed"] and not health.needs_rebuild:
            fed = feed()  # what a killed worker left behind
            self.stdout.write(fed.trouble or health.message)
            return
        # What changes from here on is noted again, so the rows that wait now are covered by the new index.
        last = IndexChange.objects.order_by("-pk").values_list("pk", flat=True).first()
        try:
            with Progress("Search index", count_entries(), self.stdout) as progress:
                report = engine.rebuild(all_entries(), lambda read: progress.step(read - progress.done))
        except EngineError as error:
            raise CommandError(str(error)) from error
        if last is not None:
            IndexChange.objects.filter(pk__lte=last).delete()
        for entry, reason in report.refused:
            self.stderr.write(f"{entry}: {reason}")
        self.stdout.write(f"Search index: {report.indexed} entries, {len(report.refused)} refused.")
