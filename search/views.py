"""The search page and its help."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.core.navigation import Crumb, SiteContext
from cms.core.visibility import viewer_for
from search.asking import asked_query
from search.bodies import with_bodies
from search.correcting import AS_TYPED, ask_or_correct, correction_context
from search.data_views import for_programs, in_json
from search.help import examples_with_bodies, examples_with_symbols, examples_with_words
from search.presentation import results_context
from search.promoting import promoted_for
from search.straight import led_on, straight_to
from search.suggesting import suggestions_for, told
from search.unanswered import note_unanswered


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Searches documents and pages in all languages; the address is the whole question.

    A whole symbol leads to its document.
    """
    language = get_language() or "en"
    viewer = viewer_for(request)
    meant = with_bodies(request.GET, viewer)
    if meant is not request.GET:
        # The bodies become filters in the address, with chips to remove them by.
        return led_on(f"{request.path}?{meant.urlencode()}")
    query = asked_query(request.GET, language, viewer)
    straight = straight_to(query, request.GET, viewer)
    if straight is not None:
        return straight
    answer, correction = ask_or_correct(query, viewer, as_typed=AS_TYPED in request.GET)
    context = results_context(request, query, answer, viewer) | correction_context(request, correction)
    note_unanswered(query, answer.results, request)
    context["promoted"] = promoted_for(query, viewer, request)
    response = render(request, "search/search_page.html", context)
    # Results are nobody's content: other search engines should find the documents, not our lists of them.
    response["X-Robots-Tag"] = "noindex, follow"
    return response


@for_programs("suggestions", in_json)
def suggestions(request: HttpRequest) -> HttpResponse:
    """What may be meant by what was typed so far, for the script in the search fields."""
    viewer = viewer_for(request)
    found = suggestions_for(request.GET.get("q", ""), get_language() or "en", viewer, request)
    response = JsonResponse({"suggestions": [suggested.data() for suggested in found], "status": told(found)})
    response["Cache-Control"] = "private, max-age=60"
    response["X-Robots-Tag"] = "noindex"
    patch_vary_headers(response, ["Cookie"])
    return response


@require_safe
def search_help(request: HttpRequest) -> HttpResponse:
    """What can be typed, with examples that lead to real searches."""
    language = get_language() or "en"
    home = SiteContext.of(request).home
    crumbs = [Crumb(_("Home"), home.url)] if home else []
    context = {
        "breadcrumbs": [*crumbs, Crumb(_("Search"), reverse("search")), Crumb(_("Help"))],
        "with_words": [*examples_with_words(language), *examples_with_bodies(language)],
        "with_symbols": examples_with_symbols(language),
    }
    return render(request, "search/help_page.html", context)
