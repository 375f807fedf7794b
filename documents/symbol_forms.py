"""What the forms and views of documents do with a symbol: fill in what it tells, say what is remarkable about it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from cms.processes.forms import RecordForm
from documents.derivation import Belonging, belonging_of, notices_on
from documents.models import OfficialDocument


class FilledFromSymbolForm(RecordForm):
    """A form of a new document whose process, body and session follow from its symbol where they are left empty.

    Only records that the user might have chosen are filled in; what was chosen is never changed.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.stored is None and "process" in self.fields:
            self.fields["process"].required = False
            self.fields["process"].help_text = _(
                "Follows from the symbol where that is left empty and the symbol tells it."
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.stored is not None or "process" not in self.fields:
            return cleaned
        told = belonging_of(cleaned["symbol"]) if cleaned.get("symbol") else Belonging()
        chosen = cleaned.get("process")
        if chosen is None:
            self._fill(cleaned, "process", told.process)
        if cleaned.get("process") is not None and cleaned["process"] == told.process:
            if cleaned.get("session") is None and cleaned.get("working_group") in {None, told.working_group}:
                self._fill(cleaned, "session", told.session)
            if cleaned.get("working_group") is None and cleaned.get("session") in {None, told.session}:
                self._fill(cleaned, "working_group", told.working_group)
        elif chosen is None and "process" not in self.errors:
            self.add_error("process", _("Choose the process: the symbol does not tell it."))
        return cleaned

    def _fill(self, cleaned: dict[str, Any], name: str, record: Any) -> None:
        """Fills in a record that the field offers this user."""
        field = self.fields.get(name)
        if record is None or name in self.errors or not isinstance(field, forms.ModelChoiceField):
            return
        if field.queryset is not None and field.queryset.filter(pk=record.pk).exists():
            cleaned[name] = record


class SymbolNoticesMixin:
    """A view that tells what is remarkable about a symbol once it is saved. None of it hinders saving."""

    request: Any
    form: Any

    def save_instance(self) -> OfficialDocument:
        document: OfficialDocument = super().save_instance()  # type: ignore[misc]  # mixed into Wagtail's views
        if "symbol" in self.form.changed_data:
            show_notices(self.request, document)
        return document


def show_notices(request: Any, document: OfficialDocument) -> None:
    """Shows what is remarkable about a document's symbol as warnings."""
    for notice in notices_on(document):
        messages.warning(request, notice)
