"""Removes packs of documents whose link is no longer good. Making a pack does it too; this is for quiet times."""

from typing import Any

from django.core.management.base import BaseCommand

from documents.packs.making import remove_old_packs


class Command(BaseCommand):
    """`manage.py remove_old_packs`."""

    help = "Remove packs of documents whose days are over, with their files."

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove them and say how many."""
        self.stdout.write(f"Removed {remove_old_packs()} packs.")
