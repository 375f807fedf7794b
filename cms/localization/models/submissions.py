"""Many pages sent to translation at once, by the worker: what was asked, how far it is, what became of each."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.localization.models.long_work import LongWork


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def with_counts(self) -> Self:
        """With how many of its pages and languages were ``opened``, and ``refused``."""
        state = SubmissionItem.State
        return self.annotate(
            opened=Count("items", filter=Q(items__state=state.OPENED)),
            refused=Count("items", filter=Q(items__state=state.REFUSED)),
        )

    def of(self, user: Any) -> Self:
        """Those that the user may look at: the own ones; all of them for administrators."""
        return self if user.is_superuser else self.filter(created_by=user)


class Submission(LongWork):
    """Pages that somebody sent to translation together."""

    # What the pages were chosen under, where they were: its history tells what became of them.
    page = models.ForeignKey("wagtailcore.Page", null=True, on_delete=models.SET_NULL, related_name="+")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("date"), default=timezone.now, db_index=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission to translation")
        verbose_name_plural = _("submissions to translation")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return str(_("Submission {number}").format(number=self.pk))


class SubmissionItem(models.Model):
    """One page into one language."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        OPENED = "opened", _("Opened")
        REFUSED = "refused", _("Refused")

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="items")
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    # Why it was refused.
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("page sent to translation")
        verbose_name_plural = _("pages sent to translation")
        constraints = [
            models.UniqueConstraint(fields=["submission", "page", "locale"], name="submission_item_once"),
        ]
        indexes = [models.Index(fields=["submission", "state"], name="submission_item_state")]

    def __str__(self) -> str:
        return f"{self.page} ({self.locale})"
