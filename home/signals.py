"""What follows by itself when a language gets its home page."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from cms.users.roles import grant_revisers, grant_translators
from home.models import HomePage


@receiver(post_save, sender=HomePage)
def give_a_language_to_its_people(instance: HomePage, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """The translators and the revisers of a language work on all pages under its home page."""
    if created and not raw and instance.alias_of_id is None:
        grant_translators(instance)
        grant_revisers(instance)
