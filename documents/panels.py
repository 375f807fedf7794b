"""Panels of forms of documents."""

from typing import Any

from wagtail.admin.panels import Panel

from documents.file_texts import FORMATS
from documents.files import picture_url
from documents.importing.model import page_ranges
from documents.models import DocumentFile, FileText


class FilePanel(Panel):
    """What is known of a stored file, who put it there and when, and what it took the place of. Read-only."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "documents/panels/file.html"

        def is_shown(self) -> bool:
            return self.instance.pk is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["file"] = self.instance
            context["picture_url"] = picture_url(self.instance)
            context["text"] = _text(self.instance)
            context["replaced"] = self.instance.replaced.select_related("added_by")
            return context


def _text(file: DocumentFile) -> dict[str, Any] | None:
    """Whether search knows what stands in a file; None for a format that search finds in another way, or not at all."""
    if file.format not in FORMATS:
        return None
    found = FileText.objects.defer("pages").filter(file=file, sha256=file.sha256).first()
    return {"read": found, "silent": page_ranges(found.silent_pages) if found else ""}
