"""The translators' editor: source and translation side by side, a form for each text, sent to review as a whole."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html, strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST
from wagtail import hooks
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.admin import messages
from wagtail.log_actions import log
from wagtail.models import Page, WorkflowState
from wagtail_localize.models import Translation

from cms.core.languages import language
from cms.localization.completeness import errors_sentence, unfinished_sentence
from cms.localization.machine import name_of_engine
from cms.localization.models import SegmentComment
from cms.localization.proofreading import accept_all, proofread
from cms.localization.reviewing import (
    LONGEST_COMMENT,
    is_correction,
    mark_approved,
    may_take_back,
    review_of,
    sent_back,
    writing_refusal,
)
from cms.localization.rules import editing_refusal, may_edit, name_of, target_of
from cms.localization.sending.drafts import save_draft
from cms.localization.texts.layout import arrange
from cms.localization.texts.portions import portion_of, portions
from cms.localization.texts.rows import OUTDATED, Row, load, progress

# What the editor shows on request (``?show=open``): the states of the texts.
SHOWN = {
    "open": lambda row: not row.finished,
    "outdated": lambda row: row.state == OUTDATED,
    "machine": lambda row: row.state == "machine",
    "commented": lambda row: row.comments > 0,
    "findings": lambda row: bool(row.errors or row.questions),
}

MOST_LINKS = 10  # to texts that are not right, in one message
MOST_WORDS = 200  # characters looked for in the texts


@dataclass(frozen=True)
class Work:
    """An open translation, its target page, and why it cannot be written now, if so."""

    translation: Translation
    page: Page
    refusal: str | None
    is_correction: bool = False  # a reviewer writes, while it is in review


@dataclass(frozen=True)
class Unsaved:
    """What somebody typed that was not saved, and why not: perhaps another person's text, and whose it is."""

    text: str
    error: str
    theirs: str = ""
    by: str = ""


def find(translation_id: int, user: Any) -> Work:
    """The translation to work on. Raises Http404, and PermissionDenied where the user may not change its page."""
    translation = get_object_or_404(
        Translation.objects.select_related("source__locale", "source__specific_content_type", "target_locale"),
        pk=translation_id,
        enabled=True,
    )
    page = target_of(translation)
    if page is None:
        raise Http404
    if not may_edit(page, user):
        raise PermissionDenied
    refusal = writing_refusal(page, user)
    return Work(translation, page, refusal, refusal is None and is_correction(page, user))


