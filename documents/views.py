"""The language-neutral address of a document, and the sheet that prints its symbol on every page."""

from collections.abc import Iterator

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from cms.core.visibility import viewer_for
from documents.addresses import document_url, find_document

PRINT_SHEET = """\
@page {{ @top-right {{ content: "{symbol}"; font: 9pt "Plenary Sans", Arial, sans-serif; text-align: right; }} }}
@page :first {{ @top-right {{ content: none; }} }}
"""
PRINT_SHEET_KEPT_FOR = 24 * 3600  # seconds


def choose_language(request: HttpRequest, path: str) -> HttpResponseBase:
    """Redirects /documents/<symbol> to the reader's language: by cookie, Accept-Language, then what is released.

    A document of which nothing may be known yet is not found, so that the redirect does not tell of it.
    """
    document = find_document(path)
    if document is None:
        raise Http404
    viewer = viewer_for(request)
    released = set(document.versions.released_at_moment(viewer.now).values_list("language", flat=True))
    may_read = viewer.may_read(document.access, document.process_id)
    if not released and not (may_read and document.versions.known_at(viewer.now).exists()):
        raise Http404
    wanted = [*_languages_asked_for(request), *(code for code, _name in settings.LANGUAGES)]
    language = next((code for code in wanted if code in released), wanted[0])
    response = HttpResponseRedirect(document_url(document, language))
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def _languages_asked_for(request: HttpRequest) -> Iterator[str]:
    """The languages of the site that the reader wants, the most wanted first: the cookie's, then the browser's."""
    header = parse_accept_lang_header(request.META.get("HTTP_ACCEPT_LANGUAGE", "").lower())
    for code in [request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""), *(name for name, _weight in header)]:
        try:
            yield translation.get_supported_language_variant(code)
        except LookupError:
            continue


def print_sheet(request: HttpRequest, symbol: str) -> HttpResponse:
    """The style sheet that prints a symbol in the head of every page but the first.

    It says nothing that its address does not say, so it asks neither the database nor the gate.
    """
    # Whatever is no letter or figure is written as its code, so that nothing ends the string.
    escaped = "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):06x}" for c in symbol)
    response = HttpResponse(PRINT_SHEET.format(symbol=escaped), content_type="text/css; charset=utf-8")
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, public=True, max_age=PRINT_SHEET_KEPT_FOR)
    return response
