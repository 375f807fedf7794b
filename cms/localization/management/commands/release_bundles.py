"""Releases what is due, where the worker that should have done it was away or killed."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.localization.bundles.bundling import release
from cms.localization.models import ReleaseBundle


class Command(BaseCommand):
    help = "Release every approved bundle whose moment has come and that is not released yet. Can be repeated."

    def handle(self, *args: Any, **options: Any) -> None:
        for bundle in ReleaseBundle.objects.due().order_by("release_at", "pk"):
            if release(bundle.pk):
                self.stdout.write(f"Released: {bundle}")
                continue
            bundle.refresh_from_db()
            self.stderr.write(f"Not released: {bundle}. {bundle.failure}".rstrip())
