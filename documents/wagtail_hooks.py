"""What documents add to Wagtail's admin."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet

from documents.admin_views import NewDocumentView, new_document_button
from documents.batches import views as imports
from documents.batches.rights import may_import_at_all
from documents.language_views import compare_languages
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
        path("documents/<int:document_id>/languages/", compare_languages, name="compare_languages"),
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


@hooks.register("register_rich_text_features", order=100)
def rich_text_features(features: FeatureRegistry) -> None:
    """Links by symbol, footnote marks, and page links in the reader's language instead of Wagtail's own handler."""
    register_features(features)
