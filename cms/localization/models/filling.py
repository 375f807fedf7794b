"""Texts that a translation engine is to translate for a page: how far the worker is, and what came of it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.localization.models.long_work import LongWork


class FillingQuerySet(models.QuerySet["Filling"]):
    def at_work(self, translation: Any) -> "FillingQuerySet":
        """Those of a translation that the worker is busy with."""
        return self.filter(translation=translation, is_at_work=True)


class Filling(LongWork):
    """The open texts of one translation, given to an engine by somebody."""

    translation = models.ForeignKey("wagtail_localize.Translation", on_delete=models.CASCADE, related_name="fillings")
    engine = models.CharField(max_length=100)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("date"), default=timezone.now)
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

    def begin(self, total: int) -> None:
        """Notes that the worker begins with so many texts; what stopped it before is forgotten. Two queries."""
        super().begin(total)
        Filling.objects.filter(pk=self.pk).update(refused=0, problem="")

    def advance(self, done: int = 1, refused: int = 0) -> None:
        """Counts more texts as done, some of them refused. One query."""
        Filling.objects.filter(pk=self.pk).update(
            done=F("done") + done, refused=F("refused") + refused, moved_at=timezone.now()
        )

    def end(self, problem: str = "") -> None:
        """Notes that the worker is done with it. One query."""
        Filling.objects.filter(pk=self.pk).update(is_at_work=False, moved_at=timezone.now(), problem=problem)
