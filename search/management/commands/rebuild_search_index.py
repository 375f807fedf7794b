"""Builds the search index anew from the database."""

from contextlib import ExitStack
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cms.core.progress import Progress
from search.engines import get_engine
from search.engines.base import EngineError, IndexReport
from search.models import Rebuild
from search.outbox import feed
from search.rebuilding import rebuild


class Command(BaseCommand):
    help = (
        "Builds the search index anew; the old one answers until the new one is ready. A rebuild that was stopped goes "
        "on where it stopped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-needed",
            action="store_true",
            help="Do nothing if the index is there and of the right version, and no rebuild is unfinished.",
        )
        parser.add_argument("--from-scratch", action="store_true", help="Throw away what a stopped rebuild has done.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuilds, feeds what changed meanwhile, and reports. Raises CommandError when the index cannot be written."""
        report = self.rebuild(options["from_scratch"], options["if_needed"])
        if report is None:
            self.stdout.write(get_engine().health().message)
        else:
            for entry, reason in report.refused:
                self.stderr.write(f"{entry}: {reason}")
            self.stdout.write(f"Search index: {report.indexed} entries, {len(report.refused)} refused.")
        fed = feed()  # what changed during a rebuild, or what a killed worker left
        if fed.trouble:
            self.stderr.write(f"What changed meanwhile waits: {fed.trouble}")

    def rebuild(self, from_scratch: bool, if_needed: bool) -> IndexReport | None:
        """Rebuilds with its progress shown."""
        with ExitStack() as stack:
            bars: list[Progress] = []

            def show(state: Rebuild) -> None:
                if not bars:
                    if state.done:
                        started = timezone.localtime(state.started_at)
                        self.stdout.write(f"Going on with the rebuild that began on {started:%Y-%m-%d at %H:%M}.")
                    bar = Progress("Search index", state.total, self.stdout, done=state.done)
                    bars.append(stack.enter_context(bar))
                bars[0].step(state.done - bars[0].done)

            try:
                return rebuild(show, from_scratch=from_scratch, if_needed=if_needed)
            except (EngineError, OSError) as error:
                raise CommandError(f"The search index could not be built: {error}") from error
