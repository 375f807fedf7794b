"""Loads the content of the demonstration: five families of processes with their documents in up to six languages."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from home.demo.accounts import account_lines
from home.demo.loading import load_all


class Command(BaseCommand):
    """`manage.py load_demo [--accounts] [--on-this-site]`. Can be run again: it adds what is missing."""

    help = "Load the demonstration: processes, meetings, documents, news and accounts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add --accounts and --on-this-site."""
        parser.add_argument("--accounts", action="store_true", help="only print the accounts of the demonstration")
        parser.add_argument(
            "--on-this-site",
            action="store_true",
            help="load it although DEBUG is off: accounts with a public password come with it",
        )

    def handle(self, *args: Any, accounts: bool, on_this_site: bool, **options: Any) -> None:
        """Load what is missing, or print the accounts. Raises CommandError on a site that is not for development."""
        if not (settings.DEBUG or on_this_site or accounts):
            raise CommandError(
                "This is not a development site (DEBUG is off), and the demonstration brings accounts whose password "
                "is public. Add --on-this-site to load it all the same."
            )
        if not accounts:
            load_all(self.stdout)
        if accounts or options["verbosity"]:
            self.stdout.write("\n".join(account_lines()))
