"""Tasks follow the work by themselves, and their history tells who did what."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from wagtail.models import Locale
from wagtail_localize.models import Translation

from cms.localization.assignments.assigned import tasks_of
from cms.localization.assignments.deadlines import proposed_date
from cms.localization.models import NotRequired, TaskEvent, TranslationTask
from cms.users.models import User
from documents.models import LanguageVersion
from tests import factories, people
from tests.cms.localization.conftest import House, hand_in, save, target, translate_all
from tests.cms.localization.test_roles import act, handed_in
from tests.tree import fresh

pytestmark = pytest.mark.django_db


def task_for(key: UUID, code: str = "fr", **fields: Any) -> TranslationTask:
    """A task of a document or page in a language."""
    locale = Locale.objects.get(language_code=code)
    task: TranslationTask = TranslationTask.objects.create(translation_key=key, locale=locale, **fields)
    return task


def history(task: TranslationTask) -> list[tuple[str, User | None, str]]:
    return [(event.action, event.by, event.after) for event in TaskEvent.objects.filter(task=task)]


def state(task: TranslationTask) -> str:
    task.refresh_from_db()
    return task.state


def test_a_task_follows_its_page_from_hand_in_to_approval(
    client: Client, house: House, translator: User, reviser: User, french: Translation
) -> None:
    task = task_for(house.document.uid, translator=translator, reviser=reviser)
    other = task_for(house.document.uid, "es")
    page = handed_in(client, translator, french)
    client.force_login(reviser)
    act(client, page, "reject", "Term of paragraph 3.")
    client.force_login(translator)
    hand_in(client, french)
    client.force_login(reviser)
    act(client, fresh(page), "approve")
    assert fresh(page).live
    assert history(task) == [
        ("handed_in", translator, ""),
        ("sent_back", reviser, "Term of paragraph 3."),
        ("handed_in", translator, ""),
        ("approved", reviser, ""),
    ]
    assert (state(task), task.closed_at is not None) == ("done", True)
    assert (state(other), history(other)) == ("open", [])


def test_a_task_taken_back_from_review_stays_open(
    client: Client, house: House, translator: User, french: Translation
) -> None:
    task = task_for(house.document.uid, translator=translator)
    page = handed_in(client, translator, french)
    page.current_workflow_state.cancel(user=translator)
    assert [action for action, _by, _after in history(task)] == ["handed_in", "taken_back"]
    assert state(task) == "open"


def test_what_is_published_without_review_is_done_if_it_is_complete(
    client: Client, house: House, french: Translation
) -> None:
    task = task_for(house.document.uid)
    boss = people.superuser()
    client.force_login(boss)
    save(client, french, "Rapport", "Report")
    target(french).get_latest_revision_as_object().save_revision().publish()
    assert state(task) == "open"
    translate_all(client, french)
    hand_in(client, french, "publish")
    assert state(task) == "done"
    assert history(task) == [("done", boss, "")]


def test_the_task_of_a_file_is_done_when_the_file_is_there(house: House) -> None:
    task = task_for(house.document.uid, kind=TranslationTask.Kind.FILE)
    version = factories.LanguageVersionFactory(document=house.document, language="fr", state="awaited")
    assert state(task) == "open"
    version.state = LanguageVersion.State.HELD
    version.save()
    assert state(task) == "done"


def test_an_edition_of_its_own_and_a_language_not_required_withdraw_the_task(house: House, editor: User) -> None:
    task, other = task_for(house.document.uid), task_for(house.document.uid, "es")
    factories.LanguageVersionFactory(
        document=house.document, language="fr", state="held", origin=LanguageVersion.Origin.IMPORTED
    )
    NotRequired.objects.create(
        translation_key=house.document.uid, locale=other.locale, reason="Informal paper", by=editor
    )
    assert (state(task), state(other)) == ("withdrawn", "withdrawn")
    assert history(other) == [("withdrawn", editor, "Informal paper")]


def test_what_is_deleted_is_nobody_s_task(house: House, french: Translation) -> None:
    page = factories.StandardPageFactory(parent=fresh(house.processes["en"]), title="About us")
    gone = factories.OfficialDocumentFactory(process=house.document.process, symbol="KP/2018/1")
    of_page, of_gone, kept = task_for(page.translation_key), task_for(gone.uid), task_for(house.document.uid)
    fresh(page).delete()
    gone.delete()
    fresh(target(french)).delete()
    assert [state(task) for task in (of_page, of_gone, kept)] == ["withdrawn", "withdrawn", "open"]
    assert history(of_page) == [("withdrawn", None, "What was to be translated is deleted.")]


def test_the_open_tasks_of_many_things_take_one_query(
    house: House, translator: User, django_assert_num_queries: Callable[..., Any]
) -> None:
    translator.first_name, translator.last_name = "Anne", "Moreau"
    translator.save()
    due = date(2026, 5, 4)
    task = task_for(house.document.uid, translator=translator, due_on=due)
    task_for(house.document.uid, "es", state="withdrawn")
    others = [factories.OfficialDocumentFactory(process=house.document.process) for _number in range(20)]
    for document in others:
        task_for(document.uid)
    with django_assert_num_queries(1):
        found = tasks_of([house.document.uid, *(document.uid for document in others)])
    assert len(found) == 21
    (french,) = found[house.document.uid].values()
    assert (french.task, french.translator, french.reviser, french.due_on) == (task.pk, "Anne Moreau", "", due)
    assert french.is_overdue(date(2026, 5, 5))
    assert not french.is_overdue(due)


TODAY = date(2026, 3, 2)  # a Monday


@pytest.mark.parametrize(
    ("opens", "ends", "filed", "expected"),
    [
        ("2026-06-15", "2026-06-19", None, "2026-05-04"),
        ("2026-06-14", "2026-06-19", "2026-02-01", "2026-05-01"),  # a Sunday: the Friday before
        ("2026-04-01", "2026-04-03", "2026-02-20", "2026-03-04"),  # too late for the rule
        ("2026-03-02", "2026-03-13", "2026-03-05", "2026-03-09"),  # in session; two days on is a Saturday
        ("2026-02-23", "2026-03-06", "2026-02-24", "2026-03-04"),  # in session, its date over
        ("2026-02-02", "2026-02-06", None, None),
        ("2026-02-02", None, None, None),
        (None, None, "2026-02-20", None),
    ],
)
def test_the_date_is_counted_from_the_session(
    opens: str | None, ends: str | None, filed: str | None, expected: str | None
) -> None:
    def day(text: str | None) -> date | None:
        return date.fromisoformat(text) if text else None

    process = factories.ProcessFactory.build()
    session = factories.SessionFactory.build(working_group=None, starts_on=day(opens), ends_on=day(ends))
    assert proposed_date(process, session, day(filed), TODAY) == day(expected)


def test_each_process_has_its_own_rule(house: House) -> None:
    process = factories.ProcessFactory.build(translation_weeks=10)
    session = factories.SessionFactory.build(working_group=None, starts_on=date(2026, 6, 15), ends_on=None)
    assert proposed_date(process, session, None, TODAY) == date(2026, 4, 6)
    assert proposed_date(process, None, None, TODAY) is None
