"""Counts the pages of files that were stored before this was done by itself, and pictures the first of each."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.core.progress import with_progress
from documents.describing import describe, undescribed


class Command(BaseCommand):
    """`manage.py describe_files`. Can be stopped and run again: it goes on with what is left."""

    help = "Count the pages of PDF files and picture their first page, for files that have no picture yet."

    def handle(self, *args: Any, **options: Any) -> None:
        """Describe what is not described, and say how many have no first page that can be shown."""
        left = undescribed()
        files = with_progress(left.order_by("pk").iterator(500), "Files", left.count(), self.stdout)
        without = sum(not describe(file) for file in files)
        if without:
            self.stdout.write(f"{without} without a picture: their first page cannot be shown.")
