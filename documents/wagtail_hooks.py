"""What documents add to Wagtail's admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import policy_registry
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet

from documents.admin_views import NewDocumentView, new_document_button
from documents.batches import views as imports
from documents.batches.rights import may_import_at_all
from documents.checking import check_correction
from documents.history import register_actions
from documents.language_views import compare_languages
from documents.models import OfficialDocument
from documents.reports import CitedSymbolsView, CorrectionChecksView
from documents.rich_text import register_features
from documents.viewsets import DocumentsGroup

register_snippet(DocumentsGroup)
hooks.register("register_page_header_buttons", new_document_button)


@hooks.register("construct_main_menu")
def rename_attachments(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Wagtail's "Documents" are files that pages link to; here documents are something else."""
    for item in menu_items:
        if item.name == "documents":
            item.label = _("Attachments")


@hooks.register("register_admin_urls")
def document_urls() -> list[URLPattern]:
    return [
        path("sessions/<int:page_id>/new-document/", NewDocumentView.as_view(), name="new_document"),
        path("documents/imports/", imports.list_imports, name="document_imports"),
        path("documents/imports/new/", imports.new_import, name="new_document_import"),
        path("documents/imports/<int:batch_id>/", imports.one_import, name="document_import"),
        path("documents/imports/pictures/<int:item_id>/", imports.item_picture, name="document_import_picture"),
        # Below the documents' own addresses, by which the menu knows where one is.
        path(
            "snippets/documents/officialdocument/<int:document_id>/languages/",
            compare_languages,
            name="compare_languages",
        ),
        path("reports/cited-symbols/", CitedSymbolsView.as_view(), name="cited_symbols"),
        path(
            "reports/cited-symbols/results/", CitedSymbolsView.as_view(results_only=True), name="cited_symbols_results"
        ),
        path("reports/correction-checks/", CorrectionChecksView.as_view(), name="correction_checks"),
        path(
            "reports/correction-checks/results/",
            CorrectionChecksView.as_view(results_only=True),
            name="correction_checks_results",
        ),
        path(
            "documents/corrections/<int:correction_id>/versions/<int:version_id>/checked/",
            check_correction,
            name="check_correction",
        ),
    ]


class ImportMenuItem(MenuItem):
    """The way to the imports, for whoever may add documents anywhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_import_at_all(request.user)


@hooks.register("register_admin_menu_item")
def import_menu_item() -> MenuItem:
    return ImportMenuItem(
        _("Import documents"), reverse("document_imports"), name="import-documents", icon_name="upload", order=131
    )


class OfficersMenuItem(MenuItem):
    """A report for whoever may change documents of some process."""

    def is_shown(self, request: HttpRequest) -> bool:
        policy = policy_registry.get_by_type(OfficialDocument)
        return bool(policy.user_has_any_permission(request.user, ["change"]))


@hooks.register("register_reports_menu_item")
def cited_symbols_item() -> MenuItem:
    return OfficersMenuItem(
        _("Cited and not in the archive"),
        reverse("cited_symbols"),
        name="cited-symbols",
        icon_name="link-external",
        order=600,
    )


@hooks.register("register_reports_menu_item")
def correction_checks_item() -> MenuItem:
    return OfficersMenuItem(
        _("To be checked after a corrigendum"),
        reverse("correction_checks"),
        name="correction-checks",
        icon_name="tasks",
        order=610,
    )


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """What is written into the history of documents."""
    register_actions(actions)


@hooks.register("register_rich_text_features", order=100)
def rich_text_features(features: FeatureRegistry) -> None:
    """Links by symbol, footnote marks, and page links in the reader's language instead of Wagtail's own handler."""
    register_features(features)
