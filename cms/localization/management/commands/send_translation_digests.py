"""Mails people what they are to be told about translations."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cms.localization.notices.mailing import deliver_all
from cms.localization.notices.noting import tell_due


class Command(BaseCommand):
    help = (
        "Mail what is due soon or overdue, the daily messages, and what could not be sent before. Run it once or "
        "several times a day: nothing is sent twice, and nobody who wants one message a day gets two."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        tell_due(timezone.localdate())
        self.stdout.write(f"People told: {deliver_all()}")
