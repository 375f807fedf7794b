"""Sending notices about translations: plain text, in the person's own language, only of what the person may see."""

import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from wagtail.admin.mail import send_mail
from wagtail.models import Page, WorkflowState
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail_localize.models import Translation

from cms.localization.models import MailPreference, Notice, TranslationTask
from cms.localization.reviewing import unfinished_reviews
from cms.localization.roles import roles_of
from cms.localization.rules import name_of
from cms.users.people import called, language_of
from documents.models import OfficialDocument

logger = logging.getLogger(__name__)
Kind = Notice.Kind

# After so long a process that was sending is taken for killed.
LOST = timedelta(minutes=10)


@dataclass(frozen=True)
class Line:
    """One notice in words: what is said, the comment that goes with it, and where it is worked on."""

    sentence: str
    comment: str
    url: str


def deliver(user_id: int) -> int:
    """Mails a person what they were not told yet, in one message, and gives the number of notices in it.

    Where sending fails, they stay for the next time, and the log says why. What the person may not see, or what is
    gone, is left out. Can be repeated, and run twice at once: each notice is sent by one process.
    """
    claim, now = uuid.uuid4(), timezone.now()
    Notice.objects.filter(user=user_id).free(now - LOST).update(claim=claim, claimed_at=now)
    claimed = Notice.objects.filter(user=user_id, claim=claim, sent_at=None)
    notices = list(claimed.select_related("locale", "by"))
    user: Any = get_user_model()._default_manager.filter(pk=user_id).first()
    if not notices or user is None:
        return 0
    sent = 0
    try:
        if user.is_active and user.email:
            sent = _mail(user, notices)
    except (OSError, SMTPException):
        logger.exception("Mail about translations to user %s was not sent; it will be tried again.", user_id)
        claimed.update(claim=None, claimed_at=None)
        return 0
    claimed.update(sent_at=timezone.now())
    return sent


def deliver_all() -> int:
    """Mails everybody what they wait for: who wants one message a day has had none today. Gives how many were told."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    daily = set(MailPreference.objects.filter(daily=True).values_list("user", flat=True))
    told = set(Notice.objects.filter(user__in=daily, sent_at__gte=today).values_list("user", flat=True))
    people = Notice.objects.unsent().order_by("user").values_list("user", flat=True).distinct()
    return sum(deliver(user) > 0 for user in people if user not in told)


def _mail(user: Any, notices: Sequence[Notice]) -> int:
    with override(language_of(user)):
        lines = _lines(user, notices)
        if not lines:
            return 0
        text = render_to_string(
            "localization/mail/notices.txt",
            {
                "user": user,
                "lines": lines,
                "site_name": settings.WAGTAIL_SITE_NAME,
                "account_url": _absolute(reverse("wagtailadmin_account")),
            },
        )
        subject = lines[0].sentence
        if len(lines) > 1:
            number = len(lines)
            subject = ngettext("%(n)d thing about translations", "%(n)d things about translations", number)
            subject %= {"n": number}
        send_mail(" ".join(subject.split()), text, [user.email])
    return len(lines)


def _absolute(path: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"


def _lines(user: Any, notices: Sequence[Notice]) -> list[Line]:
    """The notices in words, of what the user may see and what is so still. Seven queries, whatever their number."""
    keys = {notice.translation_key for notice in notices}
    pages = {
        (page.translation_key, page.locale_id): page
        for page in Page.objects.filter(translation_key__in=keys, alias_of=None).order_by("pk")
    }
    own = PagePermissionPolicy().instances_user_has_permission_for(user, "change").filter(translation_key__in=keys)
    may_change = set(own.values_list("pk", flat=True))
    roles = roles_of(user)
    tasks = TranslationTask.objects.open().of(user).filter(translation_key__in=keys).select_related("locale")
    open_tasks = {(task.translation_key, task.locale_id): task for task in tasks}
    # Without a page, or before it is made: tasks in the person's own languages.
    languages = roles.translates | roles.revises
    given = {place for place, task in open_tasks.items() if task.locale.language_code in languages}
    reviews = unfinished_reviews(pages.values())
    symbols = dict(OfficialDocument.objects.filter(uid__in=keys).values_list("uid", "symbol"))
    editors = {
        (key, locale): reverse("localization:edit_translation", args=[pk])
        for pk, key, locale in Translation.objects.filter(source__object_id__in=keys, enabled=True).values_list(
            "pk", "source__object_id", "target_locale"
        )
    }
    lines = []
    for notice in notices:
        place = (notice.translation_key, notice.locale_id)
        page = pages.get(place)
        seen = page.pk in may_change if page else place in given
        review = reviews.get(page.pk, "") if page else ""
        if seen and _is_so_still(notice, open_tasks.get(place), review):
            name = symbols.get(notice.translation_key) or (page.get_admin_display_title() if page else "")
            url = editors.get(place) or reverse("localization:my_work")
            lines.append(Line(_sentence(notice, name or "–"), notice.comment.strip(), _absolute(url)))
    return lines


def _is_so_still(notice: Notice, task: TranslationTask | None, review: str) -> bool:
    """Whether a notice, which may have waited a day, is true yet: the person's task is open, the review stands so."""
    if notice.kind in {Kind.TO_TRANSLATE, Kind.TO_REVISE}:
        return task is not None
    if notice.kind in {Kind.DUE_SOON, Kind.OVERDUE}:
        return task is not None and task.due_on == notice.due_on
    if notice.kind == Kind.WAITING:
        return review == WorkflowState.STATUS_IN_PROGRESS
    return notice.kind != Kind.SENT_BACK or review == WorkflowState.STATUS_NEEDS_CHANGES


def _sentence(notice: Notice, name: str) -> str:
    """What a notice says, in the active language."""
    words = {
        "name": name,
        "language": name_of(notice.locale),
        "by": called(notice.by) or _("Somebody"),
        "date": date_format(notice.due_on, "DATE_FORMAT") if notice.due_on else "",
    }
    dated = {
        Kind.TO_TRANSLATE: _("To translate by %(date)s: %(name)s, %(language)s"),
        Kind.TO_REVISE: _("To revise by %(date)s: %(name)s, %(language)s"),
        Kind.DUE_SOON: _("Due on %(date)s: %(name)s, %(language)s"),
        Kind.OVERDUE: _("Overdue since %(date)s: %(name)s, %(language)s"),
    }
    undated = {
        Kind.TO_TRANSLATE: _("To translate: %(name)s, %(language)s"),
        Kind.TO_REVISE: _("To revise: %(name)s, %(language)s"),
        Kind.SENT_BACK: _("Sent back by %(by)s: %(name)s, %(language)s"),
        Kind.SOURCE_CHANGED: _("The source changed: %(name)s, %(language)s"),
        Kind.WAITING: _("Handed in by %(by)s, and waiting for your review: %(name)s, %(language)s"),
    }
    kind = Kind(notice.kind)
    return (dated[kind] if notice.due_on and kind in dated else undated[kind]) % words
