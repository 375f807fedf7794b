"""Compares the message catalogues with the source, and brings them up to date."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import to_locale

from cms.core.catalogues import Message, problems, source_messages, updated

FOLDERS = ["cms", "documents", "home", "search", "templates"]
SHOWN = 20


class Command(BaseCommand):
    """`manage.py check_catalogues [--write]`."""

    help = "Fail when a message of the source is missing, untranslated or no longer used in a catalogue."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add --write."""
        parser.add_argument(
            "--write", action="store_true", help="add new messages, untranslated, and remove those no longer used"
        )

    def handle(self, *args: Any, write: bool, **options: Any) -> None:
        """Check or write the catalogue of each language; English repeats the words of the source."""
        try:
            messages = source_messages(settings.BASE_DIR, FOLDERS)
        except SyntaxError as error:
            raise CommandError(f"The source cannot be read: {error}") from error
        if write:
            self.write(messages)
        else:
            self.check_complete(messages)

    def write(self, messages: dict[Message, list[str]]) -> None:
        """Give every catalogue exactly these messages."""
        for locale, path, catalogue in catalogues():
            new = updated(catalogue, locale, messages)
            path.parent.mkdir(parents=True, exist_ok=True)
            new.save(str(path))
            self.stdout.write(f"{locale}: {len(messages)} messages, {new.percent_translated()} % translated")

    def check_complete(self, messages: dict[Message, list[str]]) -> None:
        """Raise CommandError, naming what is wrong, unless every catalogue translates exactly these messages."""
        wrong = []
        for locale, _path, catalogue in catalogues():
            lines = list(problems(catalogue, messages))
            wrong += [f"{locale}: {line}" for line in lines[:SHOWN]]
            if len(lines) > SHOWN:
                wrong.append(f"{locale}: and {len(lines) - SHOWN} more")
        if wrong:
            raise CommandError("\n".join([*wrong, "`make messages` brings the catalogues up to date."]))
        self.stdout.write(f"{len(messages)} messages, translated into every language.")


def catalogues() -> Iterator[tuple[str, Path, polib.POFile]]:
    """The locale, path and content of each language's catalogue; an absent one is empty. Raises CommandError."""
    for code, _name in settings.LANGUAGES:
        locale = to_locale(code)
        path = Path(settings.LOCALE_PATHS[0]) / locale / "LC_MESSAGES" / "django.po"
        try:
            yield locale, path, polib.pofile(str(path)) if path.exists() else polib.POFile()
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
