"""Compiles the message catalogues, which `make run` and the container image do by themselves."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.core.catalogues import compile_catalogue


class Command(BaseCommand):
    """`manage.py compile_catalogues`."""

    help = "Compile locale/*/LC_MESSAGES/*.po where they are newer than their .mo. Needs no GNU gettext."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Compile each stale catalogue; a broken one does not keep the others from it, but the command fails."""
        refused = []
        for folder in settings.LOCALE_PATHS:
            for path in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
                try:
                    if compile_catalogue(path):
                        self.stdout.write(f"compiled {path.relative_to(folder)}")
                except (OSError, ValueError) as error:
                    refused.append(str(error))
        if refused:
            raise CommandError("\n".join(refused))
