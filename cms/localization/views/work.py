"""My work: a person's tasks, as a page, a table and a calendar."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from cms.core.spreadsheets import CONTENT_TYPES, table_response
from cms.localization.assignments.calendars import calendar, calendar_path, owner, renew
from cms.localization.assignments.lists import counted, entries, in_order, parts_of_work, table
from cms.localization.models import TranslationTask
from cms.localization.roles import coordinates_any
from cms.users.people import language_of

PER_PAGE = 50


@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    """The user's own tasks: the part that ``show`` names, as CSV or XLSX with ``format``."""
    parts = parts_of_work(request.user)
    part = next((part for part in parts if part.value == request.GET.get("show")), parts[0])
    mine = TranslationTask.objects.of(request.user)
    tasks = in_order(mine).filter(part.condition)
    form = request.GET.get("format", "")
    if form in CONTENT_TYPES:
        return table_response(table(entries(list(tasks), request.user)), form, "translation-tasks")
    page = Paginator(tasks, PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "page_obj": page,
        "entries": entries(list(page.object_list), request.user),
        "parts": counted(mine, parts),
        "part": part,
        "query": f"show={part.value}",
        "calendar": request.build_absolute_uri(calendar_path(request.user)),
        "coordinates": coordinates_any(request.user),
    }
    return render(request, "localization/tasks/work.html", context)


@require_POST
def renew_calendar(request: HttpRequest) -> HttpResponse:
    """Gives the user's calendar a new address; the former one stops working."""
    renew(request.user)
    messages.success(request, _("The calendar has a new address. The former one does not work any more."))
    return redirect("localization:my_work")


@require_safe
def show_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar that a token opens, in its owner's language. It names nothing that the owner may not read."""
    user = owner(token)
    if user is None:
        raise Http404
    with translation.override(language_of(user)):
        tasks = in_order(TranslationTask.objects.of(user).open().exclude(due_on=None))
        text = calendar(entries(list(tasks), user), user)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="translation.ics"'
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
