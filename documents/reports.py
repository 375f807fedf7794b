"""Reports for document officers: what is cited and not here, and what a corrigendum leaves to be checked."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Min, QuerySet, Window
from django.db.models.functions import DenseRank
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views.reports.base import ReportView
from wagtail.permissions import policy_registry

from cms.processes.permissions import RecordPolicy, processes_for
from cms.processes.record_views import RecordFilterSet
from documents.models import Citation, LanguageVersion, OfficialDocument
from documents.models.corrections import unchecked_versions

# Documents that are named beside a symbol, of those that cite it.
NAMED_IN_LIST = 5
NAMED_IN_EXPORT = 20
EXPORT_BATCH = 500


def own_rows(queryset: QuerySet[Any], user: Any) -> QuerySet[Any]:
    """Those rows (with a foreign key ``document``) that belong to documents which the user may change."""
    policy: RecordPolicy = policy_registry.get_by_type(OfficialDocument)
    if policy.holds_everywhere(user, ["change"]):
        return queryset
    return queryset.filter(document__process__in=processes_for(user, ["change"]))


class OfficersReport(ReportView):
    """A report for whoever may change documents of some process, about those documents alone."""

    any_permission_required = ["change"]
    # Citations have no history of their own to order by.
    default_ordering = None

    @property
    def permission_policy(self) -> Any:
        return policy_registry.get_by_type(OfficialDocument)

    def get_filtered_queryset(self) -> QuerySet[Any]:
        filtered: QuerySet[Any] = self.get_queryset()
        return filtered

    def get_filename(self) -> str:
        return self.index_url_name.replace("_", "-")


@dataclass(frozen=True)
class WantedSymbol:
    """A symbol that the archive lacks: how many documents cite it, and those of them that were filed first."""

    symbol: str
    wanted: int
    citing: list[OfficialDocument]

    @property
    def cited_by(self) -> str:
        """The documents in one line, for a spreadsheet."""
        more = self.wanted - len(self.citing)
        return ", ".join([*map(str, self.citing), *([f"+{more}"] if more else [])])

    @property
    def add_url(self) -> str:
        """The form of a new document with this symbol filled in."""
        viewset: Any = OfficialDocument.snippet_viewset
        return f"{reverse(viewset.get_url_name('add'))}?{urlencode({'symbol': self.symbol})}"


class CitingColumn(Column):
    """The documents that cite a symbol, each with a link to its form."""

    cell_template_name = "documents/admin/citing_cell.html"

    def get_cell_context_data(self, instance: WantedSymbol, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        viewset: Any = OfficialDocument.snippet_viewset
        name = viewset.get_url_name("edit")
        context["links"] = [(document, reverse(name, args=[document.pk])) for document in instance.citing]
        context["more"] = instance.wanted > len(instance.citing)
        return context


class CitedFilterSet(RecordFilterSet):
    class Meta:
        model = Citation
        fields = ["document__process"]


class CitedSymbolsView(OfficersReport):
    """Symbols that documents cite and the archive lacks, the most wanted first. Few queries, whatever their number."""

    page_title = _("Cited and not in the archive")
    header_icon = "link-external"
    index_url_name = "cited_symbols"
    index_results_url_name = "cited_symbols_results"
    model = Citation
    filterset_class = CitedFilterSet
    verbose_name_plural = _("symbols cited that the archive lacks")
    no_results_message = _("The archive holds every symbol that is cited.")
    columns = [
        TitleColumn("symbol", label=_("Symbol"), get_url=lambda row: row.add_url),
        NumberColumn("wanted", label=_("Documents that cite it")),
        CitingColumn("citing", label=_("Cited by"), accessor="citing"),
    ]
    list_export = ["symbol", "wanted", "cited_by"]
    export_headings = {"symbol": _("Symbol"), "wanted": _("Documents that cite it"), "cited_by": _("Cited by")}

    def citations(self) -> QuerySet[Citation]:
        """The citations that the report counts: of the user's own documents, under the filter."""
        filtered: QuerySet[Citation] = self.filter_queryset(own_rows(Citation.objects.all(), self.request.user))
        return filtered

    def get_queryset(self) -> QuerySet[Any]:
        unfiled: Any = self.citations() & Citation.objects.unfiled()
        wanted = unfiled.order_by().values("symbol_key")
        wanted = wanted.annotate(symbol=Min("symbol"), wanted=Count("document", distinct=True))
        ordered: QuerySet[Any] = wanted.order_by("-wanted", "symbol_key")
        return ordered

    def get_table(self, object_list: Iterable[Any]) -> Any:
        return super().get_table(self._named(list(object_list), NAMED_IN_LIST))

    def as_spreadsheet(self, queryset: QuerySet[Any], spreadsheet_format: str) -> HttpResponseBase:
        response: HttpResponseBase = super().as_spreadsheet(self._exported(queryset), spreadsheet_format)
        return response

    def _exported(self, queryset: QuerySet[Any]) -> Iterator[WantedSymbol]:
        rows = queryset.iterator(chunk_size=EXPORT_BATCH)
        while batch := list(islice(rows, EXPORT_BATCH)):
            yield from self._named(batch, NAMED_IN_EXPORT)

    def _named(self, rows: list[dict[str, Any]], most: int) -> list[WantedSymbol]:
        """The rows with the first documents that cite each. Two queries."""
        cited = self.citations().filter(symbol_key__in=[row["symbol_key"] for row in rows])
        rank = Window(DenseRank(), partition_by=[F("symbol_key")], order_by="document_id")
        ranked = cited.order_by().annotate(rank=rank).filter(rank__lte=most)
        pks: dict[str, set[int]] = defaultdict(set)
        for key, document in ranked.values_list("symbol_key", "document_id"):
            pks[key].add(document)
        documents = OfficialDocument.objects.in_bulk({pk for found in pks.values() for pk in found})
        return [
            WantedSymbol(
                row["symbol"],
                row["wanted"],
                [documents[pk] for pk in sorted(pks[row["symbol_key"]]) if pk in documents],
            )
            for row in rows
        ]


