"""Texts that a translation engine is to translate for a page: how far the worker is, and what came of it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class FillingQuerySet(models.QuerySet["Filling"]):
    def at_work(self, translation: Any) -> "FillingQuerySet":
        """Those of a translation that the worker is busy with."""
        return self.filter(translation=translation, is_at_work=True)


class Filling(models.Model):
    """The open texts of one translation, given to an engine by somebody."""

    translation = models.ForeignKey("wagtail_localize.Translation", on_delete=models.CASCADE, related_name="fillings")
    engine = models.CharField(max_length=100)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("date"), default=timezone.now)
    # When the worker began, and when it last got on: what hangs can be begun again.
    begun_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    is_at_work = models.BooleanField(default=True)
    # Texts that stay open because a footnote mark or link was lost on the way.
    refused = models.PositiveIntegerField(default=0)
    # Why the engine stopped, in a sentence.
    problem = models.TextField(blank=True)

    objects = FillingQuerySet.as_manager()

    class Meta:
        verbose_name = _("machine translation of a page")
        verbose_name_plural = _("machine translations of pages")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.engine}, {self.translation_id}"

    @property
    def filled(self) -> int:
        """How many texts have a translation by the engine now."""
        return self.done - self.refused

    def advance(self, done: int, refused: int) -> None:
        """Counts more texts as done, some of them refused. One query."""
        Filling.objects.filter(pk=self.pk).update(
            done=F("done") + done, refused=F("refused") + refused, moved_at=timezone.now()
        )

    def end(self, problem: str = "") -> None:
        """Notes that the worker is done with it. One query."""
        Filling.objects.filter(pk=self.pk).update(is_at_work=False, moved_at=timezone.now(), problem=problem)

    def seconds_left(self) -> float | None:
        """Seconds that the rest will take at the pace so far; None where that cannot be told."""
        if not self.done:
            return None
        return (self.moved_at - self.begun_at).total_seconds() / self.done * max(self.total - self.done, 0)
