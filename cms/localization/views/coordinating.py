"""The tasks of the processes that somebody coordinates, and one task with its history."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.models import Locale

from cms.core.keys import key_in
from cms.core.spreadsheets import CONTENT_TYPES, table_response
from cms.localization.assignments.changes import change
from cms.localization.assignments.forms import TaskForm
from cms.localization.assignments.history import close
from cms.localization.assignments.lists import entries, in_order, table
from cms.localization.assignments.stages import Stage
from cms.localization.models import TaskEvent, TranslationTask
from cms.localization.roles import coordinates, coordinates_any, processes_coordinated, roles_of
from cms.localization.rules import name_of
from cms.users.people import called

PER_PAGE = 50
OVERDUE, OPEN = "overdue", "open"


@require_safe
def list_tasks(request: HttpRequest) -> HttpResponse:
    """The tasks of the processes that the user coordinates; the address holds the choice. CSV and XLSX by ``format``.

    Raises PermissionDenied for whoever coordinates nothing.
    """
    if not coordinates_any(request.user):
        raise PermissionDenied
    asked = request.GET
    tasks = _chosen(request, in_order(_coordinated(request.user)))
    form = asked.get("format", "")
    if form in CONTENT_TYPES:
        return table_response(table(entries(list(tasks), request.user)), form, "translation-tasks")
    page = Paginator(tasks, PER_PAGE).get_page(asked.get("p"))
    kept = asked.copy()
    for name in ("p", "format"):
        kept.pop(name, None)
    context = {
        "page_obj": page,
        "entries": entries(list(page.object_list), request.user),
        "query": kept.urlencode(),
        "processes": processes_coordinated(request.user).order_by("name"),
        "languages": [(locale.language_code, name_of(locale)) for locale in Locale.objects.order_by("pk")],
        "states": [(OPEN, _("All open")), (OVERDUE, _("Overdue")), *Stage.choices],
        "process": key_in(asked.get("process", "")),
        "language": asked.get("language", ""),
        "state": asked.get("state", OPEN),
    }
    return render(request, "localization/tasks/list.html", context)


def _coordinated(user: Any) -> QuerySet[TranslationTask]:
    """The tasks that the user looks after: those of no process are the administrators'."""
    roles = roles_of(user)
    tasks = TranslationTask.objects.all()
    return tasks if roles.coordinates_all else tasks.filter(process__in=roles.coordinates)


def _chosen(request: HttpRequest, tasks: QuerySet[TranslationTask]) -> QuerySet[TranslationTask]:
    """The tasks of the choice; what means nothing is left out."""
    asked = request.GET
    process = key_in(asked.get("process", ""))
    if process is not None:
        tasks = tasks.filter(process=process)
    if asked.get("language") in set(Locale.objects.values_list("language_code", flat=True)):
        tasks = tasks.filter(locale__language_code=asked["language"])
    state = asked.get("state", OPEN)
    if state in Stage.values:
        return tasks.filter(Q(stage=state))
    if state == OVERDUE:
        return tasks.overdue(timezone.localdate())  # type: ignore[attr-defined]  # a query set of tasks
    return tasks.open() if state == OPEN else tasks  # type: ignore[attr-defined]  # the same


@require_http_methods(["GET", "HEAD", "POST"])
def show_task(request: HttpRequest, task_id: int) -> HttpResponse:
    """One task with its history, for its people and its coordinators; these change it (``action=save``) or withdraw it.

    Raises PermissionDenied for everybody else, and for a POST by whoever does not coordinate it.
    """
    task = get_object_or_404(in_order(TranslationTask.objects.all()), pk=task_id)
    may_change = coordinates(request.user, task.process_id)
    if not may_change and request.user.pk not in {task.translator_id, task.reviser_id}:
        raise PermissionDenied
    if request.method == "POST" and not may_change:
        raise PermissionDenied
    form = TaskForm(task, request.POST if request.POST.get("action") == "save" else None) if may_change else None
    if request.method == "POST" and request.POST.get("action") == "withdraw":
        return _withdraw(request, task)
    if request.method == "POST" and form is not None and form.is_valid():
        if change(task, form.cleaned_data, request.user):
            messages.success(request, _("Saved."))
        else:
            messages.error(request, _("Not saved: the task is not open any more."))
        return redirect("localization:task", task.pk)
    (entry,) = entries([task], request.user)
    context = {
        "entry": entry,
        "task": task,
        "form": form if task.state == TranslationTask.State.OPEN else None,
        "may_change": may_change,
        "events": [(event, called(event.by)) for event in task.events.select_related("by").order_by("at", "pk")],
    }
    return render(request, "localization/tasks/task.html", context, status=422 if form and form.errors else 200)


def _withdraw(request: HttpRequest, task: TranslationTask) -> HttpResponse:
    """Ends an open task. What was translated stays."""
    open_ones = TranslationTask.objects.open().filter(pk=task.pk)
    close(list(open_ones), TaskEvent.Action.WITHDRAWN, request.user)
    messages.success(request, _("The task is withdrawn. What was translated stays."))
    return redirect("localization:task", task.pk)
