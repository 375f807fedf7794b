"""An answer as data. The shape is told in docs/search.md.

``VERSION`` goes up when something that a program may rely on is renamed, taken away or changes its meaning; what is
only added leaves it.
"""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from cms.core.languages import html_lang
from cms.core.names import PublicName
from cms.core.visibility import Viewer
from search.asking import address_value
from search.engines.base import Hit, Piece, Query, Results, Snippet, Version
from search.facets import RECORD_FACETS, FacetView, Names, facet_views, kept
from search.presentation import HitView, hit_views, shown_sort, still_visible
from search.record_names import names_of

FORMAT = "plenary-search"
VERSION = 1


def results_data(request: HttpRequest, query: Query, results: Results, viewer: Viewer) -> dict[str, Any]:
    """A page of results for programs: as the search page shows it, texts as text. Seven queries at most."""
    names = names_of(results, query.language, request)
    return {
        "format": FORMAT,
        "version": VERSION,
        "url": request.build_absolute_uri(),
        "query": {
            "words": query.words,
            "language": html_lang(query.language),
            "filters": {
                name: [address_value(name, value) for value in query.chosen(name)] for name in sorted(query.filters)
            },
            "citing": query.citing[0] if query.citing else None,
            "similar_to": query.similar_to or None,
            "sort": shown_sort(query),
        },
        "total": results.total,
        "complete": results.complete,
        "page": results.page,
        "pages": results.pages,
        "page_size": results.page_size,
        "previous": _page_url(request, results.page - 1) if results.page > 1 else None,
        "next": _page_url(request, results.page + 1) if results.page < results.pages else None,
        "hits": [_hit(view, names, request) for view in hit_views(still_visible(results.hits, viewer), names)],
        "facets": [_facet(facet) for facet in facet_views(results, names, request.GET)],
    }


def _page_url(request: HttpRequest, number: int) -> str:
    """The address of another page of the results."""
    asked = kept(request.GET)
    asked["page"] = str(number)
    return request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")


def _hit(view: HitView, names: Names, request: HttpRequest) -> dict[str, Any]:
    hit = view.hit
    return {
        "type": hit.kind,
        "key": hit.document_key,
        "symbol": hit.symbol or None,
        **_version(hit.shown, request),
        "title_pieces": _pieces(hit.title),
        "kind": {"value": hit.doc_kind, "label": view.kind},
        "date": hit.date,
        **{facet: _record(facet, hit, names, request) for facet in RECORD_FACETS},
        "is_exact_symbol": hit.is_exact_symbol,
        "versions": [_version(version, request) for version in hit.versions],
        "passages": [_passage(snippet, address, hit.matched, request) for _where, address, snippet in view.passages],
    }


def _version(version: Version, request: HttpRequest) -> dict[str, Any]:
    return {
        "language": html_lang(version.language),
        "title": version.title,
        "url": request.build_absolute_uri(version.url),
    }


def _record(facet: str, hit: Hit, names: Names, request: HttpRequest) -> dict[str, Any] | None:
    """The process, body or session of a hit: what filters by it, and its name."""
    value = getattr(hit, facet)
    record = names.get((facet, value))
    return {"value": value, **_name(record.name, request)} if record else None


def _name(name: PublicName, request: HttpRequest) -> dict[str, Any]:
    return {
        "name": name.text,
        "name_language": html_lang(name.language),
        "url": request.build_absolute_uri(name.url) if name.url else None,
    }


def _passage(snippet: Snippet, address: str, matched: Version, request: HttpRequest) -> dict[str, Any]:
    """A passage found: its language, its label as printed or its page in a file, its pieces, and its very place."""
    return {
        "language": html_lang(matched.language),
        "label": (not snippet.url and snippet.label) or None,
        "page": int(snippet.label) if snippet.url else None,
        "pieces": _pieces(snippet.pieces),
        "url": request.build_absolute_uri(address),
    }


def _pieces(pieces: Iterable[Piece]) -> list[dict[str, Any]]:
    return [{"text": piece.text, "match": piece.is_match} for piece in pieces]


def _facet(facet: FacetView) -> dict[str, Any]:
    return {
        "name": facet.name,
        "label": facet.label,
        "values": [
            {
                "value": option.value,
                "label": option.label,
                "label_language": html_lang(option.language) if option.language else None,
                "of": option.owner.text if option.owner else None,
                "count": option.count,
                "chosen": option.chosen,
            }
            for option in facet.options
        ],
    }
