"""Removes queries without results that nobody asked for 90 days. Searches do it too; this is for quiet times."""

from typing import Any

from django.core.management.base import BaseCommand

from search.unanswered import remove_old_queries


class Command(BaseCommand):
    """`manage.py remove_old_queries`."""

    help = "Remove queries without results that were last asked 90 days ago or earlier."

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove them and say how many."""
        self.stdout.write(f"Removed {remove_old_queries()} queries.")
