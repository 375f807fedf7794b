"""Takes terms from a TBX or CSV file into the glossary."""

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.localization.foreign import FileRefusedError
from cms.localization.glossary.termbase.taking import Outcome, read_file, take
from cms.processes.models import Process


class Command(BaseCommand):
    """`manage.py import_glossary FILE [--process CODE]`. Can be run again: what is there already stays."""

    help = "Take terms from a TBX or CSV file into the glossary of a process, or of the whole site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the file and --process."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--process", metavar="CODE", help="the process whose terms they are; without it, all texts'"
        )

    def handle(self, *args: Any, file: Path, process: str | None, **options: Any) -> None:
        """Take the terms, name those that were refused, and say how many became what. Raises CommandError."""
        owner = Process.objects.filter(code=process).first() if process else None
        if process and owner is None:
            raise CommandError(f"There is no process with the code “{process}”.")
        try:
            lines = take(read_file(file.name, file.read_bytes()), owner, None)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except FileRefusedError as error:
            raise CommandError(str(error)) from error
        for line in lines:
            if line.detail:
                self.stderr.write(f"{line.place}, {line.name}: {line.outcome.label}. {line.detail}")
        counts = Counter(line.outcome for line in lines)
        if options["verbosity"]:
            told = ", ".join(f"{counts[outcome]} {outcome.value}" for outcome in Outcome)
            self.stdout.write(f"Glossary: {told}.")
