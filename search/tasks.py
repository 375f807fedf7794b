"""Background work of search."""

import datetime
import logging
from typing import Any

from django.utils import timezone
from django_tasks import task

from search.checking import check, mend
from search.engines import get_engine
from search.engines.base import EngineError
from search.models import IndexChange
from search.models.rebuild import STANDSTILL
from search.moving import has_moved
from search.outbox import enqueue_feed, feed
from search.rebuilding import is_needed, rebuild, state
from search.task_states import are_kept, is_ahead, waits
from search.troubles import note_trouble

logger = logging.getLogger(__name__)

FIRST_WAIT = 5
LONGEST_WAIT = 600
REBUILD_WAIT = 60
# A comparison that has taken so long has lost its worker: 100,000 entries take some minutes.
LONGEST_CHECK = datetime.timedelta(hours=1)


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
        # Not an outdated one: while a site is being upgraded, workers of two versions would take turns at it. The
        # start of a worker sees to that.
        if get_engine().health().state in {"missing", "damaged"}:
            ask_for_needed_rebuild()
    return f"{fed.indexed} indexed, {fed.removed} removed{': ' + fed.trouble if fed.trouble else ''}"


def _come_back(attempt: int) -> None:
    """Puts the next attempt off, unless one waits already: a long outage must not gather one for every change."""
    if not feed_index.get_backend().supports_defer:
        return
    if waits(feed_index):
        return
    wait = min(FIRST_WAIT * 2**attempt, LONGEST_WAIT)
    feed_index.using(run_after=timezone.now() + datetime.timedelta(seconds=wait)).enqueue(min(attempt + 1, 30))


@task()
def rebuild_index(if_needed: bool = False) -> str:
    """Builds the index anew or goes on with an unfinished rebuild; later, if it is still needed, when that fails."""
    try:
        report = rebuild(if_needed=if_needed)
    except (EngineError, OSError) as error:
        logger.warning("The search index could not be rebuilt: %s", error)
        note_trouble(str(error))
        if rebuild_index.get_backend().supports_defer and not waits(rebuild_index):
            later = timezone.now() + datetime.timedelta(seconds=REBUILD_WAIT)
            rebuild_index.using(run_after=later).enqueue(if_needed=True)
        return str(error)
    enqueue_feed()
    if report is None:
        return "The search index is in order."
    return f"{report.indexed} indexed, {len(report.refused)} refused"


@task()
def mend_index() -> dict[str, Any]:
    """Compares index and database, and feeds again what differs: how many of each, or what stood in the way."""
    try:
        differences = check()
    except EngineError as error:
        return {"trouble": str(error)}
    mend(differences)
    return {"compared": differences.compared, "mended": len(differences.ids)}


def ask_for_mending() -> bool:
    """Asks the worker for a comparison; says False, and asks for nothing, when one waits or is under way."""
    if is_ahead(mend_index, LONGEST_CHECK):
        return False
    mend_index.enqueue()
    return True


def ask_for_rebuild() -> bool:
    """Asks the worker for a rebuild; says False, and asks for nothing, when one waits or is under way."""
    unfinished = state()
    if (unfinished is not None and not unfinished.stands_still) or rebuild_is_ahead():
        return False
    rebuild_index.enqueue()
    return True


def rebuild_is_ahead() -> bool:
    """Whether a rebuild waits for the worker, or was taken up by it a moment ago and has not moved yet."""
    return waits(rebuild_index) or (state() is None and is_ahead(rebuild_index, STANDSTILL))


def catch_up() -> None:
    """Asks for what a worker has to see to when it starts: an index of another version, and what a killed one left.

    Where another index was fed before, what changed until now went into that one: a comparison brings it over.
    """
    ask_for_needed_rebuild()
    if has_moved():
        ask_for_mending()
    if IndexChange.objects.exists():
        enqueue_feed()


def ask_for_needed_rebuild() -> None:
    """Asks the worker for a rebuild if the index cannot be used or a rebuild was stopped, where there is a worker."""
    if are_kept(rebuild_index) and is_needed() and not waits(rebuild_index):
        rebuild_index.enqueue(if_needed=True)
