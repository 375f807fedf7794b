"""What follows by itself when documents and archives change: rights over archives, the place of web editions, and
texts whose links lead elsewhere now."""

from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from cms.users.roles import ARCHIVE_OFFICERS, grant_over_page
from documents.models import ArchivePage, LanguageVersion, OfficialDocument
from documents.placement import move_editions
from documents.rendering import forget_bodies

# What decides where the web editions of a document stand in the tree.
PLACE = ("process_id", "session_id", "working_group_id")


@receiver(post_save, sender=ArchivePage)
def give_officers_the_archive(instance: ArchivePage, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Archive officers work on every archive."""
    if created and not raw:
        group, _new = Group.objects.get_or_create(name=ARCHIVE_OFFICERS)
        grant_over_page(group, instance, ("add", "change"))


@receiver(pre_save, sender=OfficialDocument)
def remember_place(instance: OfficialDocument, raw: bool = False, **kwargs: Any) -> None:
    """Notes where a stored document belonged before this save. One query."""
    stored = None
    if instance.pk and not raw:
        stored = OfficialDocument.objects.filter(pk=instance.pk).values_list(*PLACE).first()
    instance._place_before = stored


@receiver(post_save, sender=OfficialDocument)
def follow_place(instance: OfficialDocument, raw: bool = False, **kwargs: Any) -> None:
    """Moves the web editions when the document's process, session or body has changed.

    Only then: an edition that somebody has moved by hand stays where it is while the facts stay as they are.
    """
    before = getattr(instance, "_place_before", None)
    if before is not None and before != tuple(getattr(instance, name) for name in PLACE):
        move_editions(instance)


@receiver([post_save, post_delete], sender=LanguageVersion)
@receiver([post_save, post_delete], sender=OfficialDocument)
@receiver([page_published, page_unpublished, page_slug_changed, post_page_move])
def forget_rendered_texts(**kwargs: Any) -> None:
    """Texts cite documents and link pages: after a release, a new symbol or a move they are rendered anew."""
    transaction.on_commit(forget_bodies)
