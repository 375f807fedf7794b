"""What was searched for and not found: what readers call things that the archive calls otherwise, or lacks."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT_FOR = timedelta(days=90)
LONGEST_QUERY = 80


class UnansweredQueryQuerySet(models.QuerySet["UnansweredQuery"]):
    def kept(self) -> Self:
        """Those that were asked in the last 90 days."""
        return self.filter(last_asked__gt=timezone.now().date() - KEPT_FOR)

    def old(self) -> Self:
        """Those whose days are over."""
        return self.filter(last_asked__lte=timezone.now().date() - KEPT_FOR)


class UnansweredQuery(models.Model):
    """A query without results in one language of the site: how often it was asked, and on which day last.

    Nothing says who asked. ``key`` are its words folded; ``words`` as they were typed the first time.
    """

    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    key = models.CharField(max_length=2 * LONGEST_QUERY)
    words = models.CharField(_("query"), max_length=LONGEST_QUERY)
    count = models.PositiveIntegerField(_("times asked"), default=1)
    last_asked = models.DateField(_("last asked"), db_index=True)

    objects = UnansweredQueryQuerySet.as_manager()

    class Meta:
        verbose_name = _("query without results")
        verbose_name_plural = _("queries without results")
        ordering = ["-count", "-last_asked", "pk"]
        constraints = [models.UniqueConstraint(fields=["language", "key"], name="unanswered_query_once")]

    def __str__(self) -> str:
        return self.words
