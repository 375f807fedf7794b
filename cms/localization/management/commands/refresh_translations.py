"""Brings all translations to the present text of their sources, as after an update that translates more of a page."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from wagtail_localize.models import TranslationSource

from cms.core.progress import Progress
from cms.localization.sending.carrying import carry_over
from cms.localization.sending.sources import snapshot


class Command(BaseCommand):
    help = (
        "Gives translators the present text of every page that is being translated, with all that can be translated "
        "of it. What is the same stays translated; no page is changed. May be run again at any time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Goes through the sources, each by itself, and names those whose page is gone."""
        keys = list(TranslationSource.objects.order_by("pk").values_list("pk", flat=True))
        gone = []
        with Progress("Sources", len(keys), self.stdout) as progress:
            for key in keys:
                source = TranslationSource.objects.select_related("locale", "specific_content_type").get(pk=key)
                page = source.object.get_instance_or_none(source.locale)
                if page is None:
                    gone.append(source.object_repr)
                else:
                    with transaction.atomic():
                        carry_over(snapshot(page.specific))
                progress.step()
        for name in gone:
            self.stdout.write(f"Left as it is, for its page is gone: {name}")
