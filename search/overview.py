"""How the index is, for the page of the administration that shows it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import TaskResultStatus

from cms.core.progress import readable_seconds
from search.engines import get_engine
from search.engines.health import Health
from search.entries import count_entries
from search.health import LATE
from search.models import IndexChange, IndexTrouble, Rebuild
from search.rebuilding import state
from search.task_states import asked_for, is_alive
from search.tasks import LONGEST_CHECK, mend_index, rebuild_is_ahead

STATES = {
    "ready": _("In order"),
    "missing": _("Not built yet"),
    "outdated": _("Made for another version of the program: it has to be built anew"),
    "damaged": _("Damaged: it has to be built anew"),
    "unreachable": _("Out of reach"),
}
ENGINES = {"embedded": _("On this machine"), "elasticsearch": _("Elasticsearch")}


@dataclass(frozen=True)
class Work:
    """A rebuild as the page shows it: waiting for the worker, under way, or stopped."""

    is_waiting: bool
    rebuild: Rebuild | None
    is_stopped: bool
    time_left: str

    @property
    def is_under_way(self) -> bool:
        """Whether there is something to wait for."""
        return self.is_waiting or (self.rebuild is not None and not self.is_stopped)


@dataclass(frozen=True)
class Check:
    """The last comparison of index and database: waiting or under way, stopped, or finished with what it found."""

    is_under_way: bool
    is_stopped: bool
    finished_at: datetime.datetime | None
    compared: int
    mended: int
    trouble: str


@dataclass(frozen=True)
class Overview:
    """Everything that the page shows. ``wanted`` is the number of entries that the database would give."""

    health: Health
    state: Any
    engine: Any
    languages: Sequence[tuple[Any, int]]
    entries: int
    wanted: int
    waiting: int
    oldest: datetime.datetime | None
    is_late: bool
    troubles: Sequence[IndexTrouble]
    work: Work
    check: Check | None

    @property
    def is_under_way(self) -> bool:
        """Whether the worker is busy with the index, or will be, so that it is worth looking again."""
        return self.work.is_under_way or (self.check is not None and self.check.is_under_way)


def overview() -> Overview:
    """How the index is now. Nine queries at most, whatever the number of entries."""
    health = get_engine().health()
    oldest = IndexChange.objects.order_by("pk").values_list("created_at", flat=True).first()
    return Overview(
        health=health,
        state=STATES[health.state],
        engine=ENGINES.get(health.engine, health.engine),
        languages=[(name, health.entries.get(code, 0)) for code, name in settings.LANGUAGES],
        entries=sum(health.entries.values()),
        wanted=count_entries(),
        waiting=IndexChange.objects.count(),
        oldest=oldest,
        is_late=oldest is not None and timezone.now() - oldest > LATE,
        troubles=list(IndexTrouble.objects.all()),
        work=_work(),
        check=_check(),
    )


def _work() -> Work:
    unfinished = state()
    is_waiting = rebuild_is_ahead()
    if unfinished is None:
        return Work(is_waiting, None, False, "")
    is_stopped = not is_waiting and unfinished.stands_still
    left = unfinished.seconds_left()
    return Work(is_waiting, unfinished, is_stopped, "" if left is None else readable_seconds(left))


def _check() -> Check | None:
    """The comparison that was asked for last; None where there was none, or where the results were removed since."""
    last = asked_for(mend_index).first()
    if last is None:
        return None
    found = last.return_value if isinstance(last.return_value, dict) else {}
    trouble = found.get("trouble", "")
    if last.status == TaskResultStatus.FAILED:
        trouble = last.exception_class_path
    is_under_way = is_alive(last, LONGEST_CHECK)
    return Check(
        is_under_way=is_under_way,
        is_stopped=last.status == TaskResultStatus.RUNNING and not is_under_way,
        finished_at=last.finished_at,
        compared=found.get("compared", 0),
        mended=found.get("mended", 0),
        trouble=trouble,
    )
