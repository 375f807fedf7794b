"""Results for programs: JSON, an Atom feed and CSV of the same address, and what tells browsers of the search."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cms.core.downloads import saved_as
from cms.core.rate_limits import seconds_to_wait
from cms.core.visibility import anonymous, viewer_for
from search.asking import ask, asked_query
from search.data import results_data
from search.engines.base import EngineError, EngineUnavailableError
from search.feeds import FEED_LENGTH, results_feed
from search.presentation import still_visible
from search.spreadsheets import first_page, table
from search.suggesting import suggestions_for

ERRORS = {429: "too many requests", 503: "unavailable"}
View = Callable[[HttpRequest], HttpResponseBase]

# Programs read it: it is in one language, like the names in the data.
TOO_MANY = "Too many requests from your address. Come again later."
AWAY = "Search is being restored. Come again later."
AWAY_SECONDS = 60


def for_programs(limit: str, refusal: Callable[[str, int], HttpResponse]) -> Callable[[View], View]:
    """A view under a limit of requests, that says in its own form, made by ``refusal``, when to come again."""

    def decorate(view: View) -> View:
        @require_safe
        @wraps(view)
        def inner(request: HttpRequest) -> HttpResponseBase:
            response: HttpResponseBase
            if wait := seconds_to_wait(request, limit):
                response = refusal(TOO_MANY, 429)
                response["Retry-After"] = str(wait)
            else:
                try:
                    response = view(request)
                except EngineError:
                    response = refusal(AWAY, 503)
                    response["Retry-After"] = str(AWAY_SECONDS)
            response.setdefault("X-Robots-Tag", "noindex, follow")
            return response

        return inner

    return decorate


def in_json(text: str, status: int) -> HttpResponse:
    return JsonResponse({"error": ERRORS[status], "detail": text}, status=status)


def in_words(text: str, status: int) -> HttpResponse:
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")


@for_programs("search", in_json)
def results_json(request: HttpRequest) -> HttpResponseBase:
    """A page of results as JSON (search.data)."""
    viewer = viewer_for(request)
    query = asked_query(request.GET, get_language() or "en", viewer)
    results = ask(query, viewer).results
    if results is None:
        raise EngineUnavailableError("unreachable", AWAY)
    data = results_data(request, query, results, viewer)
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})
    patch_vary_headers(response, ["Cookie"])
    return response


@for_programs("search", in_words)
def results_atom(request: HttpRequest) -> HttpResponseBase:
    """The newest results as an Atom feed, whoever asks: feed readers have no account."""
    viewer = anonymous()
    asked = asked_query(request.GET, get_language() or "en", viewer)
    query = replace(asked, sort="newest", page=1, page_size=FEED_LENGTH, passages=1)
    results = ask(query, viewer).results
    if results is None:
        raise EngineUnavailableError("unreachable", AWAY)
    # Who follows a search waits for all of its words: what holds only some of them is no news.
    hits = still_visible(results.hits, viewer) if results.complete else []
    feed = results_feed(request, query, hits, viewer)
    response = HttpResponse(content_type=feed.content_type)
    feed.write(response, "utf-8")
    return response


@for_programs("search-table", in_words)
def results_csv(request: HttpRequest) -> HttpResponseBase:
    """All results as CSV, up to as many as can be paged through."""
    viewer = viewer_for(request)
    query = asked_query(request.GET, get_language() or "en", viewer)
    rows = table(request, query, first_page(query, viewer), viewer)
    response = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    saved_as(f"search-{timezone.localdate().isoformat()}.csv", response)
    patch_vary_headers(response, ["Cookie"])
    return response


@for_programs("suggestions", in_json)
def completions(request: HttpRequest) -> HttpResponseBase:
    """What may be meant by what was typed so far, for the address bars of browsers (OpenSearch Suggestions 1.1)."""
    typed = request.GET.get("q", "")
    found = suggestions_for(typed, get_language() or "en", viewer_for(request), request)
    data = [
        typed,
        [suggested.symbol or suggested.title for suggested in found],
        [suggested.title for suggested in found],
        [request.build_absolute_uri(suggested.url) for suggested in found],
    ]
    response = JsonResponse(data, safe=False, content_type="application/x-suggestions+json")
    patch_vary_headers(response, ["Cookie"])
    return response


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """What a browser needs to search this site from its address bar (OpenSearch 1.1)."""
    return render(request, "search/opensearch.xml", content_type="application/opensearchdescription+xml; charset=utf-8")
