"""Deciding on a translation in review: approve it, send it back with the reason, or take back what is one's own."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import Page

from cms.localization.editions import version_to_release
from cms.localization.reviewing import LONGEST_COMMENT, NotDecided, approve, send_back, take_back
from cms.localization.texts.inline import CONTROL
from cms.localization.views.editor import Work, find, show


@require_POST
def review(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Approves the translation (``action=approve``), takes it back (``take_back``), or sends it back.

    A comment that was refused stays in its box.
    """
    user: Any = request.user
    work = find(translation_id, user)
    comment = CONTROL.sub("", str(request.POST.get("comment", ""))).strip()
    try:
        if len(comment) > LONGEST_COMMENT:
            raise NotDecided(_("The comment is longer than %(limit)d characters.") % {"limit": LONGEST_COMMENT})
        if request.POST.get("action") == "approve":
            approve(work.translation, work.page, user, comment)
            messages.success(request, _approved(work))
        elif request.POST.get("action") == "take_back":
            take_back(work.page, user)
            messages.success(request, _("Taken back from review."))
        else:
            _tell_sent_back(request, send_back(work.translation, work.page, user, comment))
    except (NotDecided, PermissionDenied) as refusal:
        return _not_decided(request, work, comment, str(refusal))
    except ValidationError as error:
        return _not_decided(request, work, comment, " ".join(error.messages))
    return redirect("localization:edit_translation", translation_id)


def _not_decided(request: HttpRequest, work: Work, comment: str, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    return show(request, work, comment=comment, status=422)


def _tell_sent_back(request: HttpRequest, texts: int) -> None:
    sentence = ngettext("Sent back. %(n)d text is a draft again.", "Sent back. %(n)d texts are drafts again.", texts)
    messages.success(request, sentence % {"n": texts} if texts else _("Sent back."))


def _approved(work: Work) -> str:
    """What becomes of it now."""
    page = Page.objects.get(pk=work.page.pk)
    version = version_to_release(page.specific)
    if version is not None and version.state == version.State.RELEASED:
        moment = date_format(localtime(version.released_at), "DATETIME_FORMAT")
        return _("Approved. Readers have it on %(moment)s, when the document is released.") % {"moment": moment}
    if version is not None:
        return _("Approved. Readers have it as soon as the document is released in this language.")
    if not page.live:
        return _("Approved. It is published when its time has come, or after the next step of its workflow.")
    return _("Approved and published.")
