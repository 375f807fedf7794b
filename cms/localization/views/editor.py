"""The translators' editor: a plain form, source and translation side by side, saved as a draft for review."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import strip_tags
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
from cms.localization.drafts import save_draft
from cms.localization.rows import Row, load, progress
from cms.localization.rules import editing_refusal, may_edit, name_of
from cms.localization.saving import Saved, Typed, fingerprint, save_texts


@dataclass(frozen=True)
class Work:
    """An open translation, its target page, and why it cannot be written now, if so."""

    translation: Translation
    page: Page
    refusal: str | None


def find(translation_id: int, user: Any) -> Work:
    """The translation to work on. Raises Http404, and PermissionDenied where the user may not change its page."""
    translation = get_object_or_404(
        Translation.objects.select_related("source__locale", "source__specific_content_type", "target_locale"),
        pk=translation_id,
        enabled=True,
    )
    page = Page.objects.filter(
        translation_key=translation.source.object_id, locale=translation.target_locale_id
    ).first()
    if page is None:
        raise Http404
    page = page.specific
    if not may_edit(page, user):
        raise PermissionDenied
    return Work(translation, page, editing_refusal(translation, page, user))


@require_http_methods(["GET", "POST"])
def edit_translation(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Shows the texts with their translations, and saves what was typed.

    Answers 409 where a lock or an edition of its own forbids it and 422 where a text is refused, each time with what
    was typed still in its box.
    """
    work = find(translation_id, request.user)
    if request.method == "GET":
        return _page(request, work)
    typed = _typed(request)
    if work.refusal:
        return _page(request, work, typed, status=409)
    try:
        saved = _save(work.translation, typed, request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return _page(request, work, typed, status=422)
    _tell(request, saved)
    if saved.refused or saved.homeless:
        return _page(request, work, typed, saved, status=422)
    return _act(request, work) or redirect("localization:edit_translation", translation_id)


def _typed(request: HttpRequest) -> dict[str, Typed]:
    """The text boxes of a posted form, by the key of their row."""
    return {
        name.removeprefix("text-"): Typed(str(value), str(request.POST.get(f"opened-{name.removeprefix('text-')}", "")))
        for name, value in request.POST.items()
        if name.startswith("text-")
    }


@transaction.atomic
def _save(translation: Translation, typed: dict[str, Typed], user: Any) -> Saved:
    """Saves the texts and, if any changed, the page as a draft: both or neither. Raises ValidationError."""
    saved = save_texts(translation, load(translation), typed, user)
    if saved.count:
        save_draft(translation, user)
    return saved


def _tell(request: HttpRequest, saved: Saved) -> None:
    """Says what was saved and what was not."""
    if saved.count:
        messages.success(request, ngettext("%(n)d text saved.", "%(n)d texts saved.", saved.count) % {"n": saved.count})
    if saved.refused:
        refused = len(saved.refused)
        messages.error(
            request,
            ngettext("%(n)d text is not saved: see below.", "%(n)d texts are not saved: see below.", refused)
            % {"n": refused},
        )
    for text in saved.homeless:
        messages.error(
            request, _("The source of this text changed meanwhile, so it was not saved: %(text)s") % {"text": text}
        )
    for warning in saved.warnings.values():
        messages.warning(request, warning)


def _act(request: HttpRequest, work: Work) -> HttpResponse | None:
    """Does what the pressed button asks beyond saving. Publishing and review need every text translated."""
    action = request.POST.get("action", "save")
    if action not in {"submit", "publish"}:
        return None
    page = Page.objects.get(pk=work.page.pk).specific
    done, total = progress(load(work.translation))
    if done < total:
        left = total - done
        messages.error(
            request,
            ngettext("%(n)d text is not translated yet.", "%(n)d texts are not translated yet.", left) % {"n": left},
        )
        return None
    return _submit(request, page) if action == "submit" else _publish(request, page)


def _submit(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Hands the draft to the page's workflow, which publishes it when it is approved."""
    if not page.permissions_for_user(request.user).can_submit_for_moderation():
        raise PermissionDenied
    state = page.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(request.user)
    else:
        page.get_workflow().start(page, request.user)
    messages.success(request, _("Sent to review."))
    return None


def _publish(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Publishes the draft, under the rules that hold for every page (``before_publish_page``)."""
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    for hook in hooks.get_hooks("before_publish_page"):
        response = hook(request, page)
        if isinstance(response, HttpResponse):
            return response
    PublishPageRevisionAction(page.get_latest_revision(), user=request.user).execute()
    messages.success(request, _("Published."))
    return None


def _page(
    request: HttpRequest,
    work: Work,
    typed: dict[str, Typed] | None = None,
    saved: Saved | None = None,
    status: int = 200,
) -> HttpResponse:
    """The editor's page. ``typed`` keeps what could not be saved in its box."""
    translation, page, refusal = work.translation, work.page, work.refusal
    rows = load(translation)
    done, total = progress(rows)
    permissions = page.permissions_for_user(request.user)
    free = not refusal and not page.workflow_in_progress
    context = {
        "page": page,
        "translation": translation,
        "title": page.get_admin_display_title(),
        "source_language": language(translation.source.locale.language_code),
        "target_language": language(translation.target_locale.language_code),
        "target_name": name_of(translation.target_locale),
        "entries": [_entry(row, typed or {}, saved) for row in rows],
        "done": done,
        "total": total,
        "refusal": refusal,
        "can_submit": free and permissions.can_submit_for_moderation(),
        "can_publish": free and permissions.can_publish(),
        "review_actions": _review_actions(page, request.user),
        "source_url": reverse("wagtailadmin_pages:edit", args=[translation.source.get_source_instance().pk]),
    }
    return render(request, "localization/editor.html", context, status=status)


def _entry(row: Row, typed: dict[str, Typed], saved: Saved | None) -> dict[str, Any]:
    """One row for the template: its text box holds what was typed if that was not saved."""
    kept = typed.get(row.key)
    unsaved = kept is not None and kept.touched and fingerprint(kept.text) != fingerprint(row.target)
    text = kept.text if kept is not None and unsaved else row.target
    return {
        "row": row,
        "text": text,
        "lines": max(2, len(row.source.text) // 60 + row.source.text.count("\n") + 1),
        # A refused text stays "changed" when it is posted again, and the colleague's text has been seen.
        "opened": fingerprint(row.target),
        "error": saved.refused.get(row.key, "") if saved else "",
    }


def _review_actions(page: Page, user: Any) -> list[dict[str, Any]]:
    """What the user may do with the page's review: a form for each, posted to Wagtail's own address."""
    state = page.current_workflow_task_state
    task = page.current_workflow_task
    if state is None or task is None:
        return []
    actions: dict[str, dict[str, Any]] = {}
    for name, label, takes_comment in task.get_actions(page, user):
        url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, name, state.pk])
        entry = actions.setdefault(name, {"url": url, "label": label, "comment": False})
        entry["comment"] = entry["comment"] or takes_comment
    return list(actions.values())


@require_POST
def stop_translation(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Ends the translation: from then on the page is edited like any other. Its texts are kept."""
    work = find(translation_id, request.user)
    if work.refusal:
        messages.error(request, work.refusal)
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
    refusal = editing_refusal(translation, page, request.user)
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


def preview_translation(request: HttpRequest, translation_id: int, mode: str = "") -> HttpResponse:
    """Shows the draft as readers would see it."""
    return redirect("wagtailadmin_pages:view_draft", find(translation_id, request.user).page.pk)
