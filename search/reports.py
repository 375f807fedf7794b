"""The list of queries without results, for those who keep synonyms and promoted results."""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.reports.base import ReportView
from wagtail.permissions import policy_registry

from cms.processes.record_views import RecordFilterSet
from search.models import PromotedResult, SynonymGroup, UnansweredQuery
from search.policies import may


class QueryColumn(Column):
    """A query in its own language."""

    cell_template_name = "search/admin/query_cell.html"


class ActionsColumn(Column):
    """What the user may make of a query: a synonym, a promoted result, or nothing."""

    cell_template_name = "search/admin/actions_cell.html"

    def get_cell_context_data(self, instance: UnansweredQuery, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        request: HttpRequest = parent_context["request"]
        back = {"language": instance.language, "next": request.get_full_path()}
        forms = (
            (SynonymGroup, _("Make a synonym"), {"words": f"{instance.words}\n"}),
            (PromotedResult, _("Promote a result"), {"queries": instance.words}),
        )
        context["links"] = [
            (label, f"{reverse(model.snippet_viewset.get_url_name('add'))}?{urlencode(fields | back)}")
            for model, label, fields in forms
            if may(request.user, "add", model)
        ]
        if may(request.user, "delete", UnansweredQuery):
            context["forget_url"] = reverse("forget_query", args=[instance.pk])
            context["csrf_token"] = get_token(request)
            context["next"] = request.get_full_path()
        return context


class UnansweredFilterSet(RecordFilterSet):
    class Meta:
        model = UnansweredQuery
        fields = ["language"]


class UnansweredQueriesView(ReportView):
    """Queries of the last 90 days that found nothing, the most asked first."""

    page_title = _("Queries without results")
    header_icon = "no-view"
    index_url_name = "unanswered_queries"
    index_results_url_name = "unanswered_queries_results"
    model = UnansweredQuery
    any_permission_required = ["view"]
    default_ordering = None
    filterset_class = UnansweredFilterSet
    verbose_name_plural = _("queries without results")
    no_results_message = _("Nothing was searched for in vain in the last 90 days.")
    columns = [
        QueryColumn("words", label=_("Query")),
        Column("language", label=_("Language"), accessor="get_language_display"),
        NumberColumn("count", label=_("Times asked")),
        # A day, and not Wagtail's "22 hours ago": at which hour is not kept.
        Column("last_asked", label=_("Last asked"), accessor=lambda query: date_format(query.last_asked)),
        ActionsColumn("actions", label=_("What to do")),
    ]
    list_export = ["words", "language", "count", "last_asked"]

    @property
    def permission_policy(self) -> Any:
        return policy_registry.get_by_type(UnansweredQuery)

    def get_queryset(self) -> QuerySet[Any]:
        kept: QuerySet[Any] = self.filter_queryset(UnansweredQuery.objects.kept())
        return kept

    def get_filtered_queryset(self) -> QuerySet[Any]:
        filtered: QuerySet[Any] = self.get_queryset()
        return filtered

    def get_filename(self) -> str:
        return "queries-without-results"


@require_POST
def forget_query(request: HttpRequest, query_id: int) -> HttpResponse:
    """Takes a query off the list. It comes back when somebody asks it again."""
    if not may(request.user, "delete", UnansweredQuery):
        raise PermissionDenied
    UnansweredQuery.objects.filter(pk=query_id).delete()
    messages.success(request, gettext("The query has been forgotten."))
    return redirect(get_valid_next_url_from_request(request) or "unanswered_queries")
