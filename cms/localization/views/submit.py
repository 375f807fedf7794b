"""Sending a page to translation, and taking over what changed in the source since."""

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from cms.core.languages import joined
from cms.localization.forms import SubmitForm
from cms.localization.rules import name_of, source_refusal
from cms.localization.tasks import translate_pages_below
from cms.localization.translating import Outcome, translate_page, update_translations


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
        codes = [locale.language_code for locale in locales]
        user: Any = request.user
        transaction.on_commit(partial(translate_pages_below.enqueue, page.pk, codes, user.pk))
        messages.success(
            request, _("The pages below are being prepared. The history of this page will say how many were made.")
        )
    made = [outcome.target for outcome in outcomes if outcome.target]
    if len(made) == 1 and not with_subtree:
        return redirect("wagtailadmin_pages:edit", made[0].pk)
    parent = page.get_parent()
    return redirect("wagtailadmin_explore", parent.pk if parent else page.pk)


def report(request: HttpRequest, outcomes: list[Outcome]) -> None:
    """Says what was done, and for each language that was refused why."""
    made = [name_of(outcome.locale) for outcome in outcomes if outcome.target]
    if made:
        messages.success(request, _("Open for translation: %(languages)s.") % {"languages": joined(made)})
    for outcome in outcomes:
        if outcome.refusal:
            messages.warning(request, f"{name_of(outcome.locale)}: {outcome.refusal}")


@require_http_methods(["GET", "POST"])
def update_source(request: HttpRequest, source_id: int) -> HttpResponse:
    """Takes the source page's present text into its translations, as drafts. Never publishes."""
    source = get_object_or_404(TranslationSource, pk=source_id)
    page = Page.objects.filter(translation_key=source.object_id, locale=source.locale_id).first()
    if page is None:
        raise Http404
    if source_refusal(page, request.user):
        raise PermissionDenied
    if request.method == "POST":
        outcomes = update_translations(source, request.user)
        changed = [name_of(outcome.locale) for outcome in outcomes if outcome.target]
        messages.success(request, _("The translators now see the present text."))
        if changed:
            messages.success(request, _("New drafts: %(languages)s.") % {"languages": joined(changed)})
        report(request, [outcome for outcome in outcomes if outcome.refusal])
        return redirect("wagtailadmin_pages:edit", page.pk)
    translations = source.translations.filter(enabled=True).select_related("target_locale")
    return render(
        request,
        "localization/update.html",
        {
            "page": page,
            "source": source,
            "title": page.get_admin_display_title(),
            "languages": [name_of(translation.target_locale) for translation in translations],
        },
    )
