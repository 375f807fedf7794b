"""What the front page shows."""

from typing import Any

from django.http import HttpRequest

from cms.core.visibility import viewer_for, visible_pages
from cms.meetings.contexts import session_lines
from cms.meetings.models import Session
from cms.processes.models import ProcessPage
from documents.models import OfficialDocument
from documents.presentation import document_lines, with_versions
from home.models import HomePage, NewsPage

DOCUMENTS_SHOWN = 6
SESSIONS_SHOWN = 6
NEWS_SHOWN = 3


def front_context(page: HomePage, request: HttpRequest) -> dict[str, Any]:
    """Coming and latest sessions, new documents, processes and news, in the language of the page."""
    viewer = viewer_for(request)
    language = page.locale.language_code
    documents = OfficialDocument.objects.visible_to(viewer).newest(DOCUMENTS_SHOWN)
    coming = list(Session.objects.coming().for_lists()[:SESSIONS_SHOWN])
    past = list(Session.objects.past().for_lists()[:SESSIONS_SHOWN])
    lines = session_lines([*coming, *past], language, request)
    news = visible_pages(NewsPage.objects.descendant_of(page), viewer)
    processes = visible_pages(ProcessPage.objects.descendant_of(page), viewer)
    return {
        "coming_sessions": lines[: len(coming)],
        "past_sessions": lines[len(coming) :],
        "newest_documents": document_lines(with_versions(documents, viewer), language),
        "news": news.select_related("picture", "locale").order_by("-date", "-pk")[:NEWS_SHOWN],
        "process_pages": processes.select_related("process", "locale").order_by("title"),
    }
