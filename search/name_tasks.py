"""Background work when a name changes: the versions whose entries bear it are noted in the outbox."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks import task

from documents.models import LanguageVersion
from search.outbox import note_versions
from search.task_states import waits

# Parties are often edited one after the other, and the whole archive is read again once, this long after the last.
PARTY_WAIT = 60  # seconds


def versions_bearing(lookups: Mapping[str, list[int]]) -> QuerySet[LanguageVersion, int]:
    """The primary keys of the released versions that meet any of the lookups, each once."""
    condition = Q()
    for lookup, keys in lookups.items():
        condition |= Q(**{lookup: keys})
    released = LanguageVersion.objects.filter(condition, state=LanguageVersion.State.RELEASED)
    return released.order_by("pk").values_list("pk", flat=True).distinct()


@task()
def note_bearers(lookups: dict[str, list[int]]) -> str:
    """Notes the versions that a name which changed is a word of."""
    found = list(versions_bearing(lookups))
    note_versions(found)
    return f"{len(found)} noted"


def note_party_change() -> None:
    """Asks that all texts be looked through again for the parties they name. Asked in the transaction of the change."""
    looking: Any = look_for_parties
    if looking.get_backend().supports_defer:
        looking = looking.using(run_after=timezone.now() + datetime.timedelta(seconds=PARTY_WAIT))
    looking.enqueue()


@task()
def look_for_parties() -> str:
    """Notes every released version: any text may name a party that is new or is called otherwise.

    The last of several that wait does it for all: it sees what each of them was asked for.
    """
    if waits(look_for_parties):
        return "left to a later one"
    released = LanguageVersion.objects.filter(state=LanguageVersion.State.RELEASED)
    found = list(released.order_by("pk").values_list("pk", flat=True))
    note_versions(found)
    return f"{len(found)} noted"
