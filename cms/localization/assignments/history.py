"""What is written down of a task: who did what, and when."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from cms.localization.models import TaskEvent, TranslationTask
from cms.localization.notices.noting import tell_assigned


def note(tasks: Iterable[TranslationTask], action: str, by: Any, before: str = "", after: str = "") -> None:
    """Writes down that somebody did the same with each of these tasks. One query for some hundred."""
    most = TaskEvent._meta.get_field("before").max_length
    events = [TaskEvent(task=task, action=action, by=by, before=before[:most], after=after) for task in tasks]
    TaskEvent.objects.bulk_create(events)
    if action in {TaskEvent.Action.ASSIGNED, TaskEvent.Action.REASSIGNED}:
        tell_assigned([event.task_id for event in events], by)


def close(tasks: Iterable[TranslationTask], action: str, by: Any, why: str = "") -> None:
    """Ends tasks, withdrawn or else done, and writes it down. Those that somebody else just ended are left alone."""
    withdrawn = action == TaskEvent.Action.WITHDRAWN
    state = TranslationTask.State.WITHDRAWN if withdrawn else TranslationTask.State.DONE
    now = timezone.now()
    for task in tasks:
        if TranslationTask.objects.open().filter(pk=task.pk).update(state=state, closed_at=now):
            task.state, task.closed_at = state, now
            note([task], action, by, after=why)
