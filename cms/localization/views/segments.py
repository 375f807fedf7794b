"""Saving one text of a translation, from its form or from the editor's script."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from cms.localization.texts.rows import Row
from cms.localization.texts.saving import MOST_TEXT, Conflict, Refused, SourceChanged, Typed, save_text
from cms.localization.views.editor import MOST_WORDS, SHOWN, Unsaved, Work, find, show
from cms.users.people import called


class Locked(Refused):
    """The translation cannot be written now."""


@require_POST
def save_segment(request: HttpRequest, translation_id: int, key: str) -> HttpResponse:
    """Saves one text: as a draft, confirmed (``action=confirm``), or with its warnings right so (``action=accept``).

    A script (``Accept: application/json``) gets the text's new version and state, or with 409 (somebody else wrote it,
    the source changed, a lock) or 422 (the text is refused) a sentence; a form leads on to the next text, or comes back
    with the text still in its box.
    """
    work = find(translation_id, request.user)
    version, action = str(request.POST.get("version", "")), request.POST.get("action")
    typed = Typed(
        key=key,
        text=str(request.POST.get("text", "")),
        version=int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0,
        confirm=action in {"confirm", "accept"},
        accepted=frozenset(request.POST.getlist("accepted")) if action == "accept" else frozenset(),
        in_review=work.is_correction,
    )
    try:
        if work.refusal:
            raise Locked(work.refusal)
        if len(typed.text) > MOST_TEXT:
            raise Refused(_("This is longer than any text may be."))
        row = save_text(work.translation, typed, request.user, work.page)
    except Refused as refused:
        return _refused(request, work, typed, refused)
    if wants_json(request):
        return JsonResponse(_told(request, row))
    for finding in (*row.errors, *row.questions):
        messages.warning(request, finding.sentence)
    return HttpResponseRedirect(_next_address(request, work, key))


def wants_json(request: HttpRequest) -> bool:
    """Whether the editor's script asks."""
    return "application/json" in request.headers.get("Accept", "")


def _told(request: HttpRequest, row: Row) -> dict[str, Any]:
    return {
        "version": row.version,
        "state": row.state,
        "label": row.state_label,
        "finished": row.finished,
        "findings": render_to_string("localization/_findings.html", {"row": row}, request),
    }


def _refused(request: HttpRequest, work: Work, typed: Typed, refusal: Refused) -> HttpResponse:
    """Says why a text was not saved, and gives it back."""
    status = 409 if isinstance(refusal, Conflict | SourceChanged | Locked) else 422
    theirs = refusal.row if isinstance(refusal, Conflict) else None
    if wants_json(request):
        told: dict[str, Any] = {"error": str(refusal)}
        if theirs is not None:
            told |= {"version": theirs.version, "theirs": theirs.target, "by": _writer(theirs), "state": theirs.state}
        return JsonResponse(told, status=status)
    others = (theirs.target, _writer(theirs)) if theirs is not None else ()
    return show(request, work, {typed.key: Unsaved(typed.text, str(refusal), *others)}, status)


def _writer(row: Row) -> str:
    """Who wrote the translation last."""
    return called(row.current.last_translated_by if row.current else None) or _("Unknown")


def _next_address(request: HttpRequest, work: Work, key: str) -> str:
    """The editor at the text after the one that was saved; what was chosen to be shown stays chosen."""
    address = reverse("localization:edit_translation", args=[work.translation.pk])
    shown = str(request.POST.get("show", ""))
    portion = str(request.POST.get("p", ""))
    words = str(request.POST.get("q", ""))[:MOST_WORDS]
    number = portion if portion.isascii() and portion.isdigit() else ""
    chosen = {"show": shown if shown in SHOWN else "", "q": words, "p": number}
    query = urlencode({name: value for name, value in chosen.items() if value})
    following = str(request.POST.get("next", ""))
    anchor = following if following.replace("-", "").isdigit() and following.isascii() else key
    return f"{address}{'?' if query else ''}{query}#text-{anchor}"