@require_http_methods(["GET"])
def edit_translation(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Shows the texts with their translations."""
    return show(request, find(translation_id, request.user))


def show(
    request: HttpRequest, work: Work, typed: dict[str, Unsaved] | None = None, status: int = 200, comment: str = ""
) -> HttpResponse:
    """The editor's page. ``typed`` keeps, by the key of its row, what could not be saved in its box.

    ``comment`` is that of a review on which nothing was decided.
    """
    translation, page, refusal = work.translation, work.page, work.refusal
    rows = load(translation)
    counts = SegmentComment.objects.counts(translation)
    for row in rows:
        row.comments = counts.get(row.segment.context_id, 0)
    proofread(translation, rows, page)
    done, total = progress(rows)
    permissions = page.permissions_for_user(request.user)
    free = not refusal and not page.workflow_in_progress
    shown = request.GET.get("show", "")
    kept = typed or {}
    words = request.GET.get("q", "").strip()[:MOST_WORDS]
    found = portions(row for row in rows if row.key in kept or _is_shown(row, shown, words))
    number = portion_of(found, request.GET.get("p", ""), kept or {request.GET.get("text", "")})
    chosen = found[number]
    entries = {
        row.key: _entry(row, kept.get(row.key), following.key)
        for row, following in zip(chosen, [*chosen[1:], *chosen[-1:]], strict=True)
    }
    context = {
        "page": page,
        "translation": translation,
        "editor_address": reverse("localization:edit_translation", args=[translation.pk]),
        "title": page.get_admin_display_title(),
        "source_language": language(translation.source.locale.language_code),
        "target_language": language(translation.target_locale.language_code),
        "target_name": name_of(translation.target_locale),
        "parts": arrange(translation, rows, entries),
        "shown": shown if shown in SHOWN else "",
        "words": words,
        "portion": number + 1 if number else None,
        "portions": [(_address_of(shown, words, n), n == number + 1) for n in range(1, len(found) + 1)],
        "homeless": [entry for key, entry in kept.items() if key not in {row.key for row in rows}],
        "filters": _filters(rows, shown, words),
        "done_number": format_html("<span data-finished>{}</span>", done),
        "total": total,
        "refusal": refusal,
        "can_fill": not refusal and any(row.current is None for row in rows),
        "engine": name_of_engine(),
        "asking": sum(bool(row.questions) for row in rows),
        "free": free,
        "can_submit": free and permissions.can_submit_for_moderation(),
        "can_publish": free and permissions.can_publish(),
        "review": review_of(translation, page, request.user),
        "can_take_back": may_take_back(page, request.user),
        "sent_back": sent_back(page),
        "longest_comment": LONGEST_COMMENT,
        "review_comment": comment,
        "source_url": reverse("wagtailadmin_pages:edit", args=[translation.source.get_source_instance().pk]),
    }
    return render(request, "localization/editor.html", context, status=status)


def _address_of(shown: str, words: str, portion: int | str = "") -> str:
    """The end of the address of a portion, with what is chosen kept."""
    chosen = {"show": shown if shown in SHOWN else "", "q": words, "p": str(portion)}
    return "?" + urlencode({name: value for name, value in chosen.items() if value})


def _is_shown(row: Row, shown: str, words: str) -> bool:
    """Whether a text is in the chosen state and holds the words that were looked for, in either language."""
    in_state = shown not in SHOWN or SHOWN[shown](row)
    return in_state and (not words or words.casefold() in f"{row.source.text}\n{row.target}\n{row.label}".casefold())


def _count(name: str, number: int) -> str:
    """A number of texts; the script brings that of the open ones up to date."""
    return format_html("<span data-unfinished>{}</span>", number) if name == "open" else str(number)


def _filters(rows: list[Row], shown: str, words: str) -> list[tuple[str, str, str, bool]]:
    """The choices of what is shown: address, label, number of texts in all, and whether it is the present one."""
    labels = {
        "": _("All"),
        "open": _("Not finished"),
        "outdated": _("Source changed"),
        "machine": _("Machine text"),
        "commented": _("With comments"),
        "findings": _("With errors or warnings"),
    }
    return [
        (
            _address_of(name, words),
            label,
            _count(name, sum(SHOWN[name](row) for row in rows) if name else len(rows)),
            name == (shown if shown in SHOWN else ""),
        )
        for name, label in labels.items()
    ]


def _entry(row: Row, typed: Unsaved | None, following: str) -> dict[str, Any]:
    """One row for the template, with the key of the one after it: its box holds what was typed if not saved."""
    return {
        "row": row,
        "next": following,
        "text": typed.text if typed else row.target,
        "error": typed.error if typed else "",
        "theirs": typed.theirs if typed else "",
        "by": typed.by if typed else "",
        "lines": max(2, len(row.source.text) // 60 + row.source.text.count("\n") + 1),
    }


@require_POST
def hand_in(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Sends the translation to review, or publishes it, once every text is finished. Nothing is lost else."""
    work = find(translation_id, request.user)
    action = request.POST.get("action")
    back = redirect("localization:edit_translation", translation_id)
    if work.refusal:
        messages.error(request, work.refusal)
        return back
    rows = load(work.translation)
    done, total = progress(rows)
    if done < total:
        ways = [messages.button(f"{back.url}?show=open", _("Not finished"))]
        messages.error(request, unfinished_sentence(total - done), buttons=ways)
        return back
    proofread(work.translation, rows, work.page)
    if not _is_right(request, work, rows):
        return back
    permissions = work.page.permissions_for_user(request.user)
    if not (permissions.can_publish() if action == "publish" else permissions.can_submit_for_moderation()):
        raise PermissionDenied
    try:
        save_draft(work.translation, request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return back
    page = Page.objects.get(pk=work.page.pk).specific
    if action != "publish":
        return _submit(request, page) or back
    refused = _publish(request, page)
    if refused is None:
        mark_approved(work.translation, request.user)
    return refused or back


def _is_right(request: HttpRequest, work: Work, rows: list[Row]) -> bool:
    """Whether no text has an error, and all warnings were looked at; else says which texts are meant."""
    wrong, asking = [row for row in rows if row.errors], [row for row in rows if row.questions]
    if wrong:
        messages.error(request, errors_sentence(len(wrong)), buttons=_ways_to(work, wrong))
    elif asking and request.POST.get("accept") != "on":
        text = ngettext(
            "%(n)d text has a warning. Look at it, or say below that it is right so.",
            "%(n)d texts have warnings. Look at them, or say below that they are right so.",
            len(asking),
        )
        messages.warning(request, text % {"n": len(asking)}, buttons=_ways_to(work, asking))
    else:
        accept_all(asking)
        return True
    return False


def _ways_to(work: Work, rows: list[Row]) -> list[Any]:
    """Links to the first of these texts, for a message."""
    address = reverse("localization:edit_translation", args=[work.translation.pk])
    return [
        messages.button(
            f"{address}?text={row.key}#text-{row.key}",
            f"{row.kind} {row.label}: {(row.errors or row.questions)[0].sentence}",
        )
        for row in rows[:MOST_LINKS]
    ]


def _submit(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Hands the draft to the page's workflow, which publishes it when it is approved."""
    state = page.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(request.user)
    else:
        page.get_workflow().start(page, request.user)
    messages.success(request, _("Sent to review."))
    return None


def _publish(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Publishes the draft, under the rules that hold for every page (``before_publish_page``)."""
    for hook in hooks.get_hooks("before_publish_page"):
        response = hook(request, page)
        if isinstance(response, HttpResponse):
            return response
    PublishPageRevisionAction(page.get_latest_revision(), user=request.user).execute()
    messages.success(request, _("Published."))
    return None


@require_POST
def stop_translation(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Ends the translation: from then on the page is edited like any other, beginning with what was translated.

    Not while it is in review, which would be left without anything to review.
    """
    work = find(translation_id, request.user)
    refusal = work.refusal or (_("It is in review.") if work.page.workflow_in_progress else None)
    if refusal:
        messages.error(request, refusal)
        return redirect("localization:edit_translation", translation_id)
    try:
        save_draft(work.translation, request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("localization:edit_translation", translation_id)
    work.translation.enabled = False
    work.translation.save(update_fields=["enabled"])
    log(instance=work.page, action="localization.stop", user=request.user)
    messages.success(request, _("The translation is stopped. The page is now edited like any other."))
    return redirect("wagtailadmin_pages:edit", work.page.pk)


def restart_translation(request: HttpRequest, translation: Translation, page: Page) -> HttpResponse:
    """Starts a stopped translation again, from the page's own editor. What was changed since stays in the history."""
    if not may_edit(page, request.user):
        raise PermissionDenied
    refusal = editing_refusal(target_of(translation), request.user)
    if refusal is None:
        translation.enabled = True
        try:
            translation.save(update_fields=["enabled"])
        except ValidationError as error:
            refusal = strip_tags(" ".join(error.messages))
    if refusal:
        messages.error(request, refusal)
        return redirect("wagtailadmin_home")
    log(instance=page, action="localization.restart", user=request.user)
    return redirect("localization:edit_translation", translation.pk)
