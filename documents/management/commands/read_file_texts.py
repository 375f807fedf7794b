"""Reads the texts of files that were stored before this was done by itself."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cms.core.progress import with_progress
from documents.file_texts import read_text, unread


class Command(BaseCommand):
    """`manage.py read_file_texts`. Can be stopped and run again: it goes on with what is left."""

    help = "Read the texts of PDF and Word files for search, of those whose text was not read yet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--failed",
            action="store_true",
            help="read those again, too, that could not be read: after LibreOffice was installed, or an upgrade",
        )

    def handle(self, *args: Any, failed: bool, **options: Any) -> None:
        """Read what is not read, and say of which files there is no text, and why."""
        left = unread(with_failed=failed).order_by("pk")
        read = 0
        problems: list[str] = []
        for file in with_progress(left.iterator(100), "Files", left.count(), self.stdout):
            if problem := read_text(file):
                problems.append(f"File {file.pk}: {problem}")
            else:
                read += 1
        for line in problems:
            self.stdout.write(line)
        self.stdout.write(f"{read} read, {len(problems)} without text.")
