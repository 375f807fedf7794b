"""Filling the open texts of a page, from the translation memory and by an engine, and how far the engine is."""

from functools import partial
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from cms.core.visibility import viewer_for
from cms.localization.filling import fill_from_memory, open_rows
from cms.localization.machine import engine, name_of
from cms.localization.models import Filling
from cms.localization.tasks import begin_filling, is_stale
from cms.localization.views.editor import find


@require_POST
def fill_texts(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Fills the open texts with what the memory knows, and has the worker ask the engine for the rest."""
    work = find(translation_id, request.user)
    back = redirect("localization:edit_translation", translation_id)
    if work.refusal:
        messages.error(request, work.refusal)
        return back
    running = Filling.objects.at_work(translation_id).first()
    if running is not None:
        return redirect("localization:filling", translation_id, running.pk)
    rows = open_rows(work.translation)
    known = fill_from_memory(work.translation, rows, request.user, viewer_for(request))
    if known:
        text = ngettext(
            "%(n)d text was filled in from the translation memory, as a draft.",
            "%(n)d texts were filled in from the translation memory, as drafts.",
            known,
        )
        messages.success(request, text % {"n": known})
    translator = engine()
    left = len(rows) - known
    if translator is not None and left:
        user: Any = request.user
        filling = Filling.objects.create(
            translation=work.translation, engine=name_of(translator), created_by=user, total=left
        )
        transaction.on_commit(partial(begin_filling, filling))
        return redirect("localization:filling", translation_id, filling.pk)
    if not known:
        messages.info(
            request, _("The translation memory has none of the open texts.") if rows else _("No text is open.")
        )
    return back


@require_http_methods(["GET", "HEAD", "POST"])
def one_filling(request: HttpRequest, translation_id: int, filling_id: int) -> HttpResponse:
    """How far the engine is with a page, or what came of it. A lost one is begun again (POST)."""
    work = find(translation_id, request.user)
    filling = get_object_or_404(Filling, pk=filling_id, translation=translation_id)
    if request.method == "POST":
        if work.refusal:
            messages.error(request, work.refusal)
        elif is_stale(filling):
            begin_filling(filling)
        else:
            messages.warning(request, _("The texts are being translated. Wait until that is done."))
        return redirect("localization:filling", translation_id, filling.pk)
    context = {
        "filling": filling,
        "title": work.page.get_admin_display_title(),
        "is_stale": is_stale(filling),
        "time_left": filling.time_left(),
    }
    return render(request, "localization/filling.html", context)
