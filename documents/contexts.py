"""What the pages of processes, bodies and sessions show of documents."""

from collections import defaultdict
from typing import Any

from django.db.models import BooleanField, Case, F, Prefetch, Q, When
from django.http import HttpRequest

from cms.core.contexts import adds_to
from cms.core.visibility import viewer_for
from cms.meetings.models import AgendaItem, Session
from cms.processes.models import WorkingGroup
from documents.models import OfficialDocument
from documents.presentation import DocumentLine, document_line, document_lines, with_versions
from documents.symbols.folding import symbol_order

NEWEST_SHOWN = 10


@adds_to("processes.ProcessPage")
def documents_of_process(page: Any, request: HttpRequest) -> dict[str, Any]:
    """The newest documents of a process. Three queries."""
    return _newest(OfficialDocument.objects.filter(process=page.process), page, request)


@adds_to("processes.WorkingGroupPage")
def documents_of_body(page: Any, request: HttpRequest) -> dict[str, Any]:
    """The document that established a body, and the newest of the body's own. Three queries."""
    body: WorkingGroup = page.working_group
    founding = Q(pk=body.established_by_id)
    documents: Any = OfficialDocument.objects.filter(Q(working_group=body) | founding).annotate(
        is_founding=Case(When(founding, then=True), default=False, output_field=BooleanField())
    )
    viewer = viewer_for(request)
    shown = documents.visible_to(viewer).order_by("-is_founding", F("date").desc(nulls_last=True), "symbol", "pk")
    lines = document_lines(with_versions(shown, viewer)[: NEWEST_SHOWN + 1], page.locale.language_code)
    established_by = next((line for line in lines if line.document.pk == body.established_by_id), None)
    return {
        "established_by": established_by,
        "newest_documents": [line for line in lines if line is not established_by][:NEWEST_SHOWN],
    }


def _newest(documents: Any, page: Any, request: HttpRequest) -> dict[str, Any]:
    viewer = viewer_for(request)
    newest = with_versions(documents.visible_to(viewer).newest_first(), viewer)[:NEWEST_SHOWN]
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
    documents: list[Any] = list(with_versions(shown, viewer).prefetch_related(own_items))
    documents.sort(key=lambda document: (not document.symbol, symbol_order(document.symbol or ""), document.pk))
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
