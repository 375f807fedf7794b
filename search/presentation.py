"""What the search page shows of an answer. Everything shown passed the gate a second time."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.core.languages import Language
from cms.core.languages import language as language_entry
from cms.core.names import PublicName, public_names
from cms.core.navigation import Crumb, SiteContext
from cms.core.visibility import Viewer, visible_pages
from cms.meetings.models import Session
from cms.processes.models import Process, WorkingGroup
from documents.addresses import document_url
from documents.models import LanguageVersion, ReportPage
from search.asking import Answer
from search.engines.base import Hit, Query, Results, Version
from search.entries import entry_keys, page_entry_id, version_entry_id
from search.facets import RECORD_FACETS, Names, facet_views, kept, kind_label, shown_values, without_filters

MOST_DIGITS = 18  # of a primary key; longer ones fit no column


@dataclass(frozen=True)
class HitView:
    """A hit with the names of what it belongs to, and its other versions with their languages."""

    hit: Hit
    kind: str
    places: list[PublicName]
    others: list[tuple[Version, Language]]

    @property
    def matched_elsewhere(self) -> bool:
        """Whether the words were found in another language than the one shown."""
        return self.hit.matched.language != self.hit.shown.language


def results_context(request: HttpRequest, query: Query, answer: Answer, viewer: Viewer) -> dict[str, Any]:
    """The context of the search page. Seven queries at most, whatever is found, and two more where pages are closed."""
    context: dict[str, Any] = {
        "words": query.words,
        "sort": query.sort,
        "breadcrumbs": [*SiteContext(request).breadcrumbs[:1], Crumb(_("Search"))],
        "unavailable": answer.results is None,
    }
    if answer.results is None:
        context["fallback"] = [
            (version, document_url(version.document, version.language)) for version in answer.fallback
        ]
        return context
    results = answer.results
    names = _names(results, query.language, request)
    facets = facet_views(results, names, request.GET)
    return context | {
        "total": results.total,
        "hits": [_hit_view(hit, names) for hit in _still_visible(results.hits, viewer)],
        "facets": facets,
        "chips": [(facet.label, option) for facet in facets for option in facet.options if option.chosen],
        "pages": Paginator(range(results.pages * results.page_size), results.page_size).get_page(results.page),
        "sorts": [
            ("relevance", _("Best match")),
            ("newest", _("Newest")),
            ("oldest", _("Oldest")),
            ("symbol", _("Symbol")),
        ],
        "kept": [(name, value) for name, values in kept(request.GET).lists() for value in values if name != "q"],
        "clear_url": f"?{without_filters(request.GET).urlencode()}",
    }


def _names(results: Results, language: str, request: HttpRequest) -> Names:
    """The public names of all processes, bodies and sessions that are shown: four queries at most."""
    wanted = {
        name: {value.value for value in shown_values(results.facet(name))}
        | {getattr(hit, name) for hit in results.hits}
        for name in RECORD_FACETS
    }
    records: dict[str, list[Any]] = {
        "process": _by_key(Process.objects.all(), wanted["process"]),
        "body": _by_key(WorkingGroup.objects.all(), wanted["body"]),
        "session": _by_key(Session.objects.select_related("working_group"), wanted["session"]),
    }
    names = public_names((record for group in records.values() for record in group), language, request)
    return {(facet, str(record.pk)): names[record.uid] for facet, group in records.items() for record in group}


def _by_key(queryset: Any, values: Iterable[str]) -> list[Any]:
    """The records that the values name. Anything may stand in an address."""
    keys = [int(value) for value in values if value.isascii() and value.isdigit() and len(value) <= MOST_DIGITS]
    return list(queryset.filter(pk__in=keys)) if keys else []


def _still_visible(hits: Iterable[Hit], viewer: Viewer) -> list[Hit]:
    """What the gate lets through now of these hits: the index may be a moment behind. Two queries.

    The text of a web edition, whose passages all have an anchor, is shown only while that edition is open.
    """
    hits = list(hits)
    versions, pages = entry_keys(version.entry_id for hit in hits for version in hit.versions)
    editions = ReportPage.objects.filter(
        document=OuterRef("document"), locale__language_code=OuterRef("language"), alias_of=None
    )
    readable = LanguageVersion.objects.visible_to(viewer).filter(pk__in=versions)
    readable = readable.annotate(is_open=Exists(visible_pages(editions, viewer)))
    open_editions = dict(readable.values_list("pk", "is_open")) if versions else {}
    visible = visible_pages(Page.objects.filter(pk__in=pages), viewer).values_list("pk", flat=True) if pages else ()
    seen = {*map(version_entry_id, open_editions), *map(page_entry_id, visible)}
    editions_seen = {version_entry_id(pk) for pk, is_open in open_editions.items() if is_open}
    return [
        replace(
            hit,
            versions=tuple(version for version in hit.versions if version.entry_id in seen),
            snippets=tuple(part for part in hit.snippets if not part.anchor or hit.matched.entry_id in editions_seen),
        )
        for hit in hits
        if {hit.shown.entry_id, hit.matched.entry_id} <= seen
    ]


def _hit_view(hit: Hit, names: Names) -> HitView:
    places = [names.get((facet, getattr(hit, facet))) for facet in ("body", "session")]
    if places == [None, None]:
        places = [names.get(("process", hit.process))]
    return HitView(
        hit=hit,
        kind=kind_label(hit.doc_kind),
        places=[place for place in places if place is not None],
        others=[(version, language_entry(version.language)) for version in hit.versions if version != hit.shown],
    )
