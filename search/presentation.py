"""What the search page shows of an answer. Everything shown passed the gate a second time."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.core.languages import language as language_entry
from cms.core.names import PublicName, public_names
from cms.core.navigation import Crumb, SiteContext
from cms.core.visibility import Viewer, visible_pages
from cms.meetings.models import Session
from cms.processes.models import Process, WorkingGroup
from documents.addresses import document_url
from documents.models import LanguageVersion, OfficialDocument
from search.asking import Answer, address_value
from search.engines.base import FACETS, Hit, Query, Results

# Facets of things that are counted by hundreds show their first values; the rest is reached by narrowing.
FACET_VALUES = 12


@dataclass(frozen=True)
class FacetOption:
    """A value of a facet with its name, its count, and how long its bar is (0 to 100)."""

    value: str
    label: str
    language: str
    count: int
    chosen: bool
    bar: int
    url: str


@dataclass(frozen=True)
class FacetView:
    """A facet with its values."""

    name: str
    label: str
    options: list[FacetOption]


@dataclass(frozen=True)
class HitView:
    """A hit with the names of what it belongs to."""

    hit: Hit
    kind: str
    body: PublicName | None
    session: PublicName | None
    others: list[Any]

    @property
    def matched_elsewhere(self) -> bool:
        """Whether the words were found in another language than the one shown."""
        return self.hit.matched.language != self.hit.shown.language


def results_context(request: HttpRequest, query: Query, answer: Answer, viewer: Viewer) -> dict[str, Any]:
    """The context of the search page. Nine queries at most, whatever is found."""
    context: dict[str, Any] = {
        "words": query.words,
        "sort": query.sort,
        "hidden_fields": [
            (name, value) for name, values in _kept(request.GET).lists() for value in values if name != "q"
        ],
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
    hits = _still_visible(results.hits, viewer)
    facets = _facets(results, names, request.GET)
    context |= {
        "total": results.total,
        "hits": [_hit_view(hit, names) for hit in hits],
        "facets": facets,
        "chips": [(facet.label, option) for facet in facets for option in facet.options if option.chosen],
        "pages": Paginator(range(results.pages * results.page_size), results.page_size).get_page(results.page),
        "sorts": [
            ("relevance", _("Best match")),
            ("newest", _("Newest")),
            ("oldest", _("Oldest")),
            ("symbol", _("Symbol")),
        ],
        "clear_url": f"?{_without_filters(request.GET).urlencode()}",
    }
    return context


def _kept(asked: QueryDict) -> QueryDict:
    """The address without the page number."""
    kept = asked.copy()
    kept.pop("page", None)
    return kept


def _without_filters(asked: QueryDict) -> QueryDict:
    rest = _kept(asked)
    for facet in FACETS:
        rest.pop(facet, None)
    return rest


def _names(results: Results, language: str, request: HttpRequest) -> dict[tuple[str, str], PublicName]:
    """The public names of all processes, bodies and sessions that hits and facets mention: four queries."""
    wanted: dict[str, set[str]] = {"process": set(), "body": set(), "session": set()}
    for name, values in wanted.items():
        values.update(getattr(hit, name) for hit in results.hits)
        values.update(value.value for value in results.facet(name).values)
    records: dict[str, list[Any]] = {
        "process": _by_key(Process.objects.all(), wanted["process"]),
        "body": _by_key(WorkingGroup.objects.all(), wanted["body"]),
        "session": _by_key(Session.objects.select_related("working_group"), wanted["session"]),
    }
    names = public_names((record for group in records.values() for record in group), language, request)
    return {(facet, str(record.pk)): names[record.uid] for facet, group in records.items() for record in group}


def _by_key(queryset: Any, keys: Iterable[str]) -> list[Any]:
    return list(queryset.filter(pk__in=[int(key) for key in keys if key.isdigit()]))


def _still_visible(hits: Iterable[Hit], viewer: Viewer) -> list[Hit]:
    """Those hits that the gate lets through now: the index may be a moment behind. Two queries."""
    hits = list(hits)
    entries = {hit.shown.entry_id for hit in hits} | {hit.matched.entry_id for hit in hits}
    versions = {int(entry.removeprefix("version-")) for entry in entries if entry.startswith("version-")}
    pages = {int(entry.removeprefix("page-")) for entry in entries if entry.startswith("page-")}
    seen = {
        f"version-{pk}"
        for pk in LanguageVersion.objects.visible_to(viewer).filter(pk__in=versions).values_list("pk", flat=True)
    }
    seen |= {
        f"page-{pk}" for pk in visible_pages(Page.objects.filter(pk__in=pages), viewer).values_list("pk", flat=True)
    }
    return [hit for hit in hits if {hit.shown.entry_id, hit.matched.entry_id} <= seen]


def _hit_view(hit: Hit, names: dict[tuple[str, str], PublicName]) -> HitView:
    kinds = dict(OfficialDocument.Kind.choices)
    return HitView(
        hit=hit,
        kind=str(kinds.get(hit.doc_kind, _("Page"))),
        body=names.get(("body", hit.body)),
        session=names.get(("session", hit.session)),
        others=[(version, language_entry(version.language)) for version in hit.versions if version != hit.shown],
    )


def _facets(results: Results, names: dict[tuple[str, str], PublicName], asked: QueryDict) -> list[FacetView]:
    """The facets that have values, each option with the address that chooses or drops it."""
    labels = {
        "process": _("Process"),
        "body": _("Body"),
        "session": _("Session"),
        "kind": _("Kind"),
        "year": _("Year"),
        "language": _("Language"),
    }
    views = []
    for facet in results.facets:
        most = max((value.count for value in facet.values), default=0) or 1
        options = []
        for value in facet.values:
            if len(options) >= FACET_VALUES and not value.is_chosen:
                continue
            label, language = _label(facet.name, value.value, names)
            address = address_value(facet.name, value.value)
            options.append(
                FacetOption(
                    value=address,
                    label=label,
                    language=language,
                    count=value.count,
                    chosen=value.is_chosen,
                    bar=round(100 * value.count / most),
                    url=_toggled(asked, facet.name, address, chosen=value.is_chosen),
                )
            )
        if options:
            views.append(FacetView(facet.name, labels[facet.name], options))
    return views


def _label(facet: str, value: str, names: dict[tuple[str, str], PublicName]) -> tuple[str, str]:
    """A facet value as readers know it, with the language of the words (empty for the page's own)."""
    if facet == "language":
        entry = language_entry(value)
        return entry.name, entry.code
    if facet == "kind":
        return str(dict(OfficialDocument.Kind.choices).get(value, value)), ""
    name = names.get((facet, value))
    return (name.text, name.language) if name else (value, "")


def _toggled(asked: QueryDict, facet: str, value: str, *, chosen: bool) -> str:
    """The address with a value chosen, or dropped if it was."""
    address = _kept(asked)
    values = [entry for entry in address.getlist(facet) if entry != value]
    address.setlist(facet, values if chosen else [*values, value])
    return f"?{address.urlencode()}"
