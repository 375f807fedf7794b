"""How documents, their versions, files and symbols are administered."""

from typing import Any, ClassVar
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Q, QuerySet
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSetGroup

from cms.core.facts import OncePanel
from cms.processes.searching import contains
from cms.processes.viewsets import RecordViewSet, UpdatedColumn
from documents.forms import DocumentFileForm, LanguageVersionForm, OfficialDocumentForm, OwnDocumentForm
from documents.language_views import compare_button
from documents.models import DocumentFile, FormerSymbol, LanguageVersion, OfficialDocument, SymbolSeries
from documents.panels import FilePanel
from documents.symbol_forms import SymbolNoticesMixin
from documents.symbols.folding import loose_key, symbol_key
from documents.widgets import ServedFileInput


class DocumentCreateView(SymbolNoticesMixin, CreateView):
    """The form of a new document."""


class DocumentEditView(SymbolNoticesMixin, EditView):
    """The form of a document, with buttons for its next language version and for comparing its languages."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        return [*super().header_more_buttons, *_new_version_buttons(self.object), compare_button(self.object)]


def _new_version_buttons(document: OfficialDocument) -> list[Button]:
    """A button that leads to the form of a version in the first language that has none; none when all have one."""
    there = set(document.versions.values_list("language", flat=True))
    languages = [*document.process.languages, *(code for code, _name in settings.LANGUAGES)]
    missing = next((code for code in languages if code not in there), None)
    if missing is None:
        return []
    viewset: Any = LanguageVersion.snippet_viewset
    fields = {"document": document.pk, "language": missing, "next": _edit_url(document)}
    url = f"{reverse(viewset.get_url_name('add'))}?{urlencode(fields)}"
    return [Button(_("New language version"), url=url, icon_name="plus", priority=5)]


def _edit_url(document: OfficialDocument) -> str:
    viewset: Any = OfficialDocument.snippet_viewset
    return reverse(viewset.get_url_name("edit"), args=[document.pk])


class SymbolViewSet(RecordViewSet):
    """Records that are found by their document's symbols, however they were typed; ``document_lookup`` leads to it.

    Each table that is looked through gives primary keys of its own: a disjunction over joined tables would be worked
    out for each row of all of them together.
    """

    document_lookup: ClassVar[str]

    def search_condition(self, term: str) -> Q:
        symbols = Q(symbol__icontains=term)
        key, loose = symbol_key(term), loose_key(term)
        if key:
            symbols |= Q(symbol_key__contains=key)
        # "ctoc cop wg4 2019 6": signs between letters and figures were left out. Words without figures are no symbols.
        if any(character.isdigit() for character in loose):
            symbols |= Q(symbol_letters__contains=loose)
        found = OfficialDocument.objects.filter(symbols).order_by().values("pk")
        former = FormerSymbol.objects.filter(symbols).order_by().values("document")
        in_either = Q(**{f"{self.document_lookup}__in": found}) | Q(**{f"{self.document_lookup}__in": former})
        return super().search_condition(term) | in_either


def titled(term: str) -> QuerySet[LanguageVersion]:
    """The language versions whose titles contain the term."""
    return LanguageVersion.objects.filter(contains(LanguageVersion, "title", term)).order_by()


class OfficialDocumentViewSet(SymbolViewSet):
    model = OfficialDocument
    document_lookup = "pk"
    icon = "doc-full"
    base_form_class = OfficialDocumentForm
    add_view_class = DocumentCreateView
    edit_view_class = DocumentEditView
    citable = True
    list_display = ["name", "kind", "date", "process", "session", "access", UpdatedColumn()]
    list_filter = ["process", "kind", "access", "date"]
    list_export = [
        "symbol",
        "archive_number",
        "kind",
        "date",
        "distribution",
        "original_language",
        "access",
        "process",
        "session",
    ]
    related = ["process", "session__working_group"]
    chooser_columns = [
        Column("kind", label=gettext_lazy("Kind"), accessor="get_kind_display"),
        Column("date", label=gettext_lazy("Date")),
        Column("process", label=gettext_lazy("Process")),
    ]
    chooser_per_page = 20
    search_fields = ["symbol"]

    def search_condition(self, term: str) -> Q:
        return super().search_condition(term) | Q(pk__in=titled(term).values("document"))


class FormerSymbolViewSet(SymbolViewSet):
    model = FormerSymbol
    document_lookup = "document"
    icon = "history"
    base_form_class = OwnDocumentForm
    panels = [OncePanel("document"), FieldPanel("symbol")]
    list_display = ["symbol", "document", UpdatedColumn()]
    list_filter = ["document__process"]
    list_export = ["symbol", "document"]
    search_fields = ["symbol"]
    related = ["document__process"]


class LanguageVersionViewSet(SymbolViewSet):
    model = LanguageVersion
    document_lookup = "document"
    icon = "wagtail-localize-language"
    base_form_class = LanguageVersionForm
    # A thousand imported documents would be several thousand rows of an index that nothing here reads.
    add_to_reference_index = False
    list_display = ["__str__", "title", "state", "released_at", "origin", UpdatedColumn()]
    list_filter = ["document__process", "language", "state", "origin"]
    list_export = ["document", "language", "title", "state", "released_at", "expected_on", "origin", "job_number"]
    search_fields = ["title", "job_number"]
    related = ["document__process"]
    ordering = "-pk"


class DocumentFileViewSet(SymbolViewSet):
    model = DocumentFile
    document_lookup = "version__document"
    icon = "download"
    base_form_class = DocumentFileForm
    panels = [
        OncePanel("version"),
        FieldPanel("format"),
        FieldPanel("file", widget=ServedFileInput),
        FilePanel(heading=gettext_lazy("About this file")),
    ]
    add_to_reference_index = False
    list_display = [
        "__str__",
        Column("size", label=gettext_lazy("Size"), accessor=lambda file: filesizeformat(file.size), sort_key="size"),
        UpdatedColumn(),
    ]
    list_filter = ["version__document__process", "version__language", "format"]
    list_export = ["version", "format", "size", "pages", "sha256", "added_at", "added_by"]
    search_fields = ["sha256"]
    related = ["version__document__process"]
    ordering = "-pk"

    def search_condition(self, term: str) -> Q:
        return super().search_condition(term) | Q(version__in=titled(term).values("pk"))


class SymbolSeriesViewSet(RecordViewSet):
    model = SymbolSeries
    icon = "tag"
    list_display = [
        "letters",
        "process",
        "kind",
        BooleanColumn("cited_by_number", label=gettext_lazy("Cited by number alone")),
        UpdatedColumn(),
    ]
    list_filter = ["process", "kind"]
    list_export = ["letters", "process", "kind", "cited_by_number"]
    search_fields = ["letters", "printed_letters"]
    related = ["process"]


class DocumentsGroup(SnippetViewSetGroup):
    """Documents, their versions, files and symbols."""

    items = (
        OfficialDocumentViewSet,
        LanguageVersionViewSet,
        DocumentFileViewSet,
        SymbolSeriesViewSet,
        FormerSymbolViewSet,
    )
    menu_label = gettext_lazy("Documents")
    menu_icon = "doc-full"
    menu_name = "official-documents"
    menu_order = 130
