"""Panels of forms: a record's facts on the form of a page that presents it, and a choice that is made once."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.panels import FieldPanel, Panel

from cms.core.fields import NamesField, best_text


class FactsPanel(Panel):
    """Read-only facts of the page's record, with a link to edit them for whoever may.

    ``relation`` is the page's foreign key, ``fields`` names of the record's fields. Hidden until a record is chosen.
    """

    def __init__(self, relation: str, fields: list[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.relation = relation
        self.fields = fields

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "relation": self.relation, "fields": self.fields}

    class BoundPanel(Panel.BoundPanel):
        template_name = "core/panels/facts.html"

        def is_shown(self) -> bool:
            return getattr(self.instance, f"{self.panel.relation}_id") is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            record = getattr(self.instance, self.panel.relation)
            context["record"] = record
            context["facts"] = [
                (record._meta.get_field(name).verbose_name, _shown(record, name)) for name in self.panel.fields
            ]
            context["edit_url"] = AdminURLFinder(self.request.user).get_edit_url(record)
            return context


class OncePanel(FieldPanel):
    """A field that is chosen once: where the form has disabled it, its value is shown and cannot be changed."""

    class BoundPanel(FieldPanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            if self.bound_field is not None and self.bound_field.field.disabled:
                self.read_only = True


def _shown(record: Any, name: str) -> Any:
    """A field as people read it: the label of a choice, words in their language, else the value."""
    display = getattr(record, f"get_{name}_display", None)
    value = display() if display else getattr(record, name)
    if isinstance(record._meta.get_field(name), NamesField):
        return best_text(value, get_language() or settings.LANGUAGE_CODE)[0]
    return value
