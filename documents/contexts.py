"""What the pages of processes, bodies and sessions show of documents."""

from collections import defaultdict
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest

from cms.core.contexts import adds_to
from cms.core.visibility import viewer_for
from cms.meetings.models import AgendaItem, Session
from cms.processes.models import WorkingGroup
from documents.models import OfficialDocument
from documents.models.documents import BY_SYMBOL
from documents.presentation import DocumentLine, document_line, document_lines, with_versions

NEWEST_SHOWN = 10


@adds_to("processes.ProcessPage")
def documents_of_process(page: Any, request: HttpRequest) -> dict[str, Any]:
    """The newest documents of a process. Three queries."""
    return _newest(OfficialDocument.objects.filter(process=page.process), page, request)


@adds_to("processes.WorkingGroupPage")
def documents_of_body(page: Any, request: HttpRequest) -> dict[str, Any]:
    """The document that established a body, and the newest of the body's own. Six queries."""
    body: WorkingGroup = page.working_group
    viewer = viewer_for(request)
    language = page.locale.language_code
    visible = OfficialDocument.objects.visible_to(viewer)
    # Two lists, since each has an index and their disjunction has none.
    founding = with_versions(visible.filter(established_bodies=body), viewer)
    newest = with_versions(visible.filter(working_group=body).newest(NEWEST_SHOWN + 1), viewer)
    established_by = next(iter(document_lines(founding, language)), None)
    lines = [line for line in document_lines(newest, language) if line.document.pk != body.established_by_id]
    return {"established_by": established_by, "newest_documents": lines[:NEWEST_SHOWN]}


def _newest(documents: Any, page: Any, request: HttpRequest) -> dict[str, Any]:
    viewer = viewer_for(request)
    newest = with_versions(documents.visible_to(viewer).newest(NEWEST_SHOWN), viewer)
    return {"newest_documents": document_lines(newest, page.locale.language_code)}


@adds_to("meetings.SessionPage")
def documents_of_session(page: Any, request: HttpRequest) -> dict[str, Any]:
    """All documents of a session, those under each item of its agenda, the one that convenes it, and the reports
    transmitted to it by the sessions that sent them. Four queries.
    """
    viewer = viewer_for(request)
    language = page.locale.language_code
    own_items = Prefetch(
        "agenda_items", queryset=AgendaItem.objects.filter(session=page.session_id).in_order(), to_attr="items_here"
    )
    session: Session = page.session
    shown: Any = OfficialDocument.objects.visible_to(viewer).shown_with(session)
    documents: list[Any] = list(with_versions(shown, viewer).prefetch_related(own_items).order_by(*BY_SYMBOL))
    own: list[DocumentLine] = []
    by_item: dict[int, list[DocumentLine]] = defaultdict(list)
    reports: dict[int | None, list[DocumentLine]] = defaultdict(list)
    governing = None
    for document in documents:
        line = document_line(document, language)
        if document.session_id == session.pk or document.items_here:
            own.append(line)
        for item in document.items_here:
            by_item[item.pk].append(line)
        if document.pk == session.governing_document_id:
            governing = line
        if document.kind == OfficialDocument.Kind.REPORT:
            reports[document.session_id].append(line)
    return {
        "documents": own,
        "documents_by_item": by_item,
        "governing_document": governing,
        "reports_by_session": reports,
    }
