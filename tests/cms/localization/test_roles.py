"""Revisers approve what others translated into their language; coordinators send what is of their process."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page, TaskState
from wagtail_localize.models import Translation

from cms.localization import roles
from cms.localization.assignments.stages import Stage, with_stage
from cms.localization.models import TranslationTask
from cms.localization.sending.translating import translate_page
from cms.users.models import User
from tests import factories, people
from tests.cms.localization.conftest import House, hand_in, save, target, translate_all
from tests.tree import fresh

pytestmark = pytest.mark.django_db


def act(client: Client, page: Page, action: str, comment: str = "") -> Any:
    """Posts a review action to Wagtail's own address."""
    state = page.current_workflow_task_state
    assert state is not None
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return client.post(address, {"comment": comment})


def handed_in(client: Client, translator: User, translation: Translation) -> Page:
    """The page after its translator sent it to review."""
    client.force_login(translator)
    translate_all(client, translation)
    hand_in(client, translation)
    page: Page = fresh(target(translation))
    assert page.workflow_in_progress
    return page


def test_a_reviser_approves_what_a_translator_handed_in(
    client: Client, translator: User, reviser: User, french: Translation
) -> None:
    page = handed_in(client, translator, french)
    client.force_login(reviser)
    assert "Approve" in client.get(reverse("localization:edit_translation", args=[french.pk])).content.decode()
    act(client, page, "approve")
    assert fresh(page).live


def test_a_reviser_finds_what_waits_and_sends_it_back(
    client: Client, translator: User, reviser: User, french: Translation
) -> None:
    page = handed_in(client, translator, french)
    waiting = page.current_workflow_task.get_task_states_user_can_moderate(reviser)
    assert list(waiting) == list(TaskState.objects.filter(workflow_state__object_id=str(page.pk)))
    client.force_login(reviser)
    act(client, page, "reject", "The title is not the official one.")
    assert not fresh(page).live
    assert not fresh(page).workflow_in_progress


def test_nobody_approves_what_they_translated(client: Client, house: House, french: Translation) -> None:
    """Neither when they handed it in, nor when a colleague did, nor when it is their task."""
    both = people.translator_of("fr")
    both.groups.add(*people.reviser_of("fr").groups.all())
    page = handed_in(client, both, french)
    act(client, page, "approve")
    assert not fresh(page).live
    act(client, page, "reject", "Once more.")
    client.force_login(people.translator_of("fr"))
    hand_in(client, french)
    client.force_login(both)
    act(client, fresh(page), "approve")
    assert not fresh(page).live

    colleague = people.reviser_of("fr")
    task = TranslationTask.objects.create(
        translation_key=house.document.uid, locale=french.target_locale, translator=colleague
    )
    client.force_login(colleague)
    act(client, fresh(page), "approve")
    assert not fresh(page).live
    task.delete()
    act(client, fresh(page), "approve")
    assert fresh(page).live


@pytest.mark.parametrize("who", ["another language", "translator", "coordinator"])
def test_others_do_not_review_it(client: Client, house: House, translator: User, french: Translation, who: str) -> None:
    page = handed_in(client, translator, french)
    other = {
        "another language": lambda: people.reviser_of("es"),
        "translator": lambda: people.translator_of("fr"),
        "coordinator": lambda: people.coordinator_of(house.document.process),
    }[who]()
    client.force_login(other)
    act(client, page, "approve")
    act(client, page, "reject", "No.")
    assert fresh(page).workflow_in_progress
    assert not fresh(page).live


def test_a_reviser_approves_no_page_that_was_not_translated(client: Client, house: House, reviser: User) -> None:
    page = fresh(house.processes["fr"])
    page.save_revision(user=factories.UserFactory())
    page.get_workflow().start(page, factories.UserFactory())
    client.force_login(reviser)
    before = fresh(page).last_published_at
    act(client, fresh(page), "approve")
    assert fresh(page).workflow_in_progress
    assert fresh(page).last_published_at == before


