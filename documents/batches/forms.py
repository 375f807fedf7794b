"""The forms of an import: putting files in, and a row of facts for each file."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.visibility import Access
from cms.processes.models import Process
from documents.batches.marks import row_mark
from documents.batches.rights import processes_to_import_into
from documents.importing.agenda import in_latin_letters, item_numbers
from documents.models import ImportItem, OfficialDocument
from documents.models.documents import RESERVED_SEGMENTS
from documents.models.imports import MOST_FILES
from documents.symbols.folding import loose_key

# The name under which a row's page carries the mark of what it showed.
SEEN = "seen"


class ManyFilesInput(forms.ClearableFileInput):
    """A browser's own file input that takes many files, also dropped on it."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Any number of files. Each is checked where it is kept, so that one that is refused loses none of the others."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = [file for file in (data or []) if file]
        if not files:
            raise ValidationError(_("Choose the files to import."))
        if len(files) > MOST_FILES:
            raise ValidationError(_("At most %(most)s files at a time.") % {"most": MOST_FILES})
        return files


class UploadForm(forms.Form):
    """The files, the process they belong to, and who may read them once they are released."""

    process = forms.ModelChoiceField(label=gettext_lazy("Process"), queryset=Process.objects.none())
    access = forms.ChoiceField(
        label=gettext_lazy("Access"),
        choices=Access.choices,
        initial=Access.PUBLIC,
        help_text=gettext_lazy("Who may read them once they are released. For documents that are new to the archive."),
    )
    uploads = ManyFilesField(
        label=gettext_lazy("Files"),
        help_text=gettext_lazy("PDF, DOCX, DOC, ODT, RTF, XLSX or plain text, as many as you like at once."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        process: Any = self.fields["process"]
        process.queryset = processes_to_import_into(user).order_by("name")
        known = list(process.queryset[:2])
        if len(known) == 1:
            self.initial["process"] = known[0].pk


class ItemForm(forms.Form):
    """The facts of one file. What is wrong in one row keeps no other row from being saved."""

    included = forms.BooleanField(label=gettext_lazy("File this one"), required=False)
    symbol = forms.CharField(label=gettext_lazy("Symbol"), max_length=120, required=False)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=[("", "—"), *settings.LANGUAGES], required=False
    )
    title = forms.CharField(
        label=gettext_lazy("Title"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    date = forms.DateField(
        label=gettext_lazy("Date"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=OfficialDocument.Kind.choices)
    session = forms.TypedChoiceField(label=gettext_lazy("Session"), coerce=int, empty_value=None, required=False)
    agenda_items = forms.CharField(
        label=gettext_lazy("Agenda items"), required=False, max_length=200, help_text=gettext_lazy("Such as 3, 4 (b).")
    )
    distribution = forms.ChoiceField(
        label=gettext_lazy("Distribution"), choices=[("", "—"), *OfficialDocument.Distribution.choices], required=False
    )
    original_language = forms.ChoiceField(
        label=gettext_lazy("Original language"), choices=[("", "—"), *settings.LANGUAGES], required=False
    )

    access = forms.ChoiceField(label=gettext_lazy("Access"), required=False)

    def __init__(
        self, data: Any, *, item: ImportItem, sessions: list[tuple[int, str]], agendas: Mapping[int, set[str]]
    ) -> None:
        facts = item.facts
        initial = {**facts, "agenda_items": ", ".join(facts["agenda_items"]), "included": item.included}
        super().__init__(data, prefix=f"item-{item.pk}", initial=initial)
        self.item = item
        self.agendas = agendas
        session: Any = self.fields["session"]
        session.choices = [("", "—"), *sessions]
        access: Any = self.fields["access"]
        as_import = _("As the import: %(access)s") % {"access": item.batch.get_access_display()}
        access.choices = [("", as_import), *Access.choices]

    @property
    def mark(self) -> str:
        """What stands for the row as the database has it: the page carries it, to see what was changed meanwhile."""
        return row_mark(self.item)

    def clean_symbol(self) -> str:
        symbol = " ".join(self.cleaned_data["symbol"].split())
        if symbol and not loose_key(symbol):
            raise ValidationError(_("A symbol needs letters or figures."))
        if symbol.split("/")[0].casefold() in RESERVED_SEGMENTS:
            raise ValidationError(_("A symbol cannot begin with this word: it is an address of the site."))
        return symbol

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        text = cleaned.get("agenda_items", "")
        numbers = [in_latin_letters(number) for number in item_numbers(text)]
        session = cleaned.get("session")
        if text and not numbers:
            self.add_error("agenda_items", _("Give numbers, such as 3, 4 (b)."))
        elif numbers and session:
            unknown = [number for number in numbers if number not in self.agendas.get(session, set())]
            if unknown:
                names = {"items": ", ".join(unknown)}
                self.add_error("agenda_items", _("This session has no agenda item %(items)s.") % names)
        cleaned["agenda_items"] = numbers
        self._refuse_overwriting(cleaned)
        return cleaned

    def _refuse_overwriting(self, cleaned: dict[str, Any]) -> None:
        """Says what another person has saved in this row since the page was shown, where it is not the same."""
        seen = self.data.get(f"{self.prefix}-{SEEN}", self.mark)
        if seen == self.mark or self.errors:
            return
        mine, theirs = _plain({**self.item.facts, **cleaned}), _plain(self.item.facts)
        other = [name for name in self.fields if name != "included" and mine.get(name) != theirs.get(name)]
        if other:
            values = {name: self.shown(name) for name in other}
            lines = [f"{self.fields[name].label}: {value or '—'}" for name, value in values.items()]
            text = _(
                "Somebody else has changed this row since you opened it. It says: %(values)s. Save again to keep yours."
            )
            self.add_error(None, text % {"values": "; ".join(lines)})

    def shown(self, name: str) -> str:
        """A field's stored value as people read it."""
        value = self.item.facts.get(name)
        if isinstance(value, list):
            return ", ".join(value)
        choices = dict(getattr(self.fields[name], "choices", []))
        return str(choices.get(value, value) or "")

    def facts(self) -> dict[str, Any]:
        """The item's facts with what the row says."""
        cleaned = {name: value for name, value in self.cleaned_data.items() if name != "included"}
        return _plain({**self.item.facts, **cleaned})


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts as JSON holds them."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items()}
