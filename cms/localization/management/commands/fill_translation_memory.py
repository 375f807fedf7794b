"""Fills the translation memory from everything that is published."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.core.progress import Progress
from cms.localization.memory.remembering import note_all, remember_all
from cms.localization.models import MemorySource, MemoryTarget


class Command(BaseCommand):
    """`manage.py fill_translation_memory`. Can be run again: it adds what is missing and takes out what is gone."""

    help = (
        "Brings the translation memory to what is published. The worker does it with every publication; this is for a "
        "site whose texts were there before, and after a restore. A run that was stopped goes on where it stopped."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Fill, and say what changed."""
        with Progress("Translation memory", note_all(), self.stdout) as progress:
            added, removed = remember_all(progress.step)
        texts, pairs = MemorySource.objects.count(), MemoryTarget.objects.count()
        self.stdout.write(f"{added} pairs added, {removed} removed; it holds {texts} texts in {pairs} pairs.")
