"""All results of a query as CSV, for spreadsheet programs."""

from collections.abc import Iterator
from dataclasses import replace

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _

from cms.core.languages import short_code
from cms.core.spreadsheets import BYTE_ORDER_MARK, csv_lines
from cms.core.visibility import Viewer
from search.asking import ask
from search.engines.base import MAX_PAGE_SIZE, EngineUnavailableError, Hit, Query, Results
from search.facets import RECORD_FACETS, Names, kind_label
from search.presentation import still_visible
from search.record_names import names_of


def first_page(query: Query, viewer: Viewer) -> Results:
    """The first of the engine's pages. Raises EngineUnavailableError when the engine is away."""
    return _page(replace(query, page=1, page_size=MAX_PAGE_SIZE, passages=0), viewer)


def table(request: HttpRequest, query: Query, first: Results, viewer: Viewer) -> Iterator[str]:
    """The lines of the table, one piece for each of the engine's pages, up to MAX_RESULTS documents.

    An index that changes meanwhile may move a document to a later page: no document stands there twice. With the
    engine going away the answer breaks off, so that nobody takes a part for the whole.
    """
    language = query.language
    seen: set[str] = set()
    results = first
    with translation.override(language):
        piece = BYTE_ORDER_MARK + csv_lines([_header()])
    while True:
        with translation.override(language):
            names = names_of(results, language, request, with_addresses=False)
            hits = [hit for hit in still_visible(results.hits, viewer) if hit.document_key not in seen]
            seen |= {hit.document_key for hit in hits}
            piece += csv_lines([_row(hit, names, request) for hit in hits])
        yield piece
        if results.page >= results.pages:
            return
        piece = ""
        page = results.page + 1
        results = _page(replace(query, page=page, page_size=MAX_PAGE_SIZE, passages=0), viewer)
        if results.page != page:  # there are fewer by now
            return


def _page(query: Query, viewer: Viewer) -> Results:
    results = ask(query, viewer).results
    if results is None:
        raise EngineUnavailableError("unreachable", "The search engine is away.")
    return results


def _header() -> list[str]:
    return [
        _("Symbol"),
        _("Title"),
        _("Language"),
        _("Kind"),
        _("Date"),
        _("Process"),
        _("Body"),
        _("Session"),
        _("Languages"),
        _("Address"),
    ]


def _row(hit: Hit, names: Names, request: HttpRequest) -> list[str]:
    records = (names.get((facet, getattr(hit, facet))) for facet in RECORD_FACETS)
    return [
        hit.symbol,
        hit.shown.title,
        short_code(hit.shown.language).upper(),
        kind_label(hit.doc_kind),
        hit.date.isoformat() if hit.date else "",
        *(record.name.text if record else "" for record in records),
        " ".join(short_code(version.language).upper() for version in hit.versions),
        request.build_absolute_uri(hit.shown.url),
    ]
