"""Forms of official documents, their language versions and files."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput
from wagtail.permissions import policy_registry

from cms.core.visibility import Access
from cms.meetings.models import AgendaItem, Session
from cms.processes.forms import RecordForm, citable_records
from documents.derivation import next_symbols
from documents.models import DocumentRelation, LanguageVersion, OfficialDocument
from documents.symbol_forms import FilledFromSymbolForm

State = LanguageVersion.State

NOT_READABLE = _("You cannot relate this one: it is not open to you.")

# From the fewest readers to the most.
READERS = [Access.STAFF, Access.PARTICIPANTS, Access.PUBLIC]
# States whose change readers see, and which a publisher therefore decides on.
PUBLISHERS_STATES = {State.RELEASED, State.WITHDRAWN}


def may_release(user: Any, record: Any) -> bool:
    """Whether the user may decide what readers see of this record (a document, a version, a file)."""
    policy = policy_registry.get(record)
    return bool(policy.user_has_permission_for_instance(user, "publish", record))


class BySession(ModelChoiceIterator):
    """Agenda items under the name of their session."""

    def __iter__(self) -> Iterator[Any]:
        groups: dict[str, list[Any]] = {}
        for item in self.queryset.select_related("session__working_group"):
            groups.setdefault(str(item.session), []).append(self.choice(item))
        yield from groups.items()


class AgendaItemsField(forms.ModelMultipleChoiceField):
    """Check boxes for the agenda items under which a document is considered."""

    widget = forms.CheckboxSelectMultiple
    iterator = BySession


def agenda_items_of(session_id: Any) -> Q:
    """The condition of agenda items that a document of a session may stand under.

    Those of the session itself, and of the session that receives its report.
    """
    receiving = Session.objects.filter(pk=session_id).exclude(transmitted_to=None).values("transmitted_to")
    return Q(session=session_id) | Q(session__in=receiving)


class OfficialDocumentForm(FilledFromSymbolForm):
    """The form of a document: agenda items of its session, and nobody opens it to more readers but a publisher."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "agenda_items" not in self.fields:
            return
        narrowed = self.fields["agenda_items"]
        offered = agenda_items_of(self._session_id())
        if self.stored is not None:
            offered |= Q(documents=self.stored)
        self.fields["agenda_items"] = AgendaItemsField(
            queryset=narrowed.queryset.filter(offered).distinct().order_by("session", "sort_order", "pk"),
            required=False,
            label=narrowed.label,
            help_text=_(
                "Items of its session, and of the session to which that one reports. Save a new session first."
            ),
        )

    def _session_id(self) -> int | None:
        """The session that the form has at the moment, posted or stored."""
        value = self["session"].value() if "session" in self.fields else self.instance.session_id
        return int(value) if str(value or "").isdecimal() else None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        self._check_related()
        access = cleaned.get("access")
        if self.for_user is None or self.stored is None or access not in READERS:
            return cleaned
        opens = READERS.index(access) > READERS.index(self.stored.access)
        if opens and not may_release(self.for_user, self.stored):
            self.add_error("access", _("Only a publisher of this process may open a document to more readers."))
        return cleaned

    def _check_related(self) -> None:
        """Refuses new relations to documents that the user may not read, and those that lead back to this one."""
        if self.for_user is None or "relations" not in self.formsets or not self.formsets["relations"].is_valid():
            return
        changed = [form for form in self.formsets["relations"].forms if "target" in form.changed_data]
        chosen = [form.cleaned_data["target"].pk for form in changed if form.cleaned_data.get("target")]
        readable = citable_records(OfficialDocument.objects.filter(pk__in=chosen), self.for_user)
        allowed = set(readable.values_list("pk", flat=True)) if chosen else set()
        for form in changed:
            target = form.cleaned_data.get("target")
            if target and target.pk not in allowed:
                form.add_error("target", NOT_READABLE)
            elif target and self.instance.pk:
                # The forms of rows do not know their document, so a row alone cannot see that it leads back to it.
                try:
                    DocumentRelation(source=self.instance, target=target).clean()
                except ValidationError as error:
                    form.add_error(None, error)