class CheckColumn(Column):
    """A button: this version has been compared with the corrigendum."""

    cell_template_name = "documents/admin/check_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        request: HttpRequest = parent_context["request"]
        context["action_url"] = reverse("check_correction", args=[instance.correction, instance.pk])
        context["csrf_token"] = get_token(request)
        context["next"] = request.get_full_path()
        return context


class CheckFilterSet(RecordFilterSet):
    class Meta:
        model = LanguageVersion
        fields = ["document__process", "language"]


def _form_of(version: Any) -> str:
    viewset: Any = LanguageVersion.snippet_viewset
    return reverse(viewset.get_url_name("edit"), args=[version.pk])


class CorrectionChecksView(OfficersReport):
    """Language versions that a corrigendum in other languages leaves to be checked, the oldest corrigendum first."""

    page_title = _("To be checked after a corrigendum")
    header_icon = "tasks"
    index_url_name = "correction_checks"
    index_results_url_name = "correction_checks_results"
    model = LanguageVersion
    filterset_class = CheckFilterSet
    verbose_name_plural = _("language versions to be checked")
    no_results_message = _("No language version is left to be checked.")
    columns = [
        TitleColumn("document", label=_("Document"), accessor="document", get_url=_form_of),
        Column("language", label=_("Language"), accessor="get_language_display"),
        Column("title", label=_("Title")),
        Column("corrigendum", label=_("Corrigendum"), accessor="corrigendum_symbol"),
        Column("date", label=_("Date"), accessor="corrigendum_date"),
        CheckColumn("check", label=_("Checked")),
    ]
    list_export = ["document.symbol", "language", "title", "corrigendum_symbol", "corrigendum_date"]
    export_headings = {
        "document.symbol": _("Document"),
        "language": _("Language"),
        "title": _("Title"),
        "corrigendum_symbol": _("Corrigendum"),
        "corrigendum_date": _("Date"),
    }

    def get_queryset(self) -> QuerySet[Any]:
        versions = self.filter_queryset(own_rows(LanguageVersion.objects.all(), self.request.user))
        unchecked = unchecked_versions(versions).select_related("document")
        return unchecked.order_by("corrigendum_date", "corrigendum_symbol", "document__symbol", "language")
