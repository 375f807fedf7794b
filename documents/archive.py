"""The archive's list: what its filters ask, and the page of documents that answers. Filters are the address."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import ExtractYear
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from cms.core.languages import from_short
from cms.core.languages import language as language_entry
from cms.core.names import PublicName, public_names
from cms.core.visibility import Viewer, viewer_for
from cms.meetings.contexts import session_name
from cms.meetings.models import Session
from cms.processes.models import Process, WorkingGroup
from documents.models import LanguageVersion, OfficialDocument
from documents.presentation import DocumentLine, document_lines, with_versions

PER_PAGE = 25
ORDERS = {
    "newest": ("-date", "symbol", "pk"),
    "oldest": ("date", "symbol", "pk"),
    "symbol": ("symbol", "pk"),
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
    label: str
    options: list[Option] = field(default_factory=list)

    @property
    def chosen(self) -> Option | None:
        """The choice that is made, if any."""
        return next((option for option in self.options if option.chosen), None)


@dataclass(frozen=True)
class Chip:
    """A filter in force, with the address of the list without it."""

    label: str
    value: str
    language: str
    url: str


@dataclass(frozen=True)
class ArchiveRow:
    """A document of the list, with the public names of what it belongs to: its body or process, and its session."""

    line: DocumentLine
    body: PublicName
    session: PublicName | None


def archive_context(request: HttpRequest, language: str) -> dict[str, Any]:
    """The list of documents that the address asks for. Unknown and malformed values are ignored, never an error."""
    viewer = viewer_for(request)
    visible = OfficialDocument.objects.visible_to(viewer)
    filters = _filters(request, language, visible)
    chosen = {entry.name: entry.chosen.value for entry in filters if entry.chosen}
    order = request.GET.get("order", "newest")
    order = order if order in ORDERS else "newest"
    documents = _filtered(visible, chosen, viewer).order_by(*ORDERS[order])
    page = Paginator(with_versions(documents, viewer), PER_PAGE).get_page(request.GET.get("page"))
    lines = document_lines(page.object_list, language)
    return {
        "filters": filters,
        "chips": _chips(request.GET, filters),
        "order": order,
        "orders": [("newest", _("Newest first")), ("oldest", _("Oldest first")), ("symbol", _("By symbol"))],
        "documents": page,
        "rows": _rows(lines, language, request),
    }


def _rows(lines: list[DocumentLine], language: str, request: HttpRequest) -> list[ArchiveRow]:
    """The rows of the list, with all names in one query."""
    bodies = [line.document.working_group or line.document.process for line in lines]
    sessions = [line.document.session for line in lines]
    names = public_names([*bodies, *sessions], language, request)
    return [
        ArchiveRow(line, names[body.uid], session_name(session, names, language) if session else None)
        for line, body, session in zip(lines, bodies, sessions, strict=True)
    ]


def _filtered(
    documents: QuerySet[OfficialDocument], chosen: dict[str, str], viewer: Viewer
) -> QuerySet[OfficialDocument]:
    """The documents under the filters in force. The values come out of the filters' own choices."""
    conditions = {"process": "process__code", "body": "working_group", "session": "session", "kind": "kind"}
    for name, lookup in conditions.items():
        if name in chosen:
            documents = documents.filter(**{lookup: chosen[name]})
    if "year" in chosen:
        documents = documents.filter(date__year=int(chosen["year"]))
    if "language" in chosen:
        code = from_short(chosen["language"])
        released = LanguageVersion.objects.filter(document=OuterRef("pk"), language=code)
        documents = documents.filter(Exists(released.released_at_moment(viewer.now)))
    return documents


def _filters(request: HttpRequest, language: str, visible: Any) -> list[Filter]:
    """The filters with their choices. Bodies and sessions are offered once a process, or a body, is chosen."""
    asked = request.GET
    processes = list(Process.objects.filter(documents__in=visible).distinct())
    process = next((entry for entry in processes if entry.code == asked.get("process")), None)
    groups = list(WorkingGroup.objects.filter(process=process)) if process else []
    group = next((entry for entry in groups if str(entry.pk) == asked.get("body")), None)
    sessions = list(Session.objects.filter(working_group=group).select_related("working_group")) if group else []
    names = public_names([*processes, *groups, *sessions], language, request)
    names |= {session.uid: session_name(session, names, language) for session in sessions}

    def record_options(records: list[Any], name: str, value: str) -> list[Option]:
        return [
            Option(
                str(getattr(record, value)),
                names[record.uid].text,
                str(getattr(record, value)) == asked.get(name),
                names[record.uid].language,
            )
            for record in records
        ]

    kinds = [
        Option(str(value), str(label), value == asked.get("kind")) for value, label in OfficialDocument.Kind.choices
    ]
    years = (
        visible.exclude(date=None).annotate(year=ExtractYear("date")).order_by("-year").values_list("year", flat=True)
    )
    return [
        entry
        for entry in (
            Filter("process", _("Process"), record_options(processes, "process", "code")),
            Filter("body", _("Body"), record_options(groups, "body", "pk")),
            Filter("session", _("Session"), record_options(sessions, "session", "pk")),
            Filter("kind", _("Kind"), kinds),
            Filter(
                "year",
                _("Year"),
                [Option(str(year), str(year), str(year) == asked.get("year")) for year in years.distinct()],
            ),
            Filter("language", _("Language"), _language_options(asked)),
        )
        if entry.options
    ]


def _language_options(asked: QueryDict) -> list[Option]:
    entries = [language_entry(code) for code, _name in settings.LANGUAGES]
    return [Option(e.short, e.name, e.short == asked.get("language"), e.code) for e in entries]


def _chips(asked: QueryDict, filters: list[Filter]) -> list[Chip]:
    """The filters in force, each with the address of the same list without it."""
    chips = []
    for entry in filters:
        if entry.chosen is None:
            continue
        # A form sends the filters left open as well, empty.
        rest = QueryDict(mutable=True)
        rest.update({name: value for name, value in asked.items() if value})
        rest.pop(entry.name, None)
        rest.pop("page", None)
        # A body belongs to its process and a session to its body: they go together.
        for dependent in {"process": ("body", "session"), "body": ("session",)}.get(entry.name, ()):
            rest.pop(dependent, None)
        chips.append(Chip(entry.label, entry.chosen.label, entry.chosen.language, f"?{rest.urlencode()}"))
    return chips
