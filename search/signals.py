"""What changes the index: every save, release, publication, move, restriction and deletion notes it in the outbox."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from documents.models import Citation, DocumentFile, FormerSymbol, LanguageVersion, OfficialDocument, ReportPage
from search.outbox import note_pages, note_versions


def _version_changed(sender: Any, instance: LanguageVersion, **kwargs: Any) -> None:
    note_versions([instance.pk])


def _document_changed(sender: Any, instance: OfficialDocument, **kwargs: Any) -> None:
    note_versions(LanguageVersion.objects.filter(document=instance).values_list("pk", flat=True))


def _part_changed(sender: Any, instance: FormerSymbol | Citation, **kwargs: Any) -> None:
    note_versions(LanguageVersion.objects.filter(document=instance.document_id).values_list("pk", flat=True))


def _file_changed(sender: Any, instance: DocumentFile, **kwargs: Any) -> None:
    note_versions([instance.version_id])


def _page_changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    _note([instance])


def _branch_changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    """A slug or a place in the tree: the addresses of all pages below change with it."""
    _note(Page.objects.filter(path__startswith=instance.path))


def _restriction_changed(sender: Any, instance: PageViewRestriction, **kwargs: Any) -> None:
    """A restriction binds the pages below, their translations and their aliases."""
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is None:
        return
    family = Page.objects.filter(Q(translation_key=page.translation_key) | Q(alias_of=page)).values_list(
        "path", flat=True
    )
    below = Q()
    for path in family:
        below |= Q(path__startswith=path)
    _note(Page.objects.filter(below))


def _note(pages: Iterable[Page]) -> None:
    """Notes pages, and the language versions of those that are web editions."""
    keys = [page.pk for page in pages]
    note_pages(keys)
    editions = ReportPage.objects.filter(pk__in=keys).values_list("document", "locale__language_code")
    wanted = Q()
    for document, language in editions:
        wanted |= Q(document=document, language=language)
    if wanted:
        note_versions(LanguageVersion.objects.filter(wanted).values_list("pk", flat=True))


def _edition_deleted(sender: Any, instance: ReportPage, **kwargs: Any) -> None:
    versions = LanguageVersion.objects.filter(document=instance.document_id, language=instance.locale.language_code)
    note_versions(versions.values_list("pk", flat=True))


def _page_deleted(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    if sender is Page:
        note_pages([instance.pk])


def connect() -> None:
    """Connects everything; called once, when the app is ready."""
    for signal in (post_save, post_delete):
        signal.connect(_version_changed, sender=LanguageVersion, dispatch_uid="search_version")
        signal.connect(_part_changed, sender=FormerSymbol, dispatch_uid="search_former_symbol")
        signal.connect(_part_changed, sender=Citation, dispatch_uid="search_citation")
        signal.connect(_file_changed, sender=DocumentFile, dispatch_uid="search_file")
        signal.connect(_restriction_changed, sender=PageViewRestriction, dispatch_uid="search_restriction")
    post_save.connect(_document_changed, sender=OfficialDocument, dispatch_uid="search_document")
    m2m_changed.connect(
        _restricted_groups_changed, sender=PageViewRestriction.groups.through, dispatch_uid="search_restriction_groups"
    )
    for page_signal in (page_published, page_unpublished):
        page_signal.connect(_page_changed, dispatch_uid="search_page")
    for branch_signal in (page_slug_changed, post_page_move):
        branch_signal.connect(_branch_changed, dispatch_uid="search_branch")
    post_delete.connect(_page_deleted, dispatch_uid="search_page_deleted")
    post_delete.connect(_edition_deleted, sender=ReportPage, dispatch_uid="search_edition_deleted")


def _restricted_groups_changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, PageViewRestriction):
        _restriction_changed(sender, instance)