class OwnDocumentForm(RecordForm):
    """A form whose document is chosen once, among the user's own: the registered chooser is for citing."""

    fixed = frozenset({"document"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "document" in self.fields:
            viewset: Any = OfficialDocument.snippet_viewset
            field = self.fields["document"]
            field.widget = viewset.chooser_viewset.widget_class()
            field.widget.is_required = field.required


class LanguageVersionForm(OwnDocumentForm):
    """The form of a language version: releasing, withdrawing and what is released are a publisher's."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        document = cleaned.get("document") or (self.stored and self.stored.document)
        if self.for_user is None or document is None or may_release(self.for_user, document):
            return cleaned
        before = self.stored.state if self.stored else State.HELD
        after = cleaned.get("state", before)
        if before != after and PUBLISHERS_STATES & {before, after}:
            self.add_error("state", _("Only a publisher of this process may release or withdraw a version."))
        if before == State.RELEASED and cleaned.get("released_at") != self.stored.released_at:
            self.add_error("released_at", _("Only a publisher of this process may change when a version is released."))
        if before == State.RELEASED and "files" in self.formsets and self._files_change():
            self.add_error(None, _("Only a publisher of this process may change the files of a released version."))
        return cleaned

    def _files_change(self) -> bool:
        """Whether the posted files differ from those in the database, whichever state of the record the form shows."""
        before = {(file.pk, file.format, file.file.name) for file in self.stored.files.all()}
        return self._files_after() != before

    def _files_after(self) -> set[tuple[int | None, str, str]]:
        """The files that would be there after saving. An invalid formset changes nothing: it is refused anyway."""
        formset = self.formsets["files"]
        if not formset.is_valid():
            return {(file.pk, file.format, file.file.name) for file in self.stored.files.all()}
        kept = [form for form in formset.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        return {(form.instance.pk, form.cleaned_data["format"], str(form.cleaned_data["file"])) for form in kept}


class DocumentFileForm(RecordForm):
    """The form of one file: a file of a released version is seen at once, so it is a publisher's."""

    fixed = frozenset({"version"})

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        version = cleaned.get("version")
        if self.for_user is None or version is None or version.state != State.RELEASED:
            return cleaned
        if not may_release(self.for_user, version):
            self.add_error(None, _("Only a publisher of this process may change the files of a released version."))
        return cleaned


class NewDocumentForm(forms.ModelForm[OfficialDocument]):
    """A new document of a session in one step: the record, its first language version and the draft of its text."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    title = forms.CharField(
        label=_("Title"), max_length=1000, help_text=_("In that language, as the masthead prints it.")
    )
    web_edition = forms.BooleanField(
        label=_("Web edition"),
        required=False,
        initial=True,
        help_text=_("Make a draft page for the text. Leave out for a document that is kept as files only."),
    )

    class Meta:
        model = OfficialDocument
        fields = ["symbol", "kind", "date", "distribution", "access", "agenda_items"]
        field_classes = {"agenda_items": AgendaItemsField}
        widgets = {"date": AdminDateInput, "agenda_items": forms.CheckboxSelectMultiple}

    field_order = [
        "symbol",
        "title",
        "language",
        "kind",
        "date",
        "distribution",
        "access",
        "agenda_items",
        "web_edition",
    ]

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.process = session.working_group.process
        self.instance.session = session
        self._offer_symbols(next_symbols(session))
        items: Any = self.fields["agenda_items"]
        items.queryset = AgendaItem.objects.filter(agenda_items_of(session.pk)).order_by("session", "sort_order", "pk")
        items.help_text = ""

    def _offer_symbols(self, symbols: list[str]) -> None:
        """Fills in the next symbol of the session's main series, and names the next of the others."""
        if not symbols:
            return
        self.initial.setdefault("symbol", symbols[0])
        self.fields["symbol"].help_text = _(
            "Next in the series of this session: %(symbols)s. Empty if it has none."
        ) % {"symbols": ", ".join(symbols)}
