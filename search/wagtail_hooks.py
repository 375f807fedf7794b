"""What search adds to Wagtail's admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from search import admin_views, reports
from search.models import Rebuild, UnansweredQuery
from search.policies import may
from search.viewsets import SearchGroup

register_snippet(SearchGroup)


@hooks.register("register_admin_urls")
def search_urls() -> list[URLPattern]:
    return [
        path("archive-search/index/", admin_views.search_index, name="search_index"),
        path("archive-search/index/rebuild/", admin_views.rebuild_search_index, name="rebuild_search_index"),
        path("archive-search/index/mend/", admin_views.mend_search_index, name="mend_search_index"),
        path("archive-search/queries/", reports.UnansweredQueriesView.as_view(), name="unanswered_queries"),
        path(
            "archive-search/queries/results/",
            reports.UnansweredQueriesView.as_view(results_only=True),
            name="unanswered_queries_results",
        ),
        path("archive-search/queries/<int:query_id>/forget/", reports.forget_query, name="forget_query"),
    ]


class GuardedMenuItem(MenuItem):
    """An entry of the menu for whoever may look at what it leads to; the view asks again."""

    def __init__(self, model: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.model = model

    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user, "view", self.model)


@hooks.register("register_archive_search_menu_item")
def unanswered_queries_item() -> MenuItem:
    return GuardedMenuItem(
        UnansweredQuery,
        _("Queries without results"),
        reverse("unanswered_queries"),
        name="unanswered-queries",
        icon_name="no-view",
        order=300,
    )


@hooks.register("register_archive_search_menu_item")
def search_index_item() -> MenuItem:
    return GuardedMenuItem(
        Rebuild, _("Search index"), reverse("search_index"), name="search-index", icon_name="cogs", order=400
    )
