"""The search page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cms.core.visibility import viewer_for
from search.asking import ask, asked_query
from search.presentation import results_context


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Searches documents and pages in all languages; the address is the whole question."""
    language = get_language() or "en"
    viewer = viewer_for(request)
    query = asked_query(request.GET, language, viewer)
    answer = ask(query, viewer)
    response = render(request, "search/search_page.html", results_context(request, query, answer, viewer))
    # Results are nobody's content: other search engines should find the documents, not our lists of them.
    response["X-Robots-Tag"] = "noindex, follow"
    return response