def test_a_reviser_publishes_in_no_other_way(client: Client, reviser: User, french: Translation) -> None:
    client.force_login(reviser)
    translate_all(client, french)
    assert hand_in(client, french, "publish")["Location"] == reverse("wagtailadmin_home")
    client.post(reverse("wagtailadmin_pages:edit", args=[target(french).pk]), {"action-publish": "1"})
    client.post(reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={target(french).pk}")
    assert not fresh(target(french)).live


def test_a_coordinator_sends_pages_of_their_process_and_writes_none(client: Client, house: House) -> None:
    coordinator = people.coordinator_of(house.document.process)
    locale = Locale.objects.get(language_code="fr")
    (outcome,) = translate_page(house.report, [locale], coordinator)
    assert outcome.target is not None
    translation = Translation.objects.get(source__object_id=house.document.uid)
    client.force_login(coordinator)
    assert not outcome.target.permissions_for_user(coordinator).can_edit()
    editor = client.get(reverse("localization:edit_translation", args=[translation.pk]))
    assert editor["Location"] == reverse("wagtailadmin_home")
    assert client.get(reverse("localization:submit_page", args=[house.report.pk])).status_code == 200


def test_a_coordinator_sends_no_page_of_another_process(house: House) -> None:
    stranger = people.coordinator_of(factories.ProcessFactory())
    (outcome,) = translate_page(house.report, [Locale.objects.get(language_code="fr")], stranger)
    assert outcome.refusal == "You may not change this page."


def test_people_are_found_by_their_roles(house: House) -> None:
    french = Locale.objects.get(language_code="fr")
    process = house.document.process
    translator, reviser, coordinator = (
        people.translator_of("fr"),
        people.reviser_of("fr"),
        people.coordinator_of(process),
    )
    factories.UserFactory(is_active=False).groups.set(translator.groups.all())
    people.translator_of("es")
    assert list(roles.translators_of(french)) == [translator]
    assert list(roles.revisers_of(french)) == [reviser]
    assert list(roles.processes_coordinated(coordinator)) == [process]
    assert roles.coordinates(people.administrator(), None)
    assert not roles.coordinates(coordinator, None)


def test_one_language_of_one_thing_is_assigned_once_at_a_time(house: House) -> None:
    french = Locale.objects.get(language_code="fr")
    first = TranslationTask.objects.create(translation_key=house.document.uid, locale=french)
    with pytest.raises(IntegrityError), transaction.atomic():
        TranslationTask.objects.create(translation_key=house.document.uid, locale=french)
    TranslationTask.objects.filter(pk=first.pk).update(state="withdrawn")
    TranslationTask.objects.create(translation_key=house.document.uid, locale=french)


def test_nobody_revises_their_own_task(house: House) -> None:
    somebody = people.translator_of("fr")
    task = TranslationTask(
        translation_key=house.document.uid,
        locale=Locale.objects.get(language_code="fr"),
        translator=somebody,
        reviser=somebody,
    )
    with pytest.raises(Exception, match="The reviser must be another person than the translator"):
        task.full_clean(exclude=["process", "created_by"])
    with pytest.raises(IntegrityError), transaction.atomic():
        task.save()


def test_the_stage_follows_the_work(
    client: Client, house: House, translator: User, reviser: User, french: Translation
) -> None:
    TranslationTask.objects.create(translation_key=house.document.uid, locale=french.target_locale)

    def stage() -> str:
        return str(with_stage(TranslationTask.objects.all()).get().stage)

    assert stage() == Stage.ASSIGNED
    client.force_login(translator)
    save(client, french, "Rapport", "Report")
    assert stage() == Stage.BEGUN
    page = handed_in(client, translator, french)
    assert stage() == Stage.IN_REVIEW
    client.force_login(reviser)
    act(client, page, "reject", "No.")
    assert stage() == Stage.SENT_BACK
    TranslationTask.objects.update(state="withdrawn")
    assert stage() == Stage.WITHDRAWN
