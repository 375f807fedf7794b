"""Prints which paragraph of one file answers which of another; nothing is saved."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from documents.importing.alignment import Unit, align, units_of
from documents.importing.contained import read_contained
from documents.importing.reading import Refused


class Command(BaseCommand):
    help = "Ties the paragraphs of two language versions of one document. Nothing is saved."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs=2, type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="One JSON list of pairs of texts.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints the pairs in order; a paragraph that nothing answers stands beside an empty one."""
        first, second = (self._units(path) for path in options["files"])
        pairs = [(_text(first, pair.first), _text(second, pair.second)) for pair in align(first, second)]
        if options["json"]:
            self.stdout.write(json.dumps(pairs, ensure_ascii=False))
            return
        for one, other in pairs:
            self.stdout.write(f"{one or '(nothing)'}\n    {other or '(nothing)'}\n")

    def _units(self, path: Path) -> list[Unit]:
        try:
            return units_of(read_contained(path))
        except Refused as refusal:
            raise CommandError(f"{path.name}: {refusal.reason}") from refusal


def _text(units: Sequence[Unit], places: tuple[int, ...]) -> str:
    """The printed text of some units, as one paragraph."""
    return " ".join(units[place].printed for place in places)
