"""Background work of search."""

import datetime
import logging

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from search.outbox import feed, feed_waits

logger = logging.getLogger(__name__)

FIRST_WAIT = 5
LONGEST_WAIT = 600


class _Outage:
    """The outage that this process has told of, if one lasts: it is told once, not again with every change and attempt.

    The health page tells of it for as long as it lasts.
    """

    told = False

    def note(self, trouble: str) -> None:
        """What a feed met with; nothing means that all that waited was fed."""
        if trouble and not self.told:
            logger.warning("The search index cannot be fed, and changes wait until it can: %s", trouble)
        elif self.told and not trouble:
            logger.info("The search index is fed again.")
        self.told = bool(trouble)


_outage = _Outage()


@task()
def feed_index(attempt: int = 0) -> str:
    """Feeds the engine. If it is away, comes back later: after 5 s, 10 s, 20 s, up to ten minutes."""
    fed = feed()
    _outage.note(fed.trouble)
    if fed.trouble:
        _come_back(attempt)
    return f"{fed.indexed} indexed, {fed.removed} removed{': ' + fed.trouble if fed.trouble else ''}"


def _come_back(attempt: int) -> None:
    """Puts the next attempt off, unless one waits already: a long outage must not gather one for every change."""
    if not feed_index.get_backend().supports_defer:
        return
    if feed_waits(DBTaskResult.objects.filter(status=TaskResultStatus.READY)):
        return
    wait = min(FIRST_WAIT * 2**attempt, LONGEST_WAIT)
    feed_index.using(run_after=timezone.now() + datetime.timedelta(seconds=wait)).enqueue(min(attempt + 1, 30))
