"""Changes of a task by its coordinator: given to somebody else, another date, withdrawn. Each is written down."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cms.localization.assignments.history import note
from cms.localization.models import TaskEvent, TranslationTask
from cms.users.people import called

Action = TaskEvent.Action
CHANGEABLE = ("translator", "reviser", "due_on", "priority", "note")


@transaction.atomic
def change(task: TranslationTask, values: dict[str, Any], by: Any) -> bool:
    """Takes the values (of ``CHANGEABLE``) into an open task and writes down what changed; False where it is not open.

    Raises IntegrityError where the reviser would be the translator.
    """
    open_ones = TranslationTask.objects.open().select_for_update(of=("self",))
    former = open_ones.select_related("translator", "reviser").filter(pk=task.pk).first()
    if former is None:
        return False
    TranslationTask.objects.filter(pk=task.pk).update(**{name: values[name] for name in CHANGEABLE})
    people = [f"{called(of['translator']) or '–'} / {called(of['reviser']) or '–'}" for of in (vars_of(former), values)]
    if people[0] != people[1]:
        note([task], Action.REASSIGNED, by, *people)
    if former.due_on != values["due_on"]:
        note([task], Action.DUE_CHANGED, by, _day(former.due_on), _day(values["due_on"]))
    if (former.priority, former.note) != (values["priority"], values["note"]):
        label = str(TranslationTask.Priority(values["priority"]).label)
        note([task], Action.CHANGED, by, former.get_priority_display(), f"{label}. {values['note']}".strip())
    return True


def vars_of(task: TranslationTask) -> dict[str, Any]:
    """The task's present values of what can be changed."""
    return {name: getattr(task, name) for name in CHANGEABLE}


def _day(day: Any) -> str:
    return day.isoformat() if day else _("none")
