"""The archive's list: what its filters ask, and the page of documents that answers. Filters are the address."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cms.core.languages import Language
from cms.core.languages import language as language_entry
from cms.core.models import Record
from cms.core.names import PublicName, public_names
from cms.core.paging import LongPaginator, in_order_of
from cms.core.visibility import Viewer, viewer_for
from cms.meetings.contexts import session_name
from cms.meetings.models import Session
from cms.processes.models import Process, WorkingGroup
from documents.models import OfficialDocument
from documents.models.documents import BY_SYMBOL, NEWEST_FIRST, OLDEST_FIRST, OfficialDocumentQuerySet
from documents.presentation import DocumentLine, document_lines, with_versions

PER_PAGE = 25
ORDERS = {"newest": NEWEST_FIRST, "oldest": OLDEST_FIRST, "symbol": BY_SYMBOL}

LABELS = {
    "process": _lazy("Process"),
    "body": _lazy("Body"),
    "session": _lazy("Session"),
    "kind": _lazy("Kind"),
    "year": _lazy("Year"),
    "language": _lazy("Language"),
}


@dataclass(frozen=True)
class Option:
    """A choice of a filter: its value in the address, its label, whether it is chosen."""

    value: str
    label: str
    chosen: bool = False
    language: str = ""


@dataclass(frozen=True)
class Filter:
    """A filter of the list: its name in the address, its label, its choices."""

    name: str
    label: str | Promise
    options: list[Option] = field(default_factory=list)

    @property
    def chosen(self) -> Option | None:
        """The choice that is made, if any."""
        return next((option for option in self.options if option.chosen), None)


@dataclass(frozen=True)
class Chip:
    """A filter in force, with the address of the list without it."""

    label: str | Promise
    value: str
    language: str
    url: str


@dataclass(frozen=True)
class ArchiveRow:
    """A document of the list, with the public names of what it belongs to: process, body, session."""

    line: DocumentLine
    process: PublicName
    body: PublicName | None
    session: PublicName | None


def archive_context(request: HttpRequest, language: str) -> dict[str, Any]:
    """The list of documents that the address asks for. Unknown and malformed values are ignored, never an error."""
    viewer = viewer_for(request)
    visible = OfficialDocument.objects.visible_to(viewer)
    offered = _offered(request.GET, visible)
    chosen = {name: request.GET[name] for name, values in offered.items() if request.GET.get(name) in values}
    order = request.GET.get("order", "newest")
    order = order if order in ORDERS else "newest"
    documents = _filtered(visible, chosen, viewer, offered).order_by(*ORDERS[order])
    asked = f"archive {sorted(chosen.items())} {viewer.access_condition()}"
    page = LongPaginator(documents, PER_PAGE, asked).get_page(request.GET.get("page"))
    found = with_versions(OfficialDocument.objects.filter(pk__in=page.object_list), viewer)
    lines = document_lines(in_order_of(list(page.object_list), found), language)
    names = _names(offered, lines, language, request)
    filters = [
        Filter(name, LABELS[name], [_option(value, entry, value == chosen.get(name), names) for value, entry in values])
        for name, values in ((name, entries.items()) for name, entries in offered.items() if entries)
    ]
    return {
        "filters": filters,
        "chips": _chips(request.GET, filters),
        "order": order,
        "orders": [("newest", _("Newest first")), ("oldest", _("Oldest first")), ("symbol", _("By symbol"))],
        "documents": page,
        "rows": [_row(line, names) for line in lines],
    }


def _offered(asked: QueryDict, visible: Any) -> dict[str, dict[str, Any]]:
    """The choices of each filter by their value in the address: records, languages, or labels.

    Bodies are offered once a process is chosen, and sessions once a body is.
    """
    having = Process.objects.filter(Exists(visible.filter(process=OuterRef("pk"))))
    processes = {entry.code: entry for entry in having}
    process, bodies, sessions = processes.get(asked.get("process", "")), {}, {}
    if process:
        bodies = {str(entry.pk): entry for entry in WorkingGroup.objects.filter(process=process)}
    body = bodies.get(asked.get("body", ""))
    if body:
        held = Session.objects.filter(working_group=body).select_related("working_group")
        sessions = {str(entry.pk): entry for entry in held}
    return {
        "process": processes,
        "body": bodies,
        "session": sessions,
        "kind": dict(OfficialDocument.Kind.choices),
        "year": {str(year): year for year in visible.years()},
        "language": {entry.short: entry for entry in map(language_entry, dict(settings.LANGUAGES))},
    }


def _names(
    offered: dict[str, dict[str, Any]], lines: list[DocumentLine], language: str, request: HttpRequest
) -> dict[Any, PublicName]:
    """The public names of all records that the filters and the list show, by their uid. One query."""
    documents = [line.document for line in lines]
    sessions = [*offered["session"].values(), *(document.session for document in documents if document.session)]
    bodies = [*offered["body"].values(), *(document.working_group for document in documents)]
    processes = [*offered["process"].values(), *(document.process for document in documents)]
    names = public_names([*processes, *bodies, *sessions], language, request)
    return names | {session.uid: session_name(session, names, language) for session in sessions}


def _option(value: str, entry: Any, chosen: bool, names: dict[Any, PublicName]) -> Option:
    """A choice of a filter, named by the record or language it stands for, or by its label."""
    if isinstance(entry, Record):
        return Option(value, names[entry.uid].text, chosen, names[entry.uid].language)
    if isinstance(entry, Language):
        return Option(value, entry.name, chosen, entry.code)
    return Option(value, str(entry), chosen)


def _row(line: DocumentLine, names: dict[Any, PublicName]) -> ArchiveRow:
    """The row of a document in the list."""
    document = line.document
    return ArchiveRow(
        line,
        names[document.process.uid],
        names[document.working_group.uid] if document.working_group else None,
        names[document.session.uid] if document.session else None,
    )


def _filtered(
    documents: OfficialDocumentQuerySet, chosen: dict[str, str], viewer: Viewer, offered: dict[str, dict[str, Any]]
) -> OfficialDocumentQuerySet:
    """The documents under the filters in force. The values come out of the filters' own choices."""
    for name, lookup in {"process": "process", "body": "working_group", "session": "session"}.items():
        if name in chosen:
            documents = documents.filter(**{lookup: offered[name][chosen[name]]})
    if "kind" in chosen:
        documents = documents.filter(kind=chosen["kind"])
    if "year" in chosen:
        documents = documents.filter(undated=0, date__year=int(chosen["year"]))
    if "language" in chosen:
        documents = documents.out_in(chosen["language"], viewer.now)
    return documents


def _chips(asked: QueryDict, filters: list[Filter]) -> list[Chip]:
    """The filters in force, each with the address of the same list without it."""
    chips = []
    for entry in filters:
        if entry.chosen is None:
            continue
        # A form sends the filters left open as well, empty.
        rest = QueryDict(mutable=True)
        for name in asked:
            if asked[name]:
                rest[name] = str(asked[name])
        rest.pop(entry.name, None)
        rest.pop("page", None)
        # A body belongs to its process and a session to its body: they go together.
        for dependent in {"process": ("body", "session"), "body": ("session",)}.get(entry.name, ()):
            rest.pop(dependent, None)
        chips.append(Chip(entry.label, entry.chosen.label, entry.chosen.language, f"?{rest.urlencode()}"))
    return chips
