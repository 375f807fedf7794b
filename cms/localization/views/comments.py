"""Comments on one text: added, marked as done, taken up again. They stay open while the text is in review or locked."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from cms.localization.models import SegmentComment
from cms.localization.models.segments import LONGEST_COMMENT
from cms.localization.texts.inline import CONTROL
from cms.localization.texts.rows import load_one
from cms.localization.views.editor import find
from cms.localization.views.suggestions import Remark, show_text


@require_POST
def add_comment(request: HttpRequest, translation_id: int, key: str) -> HttpResponse:
    """Adds a comment to a text, or gives it back with the reason. Raises Http404 where the source has the text no more.

    Whoever may open the translation may comment on it.
    """
    user: Any = request.user
    work = find(translation_id, user)
    row = load_one(work.translation, key)
    if row is None:
        raise Http404
    typed = CONTROL.sub("", str(request.POST.get("comment", ""))).replace("\r\n", "\n").strip()
    refusal = _refusal(typed)
    if refusal:
        return show_text(request, work, row, Remark(typed, refusal), status=422)
    SegmentComment.objects.create(translation=work.translation, context=row.segment.context, text=typed, author=user)
    return HttpResponseRedirect(_address(translation_id, key))


def _refusal(typed: str) -> str:
    """Why this is no comment."""
    if not typed:
        return _("Write what is to be said about the text.")
    if len(typed) > LONGEST_COMMENT:
        return _("It is longer than %(limit)d characters.") % {"limit": LONGEST_COMMENT}
    return ""


@require_POST
def settle_comment(request: HttpRequest, translation_id: int, key: str, comment_id: int) -> HttpResponse:
    """Marks a comment as done, or takes it up again (``action=reopen``). Repeated, it changes nothing."""
    user: Any = request.user
    work = find(translation_id, user)
    comment = get_object_or_404(SegmentComment, pk=comment_id, translation=work.translation)
    reopen = request.POST.get("action") == "reopen"
    if reopen == (comment.resolved_at is not None):
        comment.resolved_at = None if reopen else timezone.now()
        comment.resolved_by = None if reopen else user
        comment.save(update_fields=["resolved_at", "resolved_by"])
    if load_one(work.translation, key) is None:  # the source lost the text meanwhile
        messages.success(request, _("The comment is open again.") if reopen else _("The comment is done."))
        return HttpResponseRedirect(reverse("localization:edit_translation", args=[translation_id]))
    return HttpResponseRedirect(_address(translation_id, key))


def _address(translation_id: int, key: str) -> str:
    """The comments on the text's page."""
    return f"{reverse('localization:suggestions', args=[translation_id, key])}#comments"
