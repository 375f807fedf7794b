"""The state of a thing in a language, as a table, and as it follows from what happens to a page."""

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale, Workflow, WorkflowPage, WorkflowTask
from wagtail_localize.models import Translation

from cms.localization.models import NotRequired
from cms.localization.states import Facts, facts_of, state_of
from cms.users.models import User
from documents.models import LanguageVersion
from tests import factories
from tests.cms.localization.conftest import (
    House,
    hand_in,
    imported_edition,
    save,
    target,
    translate_all,
    translate_by_machine,
)

NOW = timezone.now()


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        (Facts(), "not_started"),
        (Facts(translation=1, total=5), "not_started"),
        (Facts(translation=1, total=5, touched=1), "in_translation"),
        (Facts(translation=1, total=5, touched=5, done=5), "in_translation"),
        (Facts(translation=1, total=5, touched=2, machine=2), "machine"),
        (Facts(translation=1, total=5, touched=3, machine=2), "in_translation"),
        (Facts(translation=1, total=5, touched=5, done=5, in_review=True), "in_review"),
        (Facts(translation=1, total=5, touched=5, done=5, is_live=True), "up_to_date"),
        (Facts(translation=1, total=5, touched=4, done=4, is_live=True), "outdated"),
        (Facts(translation=1, total=5, touched=5, done=4, is_live=True, in_review=True), "outdated"),
        (Facts(translation=1, total=5, touched=5, done=5, is_live=True, in_review=True), "in_review"),
        (Facts(not_required="Informal paper"), "not_required"),
        (Facts(has_own_edition=True, not_required="Informal paper"), "own_edition"),
        (Facts(is_original=True, has_own_edition=True), "original"),
        (Facts(is_original=True, not_required="x", is_live=True), "original"),
    ],
)
def test_the_table_of_states(facts: Facts, state: str) -> None:
    assert state_of(facts) == state


def states(house: House) -> dict[str, str]:
    """The state of the house's report in the languages of which something is known."""
    return {code: state_of(facts).value for code, facts in facts_of([house.document.uid])[house.document.uid].items()}


@pytest.mark.django_db
def test_a_translation_from_its_beginning_to_the_change_of_its_source(
    client: Client, house: House, french: Translation, translator: User
) -> None:
    assert states(house) == {"en": "original", "fr": "not_started"}
    client.force_login(translator)
    save(client, french, "Rapport", "Report", action="save")
    assert states(house)["fr"] == "in_translation"
    translate_all(client, french)
    assert states(house)["fr"] == "in_translation"
    WorkflowPage.objects.all().delete()
    workflow = Workflow.objects.create(name="Approval for tests")
    WorkflowTask.objects.create(workflow=workflow, task=factories.PublisherApprovalFactory(), sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=house.tree.root)
    hand_in(client, french)
    assert states(house)["fr"] == "in_review"
    admin = factories.UserFactory(is_superuser=True)
    target(french).current_workflow_task_state.approve(user=admin)
    assert states(house)["fr"] == "up_to_date"
    house.report.title = "Revised report of the Plenary"
    house.report.save_revision().publish()
    from cms.localization.sending.refreshing import update_translations

    update_translations(french.source, admin)
    assert states(house)["fr"] == "outdated"


@pytest.mark.django_db
def test_machine_text_alone_is_a_machine_draft(house: House, french: Translation) -> None:
    translate_by_machine(french, "Report", "Bericht")
    assert states(house)["fr"] == "machine"


@pytest.mark.django_db
def test_editions_of_their_own_and_languages_not_required(house: House) -> None:
    imported_edition(house, "es")
    LanguageVersion.objects.create(document=house.document, language="ru", origin="imported", state="released")
    LanguageVersion.objects.create(document=house.document, language="zh-hans", origin="imported", state="awaited")
    arabic = Locale.objects.get(language_code="ar")
    NotRequired.objects.create(translation_key=house.document.uid, locale=arabic, reason="Informal paper")
    assert states(house) == {"en": "original", "es": "own_edition", "ru": "own_edition", "ar": "not_required"}
