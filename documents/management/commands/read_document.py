"""Prints what the importer reads in files; nothing is saved."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from documents.importing.contained import read_many
from documents.importing.model import refusal_as_json
from documents.importing.refusal import Refused


class Command(BaseCommand):
    help = "Prints what would be read in each file, one JSON object a line with --json. Nothing is saved."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="One JSON object a line.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Reads every file; one that is refused says why and the others go on. Exits with 1 if any was refused."""
        refused = 0
        for path, reading in read_many(options["files"]):
            if isinstance(reading, Refused):
                refused += 1
                facts = refusal_as_json(path.name, reading.reason)
            else:
                facts = reading.as_json()
            if options["json"]:
                self.stdout.write(json.dumps(facts, ensure_ascii=False))
            else:
                self._print(facts)
        if refused:
            raise SystemExit(1)

    def _print(self, facts: dict[str, Any]) -> None:
        """The facts as people read them, without what is empty."""
        self.stdout.write(facts["file"])
        for name, value in facts.items():
            if name != "file" and value not in (None, "", [], {}):
                shown = ", ".join(str(part) for part in value) if isinstance(value, list) else value
                self.stdout.write(f"  {name.replace('_', ' ')}: {shown}")
