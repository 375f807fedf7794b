"""Who does what in which language until when: asked for many documents and pages at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cms.localization.models import TranslationTask
from cms.users.people import NAMES, name_from


@dataclass(frozen=True)
class Assigned:
    """The open task of one thing in one language; names of people are empty where nobody is named."""

    task: int
    translator: str
    reviser: str
    due_on: date | None
    priority: int

    def is_overdue(self, today: date) -> bool:
        """Whether its date is over."""
        return self.due_on is not None and self.due_on < today


def tasks_of(keys: Collection[UUID]) -> dict[UUID, dict[str, Assigned]]:
    """The open tasks of these things by language code: pages by their translation key, documents by their uid.

    One query, whatever their number. A thing or language without a task is missing.
    """
    names = [f"{person}__{name}" for person in ("translator", "reviser") for name in NAMES]
    columns = ("pk", "translation_key", "locale__language_code", "due_on", "priority", *names)
    found: dict[UUID, dict[str, Assigned]] = {}
    for pk, key, code, due_on, priority, *people in (
        TranslationTask.objects.open().filter(translation_key__in=keys).values_list(*columns)
    ):
        translator, reviser = name_from(*people[:3]), name_from(*people[3:])
        found.setdefault(key, {})[code] = Assigned(pk, translator, reviser, due_on, priority)
    return found
