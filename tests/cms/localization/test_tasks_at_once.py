"""Tasks given out and changed by several people at the same moment: none twice, none lost."""

from datetime import date

import pytest
from wagtail.models import Locale

from cms.localization.assignments.assigning import Order, assign
from cms.localization.assignments.changes import change, vars_of
from cms.localization.assignments.history import close
from cms.localization.models import TaskEvent, TranslationTask
from tests import factories, people
from tests.cms.localization.conftest import House
from tests.cms.localization.test_at_once import WORKERS, at_once
from tests.cms.localization.test_tasks import task_for
from tests.tree import fresh, plant_report

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_assignments(house: House) -> None:
    boss, translator = people.superuser(), people.translator_of("fr")
    keys = []
    for number in range(3):
        document = factories.OfficialDocumentFactory(process=house.document.process, symbol=f"KP/2019/{number}")
        plant_report(fresh(house.processes["en"]), document, title=f"Paper {number}")
        keys.append(document.uid)
    order = Order(Locale.objects.get(language_code="fr"), translator)
    outcomes = at_once(lambda: assign(keys, [order], boss))
    assert sorted(len(outcome.made) for outcome in outcomes) == [0] * (WORKERS - 1) + [3]
    assert TranslationTask.objects.count() == TaskEvent.objects.count() == 3


def test_a_change_and_an_end(house: House) -> None:
    boss = people.superuser()
    task = task_for(house.document.uid)

    def work() -> bool:
        mine = TranslationTask.objects.get(pk=task.pk)
        changed = change(mine, vars_of(mine) | {"due_on": date(2026, 5, 4)}, boss)
        close([mine], TaskEvent.Action.WITHDRAWN, boss)
        return changed

    at_once(work)
    events = list(TaskEvent.objects.values_list("action", flat=True))
    assert sorted(events) == ["due_changed", "withdrawn"]
