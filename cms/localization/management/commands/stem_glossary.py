"""Writes the stems of all names of terms anew."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.core.progress import Progress
from cms.localization.models import TermName

BATCH = 1_000


class Command(BaseCommand):
    """`manage.py stem_glossary`. Can be run again."""

    help = "Write the stems by which terms are found in texts anew: needed when the rules for stems have changed."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write those that differ, and say how many."""
        changed = 0
        with Progress("Names", TermName.objects.count(), self.stdout) as progress:
            waiting: list[TermName] = []
            for name in TermName.objects.order_by("pk").iterator(BATCH):
                before = (name.stems, name.first_stem)
                name.derive()
                if (name.stems, name.first_stem) != before:
                    waiting.append(name)
                    changed += 1
                if len(waiting) >= BATCH:
                    TermName.objects.bulk_update(waiting, ["stems", "first_stem"])
                    waiting.clear()
                progress.step()
            TermName.objects.bulk_update(waiting, ["stems", "first_stem"])
        self.stdout.write(f"{changed} names have other stems now.")
