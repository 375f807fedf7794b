"""Panels of forms of documents."""

from typing import Any

from wagtail.admin.panels import Panel

from documents.files import picture_url


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
            context["replaced"] = self.instance.replaced.select_related("added_by")
            return context
