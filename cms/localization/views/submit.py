"""Sending a page, and on request those below it, to translation."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.models import Page

from cms.core.languages import joined
from cms.localization.forms import SubmitForm
from cms.localization.models import Submission
from cms.localization.rules import name_of, source_refusal
from cms.localization.sending.submitting import submit
from cms.localization.sending.translating import Outcome, translate_page
from cms.localization.tasks import begin


@require_http_methods(["GET", "POST"])
def submit_page(request: HttpRequest, page_id: int) -> HttpResponse:
    """Sends a page, and on request those below it, to translation into the chosen languages."""
    page = get_object_or_404(Page, pk=page_id).specific
    if page.is_root():
        raise Http404
    if source_refusal(page, request.user):
        raise PermissionDenied
    form = SubmitForm(page, request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _send(request, page, form)
    return render(
        request,
        "localization/submit.html",
        {"page": page, "form": form, "title": page.get_admin_display_title()},
        status=422 if form.errors else 200,
    )


def _send(request: HttpRequest, page: Page, form: SubmitForm) -> HttpResponse:
    """Does what the form asks, says what became of it, and leads to the translation if it is one."""
    locales = list(form.cleaned_data["locales"])
    outcomes = translate_page(page, locales, request.user)
    with_subtree = form.cleaned_data.get("subtree", False)
    # With the subtree, a page that is there already needs no word: its children are the point.
    report(request, [outcome for outcome in outcomes if outcome.target or not with_subtree])
    if with_subtree:
        below = page.get_descendants().order_by("path").values_list("pk", flat=True)
        submission = submit(below, locales, request.user, under=page)
        return hand_over(submission)
    made = [outcome.target for outcome in outcomes if outcome.target]
    if len(made) == 1:
        return redirect("wagtailadmin_pages:edit", made[0].pk)
    parent = page.get_parent()
    return redirect("wagtailadmin_explore", parent.pk if parent else page.pk)


def hand_over(submission: Submission) -> HttpResponse:
    """Gives a submission to the worker, and leads to where it tells how far it is."""
    transaction.on_commit(partial(begin, submission))
    return redirect("localization:submission", submission.pk)


def report(request: HttpRequest, outcomes: list[Outcome]) -> None:
    """Says what was done, and for each language that was refused why."""
    made = [name_of(outcome.locale) for outcome in outcomes if outcome.target]
    if made:
        messages.success(request, _("Open for translation: %(languages)s.") % {"languages": joined(made)})
    for outcome in outcomes:
        if outcome.refusal:
            messages.warning(request, f"{name_of(outcome.locale)}: {outcome.refusal}")
