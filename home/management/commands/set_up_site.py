"""Makes the trunk of the site: locales, home pages, lists and archives in the six languages."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from home.site_tree import DEFAULT_PORT, set_up_site


class Command(BaseCommand):
    """`manage.py set_up_site [--site-name NAME] [--port 8000]`. Can be run again."""

    help = "Make the home page, the list of processes, the archive and the list of news in every language."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add --site-name and --port."""
        parser.add_argument("--site-name", default="", help="the name of the site, as its pages show it")
        parser.add_argument(
            "--port", type=int, default=DEFAULT_PORT, help="the port of a new site on localhost (default: %(default)s)"
        )

    def handle(self, *args: Any, site_name: str, port: int, **options: Any) -> None:
        """Make what is missing, and say what there is."""
        trunks = set_up_site(site_name, port)
        self.stdout.write(f"Home page, processes, documents and news are there in {len(trunks)} languages.")
