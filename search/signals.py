"""What changes the index: every save, release, publication, move, restriction and deletion notes it in the outbox.

Models' own signals are used, not Wagtail's: those of a publication or a move come after the transaction, too late to be
noted in it.
"""

from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.db.models import Exists, Q
from django.db.models.signals import post_delete, post_save, pre_save
from wagtail.models import Page, PageViewRestriction, Site

from cms.meetings.models import AgendaTitle, Session, SessionPage
from cms.processes.models import Process, WorkingGroup
from documents.models import (
    Citation,
    DocumentFile,
    FileText,
    FormerSymbol,
    LanguageVersion,
    OfficialDocument,
    ReportPage,
)
from search import name_signals
from search.entries import of_searched_types
from search.outbox import note_pages, note_versions

# Fields that are saved alone when a draft is kept or a page locked: readers see nothing of them.
DRAFT_FIELDS = frozenset(
    {
        "wagtail_admin_comments",
        "latest_revision",
        "latest_revision_created_at",
        "live_revision",
        "draft_title",
        "has_unpublished_changes",
        "locked",
        "locked_by",
        "locked_at",
    }
)


def connect() -> None:
    """Connects everything; called once, when the app is ready."""
    name_signals.connect()
    changes = {
        LanguageVersion: _version_changed,
        OfficialDocument: _document_changed,
        FormerSymbol: _part_changed,
        Citation: _part_changed,
        DocumentFile: _file_changed,
        PageViewRestriction: _restriction_changed,
        Process: _record_changed,
        WorkingGroup: _body_changed,
        Session: _record_changed,
        AgendaTitle: _agenda_title_changed,
        Site: _site_changed,
    }
    for model, receiver in changes.items():
        for signal in (post_save, post_delete):
            signal.connect(receiver, sender=model, dispatch_uid=f"search {model.__name__}")
    for page_type in apps.get_models():
        if issubclass(page_type, Page):
            pre_save.connect(_page_will_be_saved, sender=page_type, dispatch_uid="search page before")
            post_save.connect(_page_saved, sender=page_type, dispatch_uid="search page")
    # A text goes only with its file.
    post_save.connect(_text_read, sender=FileText, dispatch_uid="search text")
    # Whatever the type, the row of Page goes with it, also when a whole branch is deleted.
    post_delete.connect(_page_deleted, sender=Page, dispatch_uid="search page deleted")
    post_delete.connect(_edition_deleted, sender=ReportPage, dispatch_uid="search edition deleted")


# Documents


def _version_changed(instance: LanguageVersion, **kwargs: Any) -> None:
    note_versions([instance.pk])


def _document_changed(instance: OfficialDocument, **kwargs: Any) -> None:
    _note_versions_of(instance.pk)


def _part_changed(instance: FormerSymbol | Citation, **kwargs: Any) -> None:
    _note_versions_of(instance.document_id)


def _note_versions_of(document: int) -> None:
    note_versions(LanguageVersion.objects.filter(document=document).values_list("pk", flat=True))


def _file_changed(instance: DocumentFile, **kwargs: Any) -> None:
    note_versions([instance.version_id])


def _text_read(instance: FileText, **kwargs: Any) -> None:
    note_versions(DocumentFile.objects.filter(pk=instance.file_id).values_list("version_id", flat=True))


# Records that pages present


def _record_changed(instance: Process | WorkingGroup | Session, **kwargs: Any) -> None:
    """The text and the facts of its pages take in its acronym, its process and its body."""
    note_pages(Page.objects.filter(translation_key=instance.uid).values_list("pk", flat=True))


def _body_changed(instance: WorkingGroup, **kwargs: Any) -> None:
    _record_changed(instance)
    note_pages(SessionPage.objects.filter(session__working_group=instance).values_list("pk", flat=True))


def _agenda_title_changed(instance: AgendaTitle, **kwargs: Any) -> None:
    """Titles are saved with their page, and go by themselves when their item goes."""
    note_pages([instance.page_id])


# Pages


def _page_will_be_saved(instance: Page, update_fields: Collection[str] | None = None, **kwargs: Any) -> None:
    """Remembers what readers saw of the page. One query."""
    if _concerns_readers(update_fields):
        before = Page.objects.filter(pk=instance.pk).values_list("live", "url_path", "title") if instance.pk else None
        instance._search_before = (before.first() if before is not None else None) or (False, "", "")


def _page_saved(instance: Page, update_fields: Collection[str] | None = None, **kwargs: Any) -> None:
    """Notes a page that is live or was; with the pages below it when its place or its slug is another."""
    if not _concerns_readers(update_fields):
        return
    was_live, url_path, title = instance._search_before
    if url_path and url_path != instance.url_path:
        _note(Q(path__startswith=instance.path))
        name_signals.note_names_on(Q(path__startswith=instance.path))
    elif was_live or instance.live:
        _note(Q(pk=instance.pk))
        if (was_live, title) != (instance.live, instance.title):
            name_signals.note_names_on(Q(pk=instance.pk))


def _concerns_readers(update_fields: Collection[str] | None) -> bool:
    return update_fields is None or not DRAFT_FIELDS.issuperset(update_fields)


def _page_deleted(instance: Page, **kwargs: Any) -> None:
    note_pages([instance.pk])


def _edition_deleted(instance: ReportPage, **kwargs: Any) -> None:
    """The version stays, found by its file from now on."""
    versions = LanguageVersion.objects.filter(document=instance.document_id, language=instance.locale.language_code)
    note_versions(versions.values_list("pk", flat=True))


def _restriction_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    """A restriction binds the pages below, their translations and the aliases of all these: the gate's rule."""
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is None:
        return
    family = Page.objects.filter(Q(translation_key=page.translation_key) | Q(alias_of=page))
    paths = {*family.values_list("path", flat=True)}
    paths |= {*Page.objects.filter(alias_of__in=family).values_list("path", flat=True)}
    below = Q()
    for path in paths:
        below |= Q(path__startswith=path)
    _note(below)
    name_signals.note_names_on(below)


def _site_changed(instance: Site, **kwargs: Any) -> None:
    """Another host or root page: all addresses change. Documents' addresses do not depend on it."""
    note_pages(of_searched_types(Page.objects.all()).values_list("pk", flat=True))


def _note(condition: Q) -> None:
    """Notes the searched pages that meet a condition, and the language versions that others of them are editions of."""
    note_pages(of_searched_types(Page.objects.filter(condition)).values_list("pk", flat=True))
    editions = ReportPage.of_outer_version().filter(condition)
    note_versions(LanguageVersion.objects.filter(Exists(editions)).values_list("pk", flat=True))
