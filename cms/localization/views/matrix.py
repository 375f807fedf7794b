"""The parity matrix in the administration."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.core.keys import key_in
from cms.core.spreadsheets import CONTENT_TYPES, Value, table_response
from cms.localization.bundles.rights import may_bundle
from cms.localization.parity import lines, sessions
from cms.localization.parity.chart import BANDS, chart
from cms.localization.parity.surveying import DOCUMENTS, PAGES, SESSIONS, Choice, Row, survey, totals
from cms.localization.roles import coordinates_any
from cms.localization.states import State
from cms.meetings.models import Session
from cms.processes.models import Process

PER_PAGE = 50
MOST_WORDS = 200  # characters


@require_safe
def show_matrix(request: HttpRequest) -> HttpResponse:
    """Documents, pages or sessions with their state in each language, the totals and the chart.

    The address holds the whole choice; with ``format=csv`` or ``format=xlsx`` it is saved as a table. What the user
    neither works on nor may read is not in it.
    """
    choice = _choice(request)
    rows = survey(choice, request.user)
    form = request.GET.get("format", "")
    if form in CONTENT_TYPES:
        return table_response(_table(rows, choice), form, "languages")
    kept = request.GET.copy()
    for name in ("p", "format"):
        kept.pop(name, None)
    context = {
        "choice": choice,
        **_page(rows, choice, request.GET.get("p")),
        "totals": totals(rows),
        "count": len(rows),
        "chart": chart(rows),
        "bands": BANDS,
        "query": kept.urlencode(),
        "may_bundle": may_bundle(request.user),
        "may_coordinate": coordinates_any(request.user),
        **_offered(choice),
    }
    return render(request, "localization/matrix.html", context)


def _table(rows: list[Row], choice: Choice) -> Sequence[Sequence[Value]]:
    if choice.kind == SESSIONS:
        return sessions.table(sessions.session_lines(rows, choice))
    return lines.table(lines.lines(rows, choice.kind))


def _page(rows: list[Row], choice: Choice, number: str | None) -> dict[str, Any]:
    """The page asked for, and its lines: only of what is shown the titles are looked up."""
    by_session = choice.kind == SESSIONS
    entries: list[Any] = sessions.session_lines(rows, choice) if by_session else rows
    page = Paginator(entries, PER_PAGE).get_page(number)
    shown = list(page.object_list)
    return {"page_obj": page, "lines": shown if by_session else lines.lines(shown, choice.kind)}


def _offered(choice: Choice) -> dict[str, Any]:
    """What the form offers to choose from."""
    held = Session.objects.for_lists().order_by("-starts_on", "pk")
    return {
        "kinds": [(DOCUMENTS, _("Documents")), (PAGES, _("Pages")), (SESSIONS, _("Sessions"))],
        "states": State.choices,
        "processes": Process.objects.order_by("name").values_list("pk", "name"),
        "sessions": held if choice.process is None else held.filter(working_group__process=choice.process),
        "no_session": sessions.NO_SESSION,
    }


def _choice(request: HttpRequest) -> Choice:
    """The choice that the address makes; what means nothing is left out."""
    asked = request.GET
    return Choice(
        kind=asked["kind"] if asked.get("kind") in {PAGES, SESSIONS} else DOCUMENTS,
        process=key_in(asked.get("process", "")),
        session=key_in(asked.get("session", "")),
        without_session=asked.get("session") == sessions.NO_SESSION,
        states=tuple(state for state in asked.getlist("state") if state in State.values),
        words=asked.get("q", "").replace("\x00", "").strip()[:MOST_WORDS],
    )
