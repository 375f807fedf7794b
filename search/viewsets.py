"""How synonyms and promoted results are administered."""

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from cms.core.languages import joined
from cms.processes.searching import contains
from cms.processes.viewsets import RecordViewSet, UpdatedColumn
from documents.models import OfficialDocument
from documents.viewsets import titled
from search.models import PromotedResult, SynonymGroup


class SynonymGroupViewSet(RecordViewSet):
    model = SynonymGroup
    icon = "list-ul"
    add_to_reference_index = False
    list_display = ["__str__", "language", UpdatedColumn()]
    list_filter = ["language"]
    list_export = ["language", "words"]
    inspect_view_fields = ["language", "words"]
    search_fields = ["words"]


def _queries(result: PromotedResult) -> str:
    return joined(result.lines)


def _language(result: PromotedResult) -> str:
    return result.get_language_display() if result.language else gettext("All languages")


class PromotedResultViewSet(RecordViewSet):
    model = PromotedResult
    icon = "thumbtack"
    list_display = [
        Column("queries", label=_("Shown for"), accessor=_queries, sort_key="queries"),
        Column("language", label=_("For readers of"), accessor=_language, sort_key="language"),
        Column("target", label=_("Result")),
        "starts_on",
        "ends_on",
        UpdatedColumn(),
    ]
    list_filter = ["language"]
    list_export = ["queries", "language", "target", "starts_on", "ends_on"]
    export_headings = {"target": _("Result")}
    inspect_view_fields = ["queries", "language", "document", "page", "reason", "starts_on", "ends_on"]
    search_fields = ["queries"]
    related = ["document", "page"]

    def search_condition(self, term: str) -> Q:
        documents = OfficialDocument.objects.filter(symbol__icontains=term).order_by().values("pk")
        return (
            super().search_condition(term)
            | Q(document__in=documents)
            | Q(document__in=titled(term).values("document"))
            | contains(PromotedResult, "page__title", term)
        )


class SearchGroup(SnippetViewSetGroup):
    """The editors' part of search."""

    items = (SynonymGroupViewSet, PromotedResultViewSet)
    menu_label = _("Archive search")
    menu_icon = "search"
    menu_name = "archive-search"
    menu_order = 140
    submenu_hook = "register_archive_search_menu_item"
