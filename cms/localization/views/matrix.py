"""The parity matrix in the administration."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.core.keys import key_in
from cms.localization.parity import DOCUMENTS, PAGES, Choice, in_states, lines, table, things, totals
from cms.localization.states import State
from cms.meetings.models import Session
from cms.processes.models import Process

PER_PAGE = 50
MOST_WORDS = 200  # characters


@require_safe
def show_matrix(request: HttpRequest) -> HttpResponse:
    """Documents or pages with their state in each language, and the totals; as CSV with ``format=csv``.

    The address holds the whole choice. What the user neither works on nor may read is not in it.
    """
    choice = _choice(request)
    found = in_states(lines(list(things(choice, request.user))), choice.states)
    if request.GET.get("format") == "csv":
        response = HttpResponse(table(found), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="languages.csv"'
        return response
    sessions = Session.objects.for_lists().order_by("-starts_on", "pk")
    kept = request.GET.copy()
    for name in ("p", "format"):
        kept.pop(name, None)
    context = {
        "choice": choice,
        "page_obj": Paginator(found, PER_PAGE).get_page(request.GET.get("p")),
        "totals": totals(found),
        "kinds": [(DOCUMENTS, _("Documents")), (PAGES, _("Pages"))],
        "states": State.choices,
        "processes": Process.objects.order_by("name").values_list("pk", "name"),
        "sessions": sessions if choice.process is None else sessions.filter(working_group__process=choice.process),
        "query": kept.urlencode(),
    }
    return render(request, "localization/matrix.html", context)


def _choice(request: HttpRequest) -> Choice:
    """The choice that the address makes; what means nothing is left out."""
    asked = request.GET
    return Choice(
        kind=PAGES if asked.get("kind") == PAGES else DOCUMENTS,
        process=key_in(asked.get("process", "")),
        session=key_in(asked.get("session", "")),
        states=tuple(state for state in asked.getlist("state") if state in State.values),
        words=asked.get("q", "").replace("\x00", "").strip()[:MOST_WORDS],
    )
