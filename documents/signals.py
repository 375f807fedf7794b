"""What follows by itself when documents and archives change: rights over archives, the place of web editions, pictures
of files, and texts whose links lead elsewhere now."""

from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from cms.processes.models import Process, WorkingGroup
from cms.users.roles import ARCHIVE_OFFICERS, grant_over_page
from documents.citing import cite_page
from documents.describing import describe_file
from documents.file_texts import FORMATS, read_file_text
from documents.history import log_deleted_file, log_file
from documents.models import (
    ArchivePage,
    DocumentFile,
    DocumentPack,
    LanguageVersion,
    OfficialDocument,
    ReplacedFile,
    ReportPage,
    SymbolSeries,
)
from documents.models.versions import DECIDING, follow
from documents.placement import move_editions
from documents.rendering import forget_bodies
from documents.symbol_tables import forget_tables

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


@receiver(pre_save, sender=DocumentFile)
def remember_content(instance: DocumentFile, raw: bool = False, **kwargs: Any) -> None:
    """Notes which content a stored file has before this save. One query."""
    stored = DocumentFile.objects.filter(pk=instance.pk) if instance.pk and not raw else DocumentFile.objects.none()
    instance._content_before = stored.values_list("sha256", flat=True).first()


@receiver(post_save, sender=DocumentFile)
def note_file(instance: DocumentFile, raw: bool = False, **kwargs: Any) -> None:
    """Files added and replaced are in the history of their version."""
    if not raw:
        log_file(instance, instance._content_before)


@receiver(post_delete, sender=DocumentFile)
def note_deleted_file(instance: DocumentFile, origin: Any = None, **kwargs: Any) -> None:
    """Files deleted by themselves are in the history of their version; with a version or document, that one's is."""
    if getattr(origin, "model", type(origin)) is DocumentFile:
        log_deleted_file(instance)


@receiver(page_published, sender=ReportPage)
def find_citations(instance: ReportPage, **kwargs: Any) -> None:
    """What a text cites is found again when it is published."""
    if instance.alias_of_id is None:
        cite_page(instance)


@receiver(post_save, sender=DocumentFile)
def describe_new_file(instance: DocumentFile, raw: bool = False, **kwargs: Any) -> None:
    """Has the worker read the pages of a PDF file, and picture the first."""
    if not raw and instance.format == DocumentFile.Format.PDF and not instance.picture:
        transaction.on_commit(lambda: describe_file.enqueue(instance.pk))


@receiver(post_save, sender=DocumentFile)
def read_new_text(instance: DocumentFile, raw: bool = False, **kwargs: Any) -> None:
    """Has the worker read the text of new content, for search."""
    if not raw and instance.format in FORMATS and instance._content_before != instance.sha256:
        transaction.on_commit(lambda: read_file_text.enqueue(instance.pk))


@receiver(post_delete, sender=DocumentFile)
def forget_content(instance: DocumentFile, **kwargs: Any) -> None:
    """A file's content and picture go with it: nobody could fetch them any more."""
    instance.forget_picture()
    _delete_stored(instance.file)


@receiver(post_delete, sender=ReplacedFile)
def forget_replaced(instance: ReplacedFile, **kwargs: Any) -> None:
    """So does what a file was before it was replaced."""
    _delete_stored(instance.content)


def _delete_stored(content: Any) -> None:
    """Deletes from storage what a field of a row that is gone names, when that is saved."""
    if content:
        storage, name = content.storage, str(content.name)
        transaction.on_commit(lambda: storage.delete(name))


@receiver([post_save, post_delete], sender=SymbolSeries)
@receiver([post_save, post_delete], sender=WorkingGroup)
@receiver([post_save, post_delete], sender=Process)
def forget_what_is_known_of_symbols(**kwargs: Any) -> None:
    """Series of decisions, and the bodies that number them, decide what a text refers to."""
    transaction.on_commit(forget_tables)


@receiver(post_delete, sender=DocumentPack)
def forget_pack(instance: DocumentPack, **kwargs: Any) -> None:
    """What was made for a pack goes with it, whether its days are over or its session or asker has gone."""
    _delete_stored(instance.content)


@receiver([post_save, post_delete], sender=LanguageVersion)
def tell_document(instance: LanguageVersion, update_fields: Any = None, **kwargs: Any) -> None:
    """The document's own note of when readers know of it, and in which languages, follows its versions."""
    # A version that comes in held tells readers nothing, and neither does a note of its latest revision.
    is_new_and_held = kwargs.get("created") and instance.state == LanguageVersion.State.HELD
    if not is_new_and_held and (update_fields is None or DECIDING & set(update_fields)):
        follow([instance.document_id])


@receiver(post_save, sender=OfficialDocument)
def note_versions(instance: OfficialDocument, created: bool, update_fields: Any = None, **kwargs: Any) -> None:
    """A document that was loaded before a version was released must not write its old note back."""
    if not created and update_fields is None:
        follow([instance.pk])


@receiver([post_save, post_delete], sender=LanguageVersion)
@receiver([post_save, post_delete], sender=OfficialDocument)
@receiver([page_published, page_unpublished, page_slug_changed, post_page_move])
def forget_rendered_texts(**kwargs: Any) -> None:
    """Texts cite documents and link pages: after a release, a new symbol or a move they are rendered anew."""
    transaction.on_commit(forget_bodies)
