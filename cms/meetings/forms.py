"""Form parts of a session's page."""

from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.panels import InlinePanel


class AgendaTitleFormSet(BaseChildFormSet):
    """The titles of a session's agenda items: each names an item of that session and of no other."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        field: Any = form.fields["item"]
        field.queryset = field.queryset.filter(session=self.session_id)
        # Given as a list, it is read once and not by every row of the form.
        field.choices = self.choices

    @property
    def session_id(self) -> int | None:
        """The session of the page, stored or just chosen; None where none has been chosen."""
        if self.instance.session_id:
            return int(self.instance.session_id)
        posted = str(self.data.get("session", ""))
        return int(posted) if posted.isdecimal() else None

    @cached_property
    def choices(self) -> list[tuple[Any, str]]:
        """The items of the session in the order of its agenda. One query."""
        from cms.meetings.models import AgendaItem  # models import this module

        nothing = "---------" if self.session_id else _("Choose the session and save the page first")
        items = AgendaItem.objects.filter(session=self.session_id).in_order()
        return [("", nothing), *((item.pk, str(item)) for item in items)]


class AgendaTitlesPanel(InlinePanel):
    """The rows of a session's page for its agenda items."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = AgendaTitleFormSet
        return options
