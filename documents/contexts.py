"""What the pages of processes, bodies and sessions show of documents."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest

from cms.core.contexts import adds_to
from cms.core.names import public_names
from cms.core.visibility import Viewer, viewer_for
from cms.meetings.contexts import SessionLine, session_line
from cms.meetings.models import AgendaItem, Session
from cms.processes.models import WorkingGroup
from documents.models import OfficialDocument
from documents.presentation import DocumentLine, document_line, document_lines, with_versions

NEWEST_SHOWN = 10


@dataclass(frozen=True)
class TransmittedReport:
    """A session of another body whose report is before this one: held or planned, its report, if a symbol is known."""

    line: SessionLine
    reports: list[DocumentLine]


@adds_to("processes.ProcessPage")
def documents_of_process(page: Any, request: HttpRequest) -> dict[str, Any]:
    """The newest documents of a process. Three queries."""
    return _newest(OfficialDocument.objects.filter(process=page.process), page, request)


@adds_to("processes.WorkingGroupPage")
def documents_of_body(page: Any, request: HttpRequest) -> dict[str, Any]:
    """The newest documents of a body, and the one that established it."""
    context = _newest(OfficialDocument.objects.filter(working_group=page.working_group), page, request)
    body: WorkingGroup = page.working_group
    viewer = viewer_for(request)
    if body.established_by_id:
        founding = OfficialDocument.objects.filter(pk=body.established_by_id)
        context["established_by"] = _only_line(founding, page.locale.language_code, viewer)
    return context


def _only_line(documents: Any, language: str, viewer: Viewer) -> DocumentLine | None:
    """The line of the one document of a query set, if the viewer may know of it. Three queries."""
    return next(iter(document_lines(with_versions(documents.visible_to(viewer), viewer), language)), None)


def _newest(documents: Any, page: Any, request: HttpRequest) -> dict[str, Any]:
    viewer = viewer_for(request)
    newest = with_versions(documents.visible_to(viewer).newest_first(), viewer)[:NEWEST_SHOWN]
    return {"newest_documents": document_lines(newest, page.locale.language_code)}


@adds_to("meetings.SessionPage")
def documents_of_session(page: Any, request: HttpRequest) -> dict[str, Any]:
    """All documents of a session, those under each item of its agenda, the one that convenes it, and the reports
    transmitted to it."""
    viewer = viewer_for(request)
    language = page.locale.language_code
    own_items = Prefetch(
        "agenda_items", queryset=AgendaItem.objects.filter(session=page.session_id).in_order(), to_attr="items_here"
    )
    documents = OfficialDocument.objects.visible_to(viewer).of_session(page.session).order_by("symbol", "pk")
    lines = document_lines(with_versions(documents, viewer).prefetch_related(own_items), language)
    by_item: dict[int, list[DocumentLine]] = {}
    for line in lines:
        for item in line.document.items_here:  # type: ignore[attr-defined]  # set by the prefetch above
            by_item.setdefault(item.pk, []).append(line)
    governing = OfficialDocument.objects.filter(pk=page.session.governing_document_id)
    return {
        "documents": lines,
        "documents_by_item": by_item,
        "governing_document": _only_line(governing, language, viewer) if page.session.governing_document_id else None,
        "transmitted": _transmitted(page.session, language, request),
    }


def _transmitted(session: Session, language: str, request: HttpRequest) -> list[TransmittedReport]:
    """The reports of other bodies' sessions that are transmitted to this one, as seed 003 lists them. Six queries."""
    viewer = viewer_for(request)
    sending = list(
        Session.objects.filter(transmitted_to=session).for_lists().order_by("working_group__position", "starts_on")
    )
    if not sending:
        return []
    reports = OfficialDocument.objects.filter(session__in=sending, kind=OfficialDocument.Kind.REPORT)
    by_session: dict[int | None, list[DocumentLine]] = {}
    for report in with_versions(reports.visible_to(viewer).order_by("symbol"), viewer):
        by_session.setdefault(report.session_id, []).append(document_line(report, language))
    names = public_names([*sending, *(entry.working_group for entry in sending)], language, request)
    return [TransmittedReport(session_line(entry, names, language), by_session.get(entry.pk, [])) for entry in sending]
