"""What people are told by mail about translations: kept until it is sent, so nothing is lost when sending fails."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

User = settings.AUTH_USER_MODEL


def one_of_its_kind() -> str:
    """The mark of a notice that may come again."""
    return uuid.uuid4().hex


class NoticeQuerySet(models.QuerySet["Notice"]):
    def unsent(self) -> Self:
        """Those that their people were not told yet."""
        return self.filter(sent_at=None)

    def free(self, since: datetime) -> Self:
        """Unsent ones at which no process has been at work since the moment."""
        return self.unsent().filter(Q(claimed_at=None) | Q(claimed_at__lt=since))


class Notice(models.Model):
    """One thing that one person is told about the translation of a page or document."""

    class Kind(models.TextChoices):
        TO_TRANSLATE = "to_translate", _("To translate")
        TO_REVISE = "to_revise", _("To revise")
        DUE_SOON = "due_soon", _("Due soon")
        OVERDUE = "overdue", _("Overdue")
        SENT_BACK = "sent_back", _("Sent back")
        SOURCE_CHANGED = "source_changed", _("Source changed")
        WAITING = "waiting", _("Waiting for your review")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    translation_key = models.UUIDField()
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    comment = models.TextField(blank=True)
    due_on = models.DateField(null=True)
    # What the same person is told once only has the same mark each time.
    once = models.CharField(max_length=80, default=one_of_its_kind)
    at = models.DateTimeField(default=timezone.now)
    # The process that sends it, and since when: another one takes over where that one was killed.
    claim = models.UUIDField(null=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("message about translations")
        verbose_name_plural = _("messages about translations")
        constraints = [models.UniqueConstraint(fields=["user", "once"], name="told_once")]
        indexes = [models.Index(fields=["user", "sent_at"], name="notice_of_user")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class MailPreference(models.Model):
    """How somebody wants to be told about translations. Who said nothing is told at once."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="+")
    daily = models.BooleanField(
        _("One message a day"),
        default=False,
        help_text=_("Otherwise each thing is told at once: tasks, what was sent back, what waits for your review."),
    )

    class Meta:
        verbose_name = _("preference for mail about translations")
        verbose_name_plural = _("preferences for mail about translations")

    def __str__(self) -> str:
        return str(self.user)
