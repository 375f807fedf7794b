"""The languages of documents and pages, for readers: by session, the documents of one session, and the pages."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.core.languages import LANGUAGES
from cms.core.navigation import Crumb, SiteContext
from cms.core.spreadsheets import CONTENT_TYPES, table_response
from cms.core.visibility import viewer_for
from cms.localization.parity.public import (
    documents_of,
    line_of,
    process_options,
    public_lines,
    public_sessions,
    sessions_with_documents,
    table_of_documents,
    table_of_sessions,
    totals,
)
from cms.localization.parity.public_pages import page_lines, pages_by_key, table_of_pages, totals_of_pages
from cms.meetings.models import Session

SESSIONS_PER_PAGE = 50
DOCUMENTS_PER_PAGE = 100


@require_safe
def show_sessions(request: HttpRequest) -> HttpResponse:
    """How many documents of each session there are in each language; as CSV or XLSX with ``format=``.

    ``process=`` narrows it to the sessions of one; what names none is left out.
    """
    language, viewer = get_language() or "en", viewer_for(request)
    options = process_options(viewer, request, language, request.GET.get("process", ""))
    chosen = next((option.code for option in options if option.is_chosen), "")
    sessions = sessions_with_documents(viewer, chosen)
    form = request.GET.get("format", "")
    if form in CONTENT_TYPES:
        table = table_of_sessions(public_sessions(sessions, viewer, request, language))
        return _vary(table_response(table, form, "languages"))
    page = Paginator(sessions, SESSIONS_PER_PAGE).get_page(request.GET.get("page"))
    rows = public_sessions(page.object_list, viewer, request, language)
    context = {
        "sessions": page,
        "rows": rows,
        "totals": totals(sessions, viewer),
        "processes": options,
        "chosen": chosen,
        "breadcrumbs": _crumbs(request, Crumb(_("Languages of the documents"))),
    }
    return _answer(request, "localization/public_sessions.html", context)


@require_safe
def show_session(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The documents of a session in each language; as CSV or XLSX with ``format=``.

    A session of which the reader may know no document is not found.
    """
    session = get_object_or_404(Session.objects.for_lists(), uid=uid)
    language, viewer = get_language() or "en", viewer_for(request)
    documents = documents_of(session, viewer)
    form = request.GET.get("format", "")
    if form in CONTENT_TYPES and documents.exists():
        table = table_of_documents(public_lines(documents, viewer, language))
        return _vary(table_response(table, form, "languages"))
    page = Paginator(documents, DOCUMENTS_PER_PAGE).get_page(request.GET.get("page"))
    if not page.object_list:
        raise Http404
    shown = documents.filter(pk__in=[document.pk for document in page.object_list])
    line = line_of(session, language, request)
    (counted,) = public_sessions([session], viewer, request, language)
    context = {
        "totals": counted.counts,
        "documents": page,
        "rows": public_lines(shown, viewer, language),
        "line": line,
        "breadcrumbs": _crumbs(
            request, Crumb(_("Languages of the documents"), reverse("documents_languages")), Crumb(line.name.text)
        ),
    }
    return _answer(request, "localization/public_session.html", context)


@require_safe
def show_pages(request: HttpRequest) -> HttpResponse:
    """The pages of the site in each language; as CSV or XLSX with ``format=``."""
    language, viewer = get_language() or "en", viewer_for(request)
    pages = pages_by_key(viewer)
    form = request.GET.get("format", "")
    if form in CONTENT_TYPES:
        return _vary(table_response(table_of_pages(page_lines(pages, viewer, request, language)), form, "languages"))
    page = Paginator(pages, DOCUMENTS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "pages": page,
        "rows": page_lines(page.object_list, viewer, request, language),
        "totals": totals_of_pages(viewer),
        "breadcrumbs": _crumbs(
            request,
            Crumb(_("Languages of the documents"), reverse("documents_languages")),
            Crumb(_("Languages of the pages")),
        ),
    }
    return _answer(request, "localization/public_pages.html", context)


def _crumbs(request: HttpRequest, *crumbs: Crumb) -> list[Crumb]:
    home = SiteContext.of(request).home
    return [*([Crumb(_("Home"), home.url)] if home else []), *crumbs]


def _answer(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return _vary(render(request, template, context | {"languages": LANGUAGES}))


def _vary(response: HttpResponse) -> HttpResponse:
    """What is shown depends on who asks: staff and participants may know of more."""
    patch_vary_headers(response, ["Cookie"])
    return response
