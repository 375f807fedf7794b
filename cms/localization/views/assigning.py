"""Giving out translation from a session, from the list of pages, from the parity matrix."""

from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.models import Page

from cms.core.keys import key_in, keys_in, uids_in
from cms.localization.assignments.assigning import Thing, assign, gather
from cms.localization.assignments.forms import OrderForm, order_forms
from cms.localization.roles import coordinates_any
from cms.localization.rules import name_of
from cms.localization.tasks import begin
from documents.models import OfficialDocument

MOST = 1_000  # documents and pages at once


@require_http_methods(["GET", "POST"])
def assign_tasks(request: HttpRequest) -> HttpResponse:
    """The form that gives out the documents and pages that the address names, and what became of them.

    The address has ``session`` (all its documents), ``below`` (the pages right below one), ``id`` (pages) and ``key``
    (documents or pages by the key that their languages share), as many as wanted. Raises PermissionDenied for whoever
    coordinates nothing; what is another process's is left out.
    """
    if not coordinates_any(request.user):
        raise PermissionDenied
    keys = _keys(request)
    things = gather(keys[:MOST], request.user)
    if request.method == "GET":
        return _show(request, things, order_forms(due_on=_common_date(things)), len(keys))
    forms = order_forms(request.POST)
    asked = [form for form in forms if form.is_chosen]
    if not asked:
        messages.error(request, _("Choose a language."))
    if not asked or not all(form.is_valid() for form in asked):
        return _show(request, things, forms, len(keys), status=422)
    outcome = assign([thing.key for thing in things], [form.order() for form in asked], request.user)
    if outcome.submission is not None:
        transaction.on_commit(partial(begin, outcome.submission))
    context = {
        "outcome": outcome,
        "refused": [(thing, name_of(locale), reason) for thing, locale, reason in outcome.refused],
        "again": request.get_full_path(),
    }
    return render(request, "localization/tasks/assigned.html", context)


def _keys(request: HttpRequest) -> list[UUID]:
    """The keys of what the address names, each once, documents of sessions first. Three queries at most."""
    asked = request.GET
    found: list[UUID] = []
    sessions = keys_in(asked.getlist("session"))
    if sessions:
        found += OfficialDocument.objects.filter(session__in=sessions).newest_first().values_list("uid", flat=True)
    parent = Page.objects.filter(pk=key_in(asked.get("below", ""))).first()
    if parent is not None:
        found += parent.get_children().filter(alias_of=None).values_list("translation_key", flat=True)
    pages = keys_in(asked.getlist("id"))
    if pages:
        found += Page.objects.filter(pk__in=pages, alias_of=None).values_list("translation_key", flat=True)
    found += uids_in(asked.getlist("key"))
    return list(dict.fromkeys(found))


def _common_date(things: list[Thing]) -> date | None:
    """The date that is proposed for all of them; None where they differ, and each gets its own."""
    dates = {thing.due_on for thing in things}
    return dates.pop() if len(dates) == 1 else None


def _show(
    request: HttpRequest, things: list[Thing], forms: list[OrderForm], asked: int, status: int = 200
) -> HttpResponse:
    codes = [(form.locale.language_code, form.name) for form in forms]
    lines = [(thing, [(name, thing.refusal(code)) for code, name in codes]) for thing in things]
    possible = {name for _thing, cells in lines for name, refusal in cells if not refusal}
    context = {
        # Of languages in which nothing is left to be given out the table says why.
        "offered": [form for form in forms if form.name in possible or form.is_chosen],
        "lines": lines,
        "languages": [name for _code, name in codes],
        "left_out": asked - len(things),
        "most": MOST,
        "same_date": _common_date(things) is not None,
    }
    return render(request, "localization/tasks/assign.html", context, status=status)


class AssignPages(PageBulkAction):
    """Leads from chosen pages to the form that gives them out."""

    display_name = gettext_lazy("Assign translation")
    aria_label = gettext_lazy("Assign the translation of the selected pages")
    action_type = "localization_assign"
    template_name = "localization/tasks/assign.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The form has its own page, where it can be repeated and shared by its address."""
        ids = request.GET.getlist("id")
        query = [("below", request.GET.get("childOf", ""))] if "all" in ids else [("id", pk) for pk in ids]
        return redirect(f"{reverse('localization:assign_tasks')}?{urlencode(query)}")
