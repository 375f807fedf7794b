"""A rebuild of the index that is under way, or was stopped and can go on."""

import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from search.models.outbox import IndexChange

# A rebuild that has not moved for so long was stopped: a batch takes a few seconds.
STANDSTILL = datetime.timedelta(minutes=2)


class Rebuild(models.Model):
    """How far the unfinished rebuild has come. There is one row at most, and none when no rebuild is unfinished."""

    name = models.CharField(_("name of the new index"), max_length=200)
    place = models.CharField(_("place of the last entry that is in"), max_length=100, blank=True)
    done = models.PositiveBigIntegerField(_("entries read"), default=0)
    refused = models.PositiveBigIntegerField(_("entries refused"), default=0)
    total = models.PositiveBigIntegerField(_("entries in all"))
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    moved_at = models.DateTimeField(_("last moved"), auto_now=True)
    # Where this attempt began: the pace of an earlier one, and the time between, tell nothing of what is left.
    resumed_at = models.DateTimeField(_("gone on with"), default=timezone.now)
    done_before = models.PositiveBigIntegerField(_("entries read by then"), default=0)

    class Meta:
        verbose_name = _("rebuild of the search index")
        verbose_name_plural = _("rebuilds of the search index")

    def __str__(self) -> str:
        return f"{self.name} {self.done}/{self.total}"

    @property
    def stands_still(self) -> bool:
        """Whether it has not moved for so long that it must have been stopped."""
        return timezone.now() - self.moved_at >= STANDSTILL

    def seconds_left(self) -> float | None:
        """Seconds that the rest will take at the pace of this attempt; None where that cannot be told."""
        done = self.done - self.done_before
        if done <= 0:
            return None
        return (self.moved_at - self.resumed_at).total_seconds() / done * max(self.total - self.done, 0)


class ChangeToRepeat(models.Model):
    """What was fed to the index in use while a rebuild is unfinished, and must be fed again to the new one."""

    target = models.CharField(_("target"), max_length=10, choices=IndexChange.Target.choices)
    object_id = models.PositiveBigIntegerField(_("number"))

    class Meta:
        verbose_name = _("change to be indexed again")
        verbose_name_plural = _("changes to be indexed again")
        constraints = [models.UniqueConstraint(fields=["target", "object_id"], name="change_repeated_once")]

    def __str__(self) -> str:
        return f"{self.target} {self.object_id}"
