"""Releases what is due, where the worker that should have done it was away or killed."""

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.localization.bundles.bundling import release
from cms.localization.models import ReleaseBundle

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Release every approved bundle whose moment has come and that is not released yet. Can be repeated."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = 0
        for bundle in ReleaseBundle.objects.due().order_by("release_at", "pk"):
            try:
                is_released = release(bundle.pk)
            except Exception:  # whatever is wrong with one bundle, the others are released
                logger.exception("Bundle %s could not be released.", bundle.pk)
                broken += 1
                continue
            if is_released:
                self.stdout.write(f"Released: {bundle}")
                continue
            bundle.refresh_from_db()
            self.stderr.write(f"Not released: {bundle}. {bundle.failure}".rstrip())
        if broken:
            raise CommandError(f"Bundles that could not be released: {broken}. The log says why.")
