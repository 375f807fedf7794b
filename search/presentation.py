"""What the search page shows of an answer. Everything shown passed the gate a second time."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.core.languages import Language
from cms.core.languages import language as language_entry
from cms.core.names import PublicName
from cms.core.navigation import Crumb, SiteContext
from cms.core.prepared import KEYS
from cms.core.visibility import Viewer, prepared_for_viewers, visible_pages
from documents.addresses import document_url
from documents.models import DocumentFile, LanguageVersion, ReportPage
from search.asking import Answer
from search.engines.base import Hit, Query, Snippet, Version
from search.entries import entry_keys, page_entry_id, version_entry_id
from search.facets import Names, facet_views, kept, kind_label, without, without_filters
from search.record_names import names_of
from search.related import starts


@dataclass(frozen=True)
class HitView:
    """A hit with the languages of what is shown and of what matched, the names of what it belongs to (each with its
    language, None where that is the page's own), its passages with what leads to them and where to, and its other
    versions."""

    hit: Hit
    shown: Language
    matched: Language
    kind: str
    places: list[tuple[str, Language | None]]
    passages: list[tuple[str, str, Snippet]]
    others: list[tuple[Version, Language]]


def results_context(request: HttpRequest, query: Query, answer: Answer, viewer: Viewer) -> dict[str, Any]:
    """The context of the search page. Six queries at most, whatever is found, and two more where pages are closed.

    Two more where the address names a document to be like.
    """
    home = SiteContext.of(request).home
    context: dict[str, Any] = {
        "words": query.words,
        "breadcrumbs": [*([Crumb(_("Home"), home.url)] if home else []), Crumb(_("Search"))],
        "unavailable": answer.results is None,
    }
    if answer.results is None:
        context["fallback"] = [
            (version, document_url(version.document, version.language)) for version in answer.fallback
        ]
        return context
    results = answer.results
    # Addresses are compared with those of pages that are found themselves.
    finds_pages = any(hit.kind != "document" for hit in results.hits)
    names = names_of(results, query.language, request, with_addresses=finds_pages)
    facets = facet_views(results, names, request.GET)
    return context | {
        "total": results.total,
        "complete": results.complete,
        "hits": hit_views(still_visible(results.hits, viewer), names),
        "facets": facets,
        "starts": [(start, without(request.GET, start.parameter)) for start in starts(query, request.GET, viewer)],
        "chips": [(facet.label, option) for facet in facets for option in facet.options if option.chosen],
        "pages": Paginator(range(results.pages * results.page_size), results.page_size).get_page(results.page),
        "sort": shown_sort(query),
        "sorts": [
            *([("relevance", _("Best match"))] if matches(query) else []),
            ("newest", _("Newest")),
            ("oldest", _("Oldest")),
            ("symbol", _("Symbol")),
        ],
        "kept": [(name, value) for name, values in kept(request.GET).lists() for value in values if name != "q"],
        "clear_url": f"?{without_filters(request.GET).urlencode()}",
    }


def shown_sort(query: Query) -> str:
    """The order that the results are in: the newest first where there are no words to match."""
    return query.sort if matches(query) or query.sort != "relevance" else "newest"


def matches(query: Query) -> bool:
    """Whether results match better or worse: there are words, or a document to be like."""
    return bool(query.words.strip() or query.similar_to)


def still_visible(hits: Iterable[Hit], viewer: Viewer) -> list[Hit]:
    """What the gate lets through now of these hits: the index may be a moment behind. Two queries.

    The text of a web edition, whose passages all have an anchor, is shown only while that edition is open; that of a
    file, whose passages have an address too, while the file is there.
    """
    hits = list(hits)
    versions, pages = entry_keys(version.entry_id for hit in hits for version in hit.versions)
    found = _readable(viewer, keys=versions) if versions else ()
    readers = {version_entry_id(pk): (is_open, f"/{file}/") for pk, is_open, file in found}
    visible = _seen_pages(viewer, keys=pages) if pages else ()
    seen = {*readers, *(page_entry_id(pk) for (pk,) in visible)}

    def may_quote(entry_id: str, part: Snippet) -> bool:
        is_open, file = readers.get(entry_id, (False, ""))
        return file in part.url if part.url else is_open or not part.anchor

    return [
        replace(
            hit,
            versions=tuple(version for version in hit.versions if version.entry_id in seen),
            snippets=tuple(part for part in hit.snippets if may_quote(hit.matched.entry_id, part)),
        )
        for hit in hits
        if {hit.shown.entry_id, hit.matched.entry_id} <= seen
    ]


@prepared_for_viewers
def _readable(viewer: Viewer) -> QuerySet[LanguageVersion, Any]:
    """Versions that may be read: whether their web edition is open, and the file whose text is known by pages."""
    editions = ReportPage.of_outer_version().filter(alias_of=None)
    # Of a file that was replaced, the index may still hold the earlier text: the new one's must be known.
    files = DocumentFile.objects.filter(
        version=OuterRef("pk"), format=DocumentFile.Format.PDF, text__sha256=F("sha256")
    )
    versions = LanguageVersion.objects.visible_to(viewer).filter(pk__in=KEYS).order_by()
    rows: QuerySet[LanguageVersion, Any] = versions.values_list(
        "pk", Exists(visible_pages(editions, viewer)), Subquery(files.values("uid"))
    )
    return rows


@prepared_for_viewers
def _seen_pages(viewer: Viewer) -> QuerySet[Page, Any]:
    pages: QuerySet[Page, Any] = visible_pages(Page.objects.filter(pk__in=KEYS), viewer).values_list("pk")
    return pages


def hit_views(hits: Iterable[Hit], names: Names) -> list[HitView]:
    """The hits as they are shown."""
    own = language_entry(get_language() or settings.LANGUAGE_CODE)

    def in_words(name: PublicName) -> tuple[str, Language | None]:
        language = language_entry(name.language)
        return name.text, None if language is own else language

    return [
        HitView(
            hit=hit,
            shown=language_entry(hit.shown.language),
            matched=language_entry(hit.matched.language),
            kind=kind_label(hit.doc_kind),
            places=list(map(in_words, _places(hit, names))),
            passages=[(_where(part), hit.address_of(part), part) for part in hit.snippets],
            others=[(version, language_entry(version.language)) for version in hit.versions if version != hit.shown],
        )
        for hit in hits
    ]


def _places(hit: Hit, names: Names) -> list[PublicName]:
    """Body and session, or else the process; for the page of one of these, what it belongs to."""
    body, session = (names.get((facet, getattr(hit, facet))) for facet in ("body", "session"))
    process = names.get(("process", hit.process))
    found = [record.name for record in (body, session) if record] or [record.name for record in (process,) if record]
    if hit.kind == "document":
        return found
    own = session or body or process
    return [name for name in ([own.owner] if own and own.owner else found) if name.url != hit.shown.url]


def _where(part: Snippet) -> str:
    """What leads to a passage: its number, its label as printed, or just the text; for a file, the number of its
    page."""
    if part.url:
        return _("page {number}").format(number=part.label)
    if part.label[:1].isdigit():
        return _("para. {number}").format(number=part.label)
    return part.label or _("text")
