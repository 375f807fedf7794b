"""What follows by itself when a process's page appears: the groups of the process get their rights over it."""

from typing import Any

from django.contrib.auth.models import Group
from django.db.models.signals import post_save
from django.dispatch import receiver

from cms.processes.models import ProcessIndexPage, ProcessPage
from cms.processes.roles import grant_process_page
from cms.users.roles import ARCHIVE_OFFICERS, grant_over_page


@receiver(post_save, sender=ProcessPage)
def give_roles_their_page(instance: ProcessPage, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Editors and publishers work on their process's pages in every language. An alias is nobody's work."""
    if created and not raw and instance.alias_of_id is None:
        grant_process_page(instance, instance.process)


@receiver(post_save, sender=ProcessIndexPage)
def give_officers_the_processes(instance: ProcessIndexPage, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Archive officers work on the documents of all processes; publishing web editions stays with the publishers."""
    if created and not raw:
        group, _new = Group.objects.get_or_create(name=ARCHIVE_OFFICERS)
        grant_over_page(group, instance, ("add", "change"))
