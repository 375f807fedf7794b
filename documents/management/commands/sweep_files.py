"""Deletes files of the archive that no row names. For quiet times: what a killed import or worker left behind."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat

from documents.sweeping import WrongDatabaseError, orphans, sweep


class Command(BaseCommand):
    """`manage.py sweep_files [--dry-run]`. Can be stopped and run again."""

    help = (
        "Delete files of documents, imports, pictures and packs that are older than a day and that nothing in the "
        "database names."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add --dry-run."""
        parser.add_argument("--dry-run", action="store_true", help="Name the files; delete none.")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        """Name each file, delete it, and say how many there were."""
        try:
            found = orphans()
        except WrongDatabaseError as error:
            raise CommandError(f"{error} Is this the site's own database? Nothing was deleted.") from error
        for orphan in found:
            self.stdout.write(orphan.name)
            if not dry_run:
                sweep(orphan)
        total = f"{len(found)} {'file' if len(found) == 1 else 'files'}"
        total = f"{total} ({filesizeformat(sum(orphan.size for orphan in found))})"
        self.stdout.write(f"{total} would be deleted." if dry_run else f"Deleted {total}.")
