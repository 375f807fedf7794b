"""Work that takes the worker a while: when it began, how far it is, and when it will be done."""

from django.db import models
from django.db.models import F
from django.utils import timezone

from cms.core.progress import readable_seconds


class LongWork(models.Model):
    """How far the worker is with what a row asks for."""

    # When the worker began, and when it last got on: what hangs can be begun again.
    begun_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now)
    # Of what is to be done since the worker began, how much there is and how much is done.
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    is_at_work = models.BooleanField(default=True)

    class Meta:
        abstract = True

    def begin(self, total: int) -> None:
        """Notes that the worker begins with so much to do. One query."""
        now = timezone.now()
        type(self)._default_manager.filter(pk=self.pk).update(
            is_at_work=True, begun_at=now, moved_at=now, total=total, done=0
        )

    def advance(self, done: int = 1) -> None:
        """Counts so much more as done. One query."""
        type(self)._default_manager.filter(pk=self.pk).update(done=F("done") + done, moved_at=timezone.now())

    def seconds_left(self) -> float | None:
        """Seconds that the rest will take at the pace so far; None where that cannot be told."""
        if not self.done:
            return None
        return (self.moved_at - self.begun_at).total_seconds() / self.done * max(self.total - self.done, 0)

    def time_left(self) -> str | None:
        """As :func:`seconds_left`, as people say it."""
        left = self.seconds_left()
        return None if left is None else readable_seconds(left)
