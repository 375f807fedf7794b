"""How the glossary is administered."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import IndexView

from cms.core.languages import LANGUAGES, short_code
from cms.localization.glossary.policies import GlossaryPolicy, keeps_general_terms, processes_with_glossary
from cms.localization.memory.rights import may_keep_files
from cms.localization.models import Term, TermName
from cms.processes.forms import NOT_YOURS, RecordForm
from cms.processes.models import Process
from cms.processes.record_views import RecordFilterSet
from cms.processes.searching import contains
from cms.processes.viewsets import RecordViewSet, UpdatedColumn


class TermForm(RecordForm):
    """The form of a term: in a process whose terms the user keeps, or for the whole site by an administrator."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.for_user is None or "process" in self.errors:
            return cleaned
        wanted = Term(process=cleaned.get("process"))
        if not GlossaryPolicy(Term, "process_id").user_has_permission_for_instance(self.for_user, "add", wanted):
            alone = _("Choose a process. Terms of the whole site are kept by administrators.")
            self.add_error("process", NOT_YOURS if wanted.process_id else alone)
        return cleaned


class TermFilterSet(RecordFilterSet):
    """By process, the whole site's own terms included, by language, and those that have forbidden names."""

    process = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Process"), queryset=Process.objects.all(), null_label=gettext_lazy("The whole site")
    )
    language = django_filters.ChoiceFilter(
        label=gettext_lazy("Has a name in"),
        choices=[(entry.code, entry.label) for entry in LANGUAGES],
        method="in_language",
    )

    class Meta:
        model = Term
        fields = ["process"]

    def in_language(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(pk__in=TermName.objects.filter(language=value).values("term"))


class TermIndexView(IndexView):
    """The list of terms, with the ways in and out."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons = list(super().header_more_buttons)
        user = self.request.user
        if keeps_general_terms(user) or processes_with_glossary(user).exists():
            buttons.append(Button(_("Import terms"), reverse("import_glossary"), icon_name="upload", priority=60))
        if may_keep_files(user):
            address = reverse("localization:memory_files")
            buttons.append(Button(_("Files in the translation memory"), address, icon_name="upload", priority=65))
        for form, label in (("tbx", _("Save as TBX")), ("csv", _("Save as CSV"))):
            address = reverse("export_glossary", args=[form])
            query = self.request.GET.urlencode()
            buttons.append(Button(label, f"{address}?{query}" if query else address, icon_name="download", priority=70))
        return buttons


def _languages(term: Term) -> str:
    here = {name.language for name in term.names.all()}
    return " ".join(short_code(entry.code).upper() for entry in LANGUAGES if entry.code in here)


def _owner(term: Term) -> str:
    return str(term.process or _("The whole site"))


class TermViewSet(RecordViewSet):
    model = Term
    icon = "openquote"
    menu_label = gettext_lazy("Glossary")
    menu_name = "glossary"
    menu_order = 150
    add_to_admin_menu = True
    base_form_class = TermForm
    index_view_class = TermIndexView
    filterset_class = TermFilterSet
    list_display = [
        "__str__",
        Column("owner", label=gettext_lazy("For"), accessor=_owner),
        Column("languages", label=gettext_lazy("Languages"), accessor=_languages),
        UpdatedColumn(),
    ]
    inspect_view_fields = ["process", "source", "note"]
    search_fields = ["source", "note"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("process").prefetch_related("names")

    def search_condition(self, term: str) -> Q:
        named = TermName.objects.filter(contains(TermName, "text", term)).values("term")
        return super().search_condition(term) | Q(pk__in=named)
