"""Feeds what waits in the outbox to the search engine."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.outbox import feed


class Command(BaseCommand):
    help = "Feeds what waits in the outbox to the search engine. The worker does this by itself."

    def handle(self, *args: Any, **options: Any) -> None:
        """Feeds and reports. Raises CommandError when the engine is away; what waits stays."""
        fed = feed()
        self.stdout.write(f"{fed.indexed} entries indexed, {fed.removed} removed.")
        if fed.trouble:
            raise CommandError(fed.trouble)
