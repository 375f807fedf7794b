"""What has become of tasks that were asked for, as far as they are kept in the database."""

import datetime
from typing import Any

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db import DatabaseBackend
from django_tasks_db.models import DBTaskResult, DBTaskResultQuerySet


def are_kept(task: Any) -> bool:
    """Whether a task's state is known: where there is no worker, tasks are done at once and leave nothing."""
    return isinstance(task.get_backend(), DatabaseBackend)


def asked_for(task: Any) -> DBTaskResultQuerySet:
    """All that is known of a task, the one asked for last first; nothing where tasks are not kept."""
    if not are_kept(task):
        return DBTaskResult.objects.none()
    return DBTaskResult.objects.filter(task_path=task.module_path).order_by("-enqueued_at")


def waits(task: Any) -> bool:
    """Whether one waits for the worker, or for its time to come."""
    return asked_for(task).filter(status=TaskResultStatus.READY).exists()


def is_due(task: Any) -> bool:
    """Whether one waits whose time has come."""
    return asked_for(task).ready().exists()


def is_alive(asked: DBTaskResult, longest: datetime.timedelta) -> bool:
    """Whether a task waits, or was taken up no longer ago than it may take: an older one has lost its worker."""
    if asked.status == TaskResultStatus.RUNNING:
        return (asked.started_at or asked.enqueued_at) > timezone.now() - longest
    return bool(asked.status == TaskResultStatus.READY)


def is_ahead(task: Any, longest: datetime.timedelta) -> bool:
    """Whether one waits or is under way, in the sense of `is_alive`."""
    return any(is_alive(asked, longest) for asked in asked_for(task).filter(finished_at=None))
