"""Finds anew what every published web edition cites."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.core.progress import Progress
from documents.citing import cite_page
from documents.models import Citation, ReportPage
from documents.rendering import forget_bodies


class Command(BaseCommand):
    help = "Finds anew what published texts cite, for instance after the table of series or of bodies was changed."

    def handle(self, *args: Any, **options: Any) -> None:
        """Goes through the live web editions. Can be run again at any time; what is stated of documents stays."""
        pages = ReportPage.objects.filter(live=True, alias_of=None).select_related("document", "locale")
        with Progress("Texts", pages.count(), self.stdout) as progress:
            for page in pages.prefetch_related("footnotes").iterator(chunk_size=50):
                cite_page(page)
                progress.step()
        forget_bodies()  # what is cited is linked
        found = Citation.objects.exclude(version=None).count()
        self.stdout.write(f"{found} citations in published and imported texts.")
