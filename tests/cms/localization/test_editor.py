"""The translators' editor in use: what is saved, what is refused, and that nothing becomes public by itself."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Workflow, WorkflowPage, WorkflowTask
from wagtail_localize.models import StringTranslation, Translation

from cms.users.models import User
from documents.models import LanguageVersion, ReportPage
from tests import factories
from tests.cms.localization.conftest import House, form, row_of, staff, target, translate_all

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_stock_writer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a test does, wagtail-localize's own writer must not run."""

    def fail(*args: object, **kwargs: object) -> None:
        raise AssertionError("save_target was called")

    monkeypatch.setattr(Translation, "save_target", fail)


@pytest.fixture
def workflow(house: House) -> Workflow:
    """Approval by a publisher for every page, whatever else is set up."""
    WorkflowPage.objects.all().delete()
    workflow = Workflow.objects.create(name="Approval for tests")
    task = factories.PublisherApprovalFactory()
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=house.tree.root)
    return workflow


def address(translation: Translation) -> str:
    return reverse("localization:edit_translation", args=[translation.pk])


def live_row(page: Page) -> dict[str, object]:
    """What readers get: every column of the page but those that count revisions."""
    of_revisions = {"latest_revision_id", "latest_revision_created_at", "draft_title", "has_unpublished_changes"}
    row: Any = ReportPage.objects.filter(pk=page.pk).values().get()
    notes = list(ReportPage.objects.get(pk=page.pk).footnotes.values())
    return {name: value for name, value in row.items() if name not in of_revisions} | {"footnotes": notes}


def test_the_page_address_leads_to_the_translators_editor(
    client: Client, translator: User, french: Translation
) -> None:
    client.force_login(translator)
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[target(french).pk]))
    assert answer.status_code == 302
    assert answer["Location"] == address(french)


def test_source_and_translation_carry_their_language_and_direction(
    client: Client, open_translation: Callable[[str], Translation], house: House
) -> None:
    arabic = open_translation("ar")
    client.force_login(staff((house.tree.homes["ar"], ("change_page",))))
    page = client.get(address(arabic)).content.decode()
    assert '<p lang="en" dir="ltr"' in page
    assert 'lang="ar" dir="rtl"' in page
    assert "The ①Group❶ noted②" in page
    assert "<script>" not in page.split("<main")[1].split("</main>")[0]


def test_a_saved_text_is_a_draft(client: Client, translator: User, french: Translation) -> None:
    client.force_login(translator)
    answer = client.post(address(french), form(french, Report="Rapport de la plénière"))
    assert answer.status_code == 302
    page = target(french)
    assert not page.live
    assert page.draft_title == "Rapport de la plénière"
    assert page.get_latest_revision().user == translator
    assert page.get_latest_revision_as_object().title == "Rapport de la plénière"
    assert StringTranslation.objects.get(data="Rapport de la plénière").last_translated_by == translator


def test_the_version_takes_the_translated_title_until_it_is_released(
    client: Client, house: House, translator: User, french: Translation
) -> None:
    client.force_login(translator)
    versions = LanguageVersion.objects.filter(document=house.document, language="fr")
    client.post(address(french), form(french, To_meet="Se réunir."))
    assert versions.get().title == ""
    client.post(address(french), form(french, Report="Rapport"))
    assert versions.get().title == "Rapport"
    versions.update(state="released")
    client.post(address(french), form(french, Report="Compte rendu"))
    assert versions.get().title == "Rapport"


def test_saving_does_not_touch_what_readers_see(client: Client, translator: User, french: Translation) -> None:
    page = target(french)
    page.save_revision().publish()
    before = live_row(page)
    client.force_login(translator)
    client.post(address(french), form(french, Report="Rapport & suite", A_note="Une note."))
    assert live_row(page) == before
    assert target(french).has_unpublished_changes
    assert target(french).draft_title == "Rapport & suite"


def test_an_unchanged_form_saves_nothing(client: Client, translator: User, french: Translation) -> None:
    client.force_login(translator)
    before = target(french).latest_revision_id
    client.post(address(french), form(french))
    assert target(french).latest_revision_id == before


def test_an_emptied_box_takes_the_translation_away(client: Client, translator: User, french: Translation) -> None:
    client.force_login(translator)
    client.post(address(french), form(french, Report="Rapport"))
    client.post(address(french), form(french, Report=""))
    assert not StringTranslation.objects.exists()
    assert target(french).get_latest_revision_as_object().title == "Report of the Plenary"


def test_a_refused_text_does_not_lose_the_others_and_stays_in_its_box(
    client: Client, translator: User, french: Translation
) -> None:
    client.force_login(translator)
    answer = client.post(address(french), form(french, Report="Rapport", The_="Le ①Groupe a noté②"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "① is not closed." in page
    assert "Le ①Groupe a noté②" in page
    assert target(french).draft_title == "Rapport"


@pytest.mark.parametrize(
    ("start", "text", "sentence"),
    [
        ("Report", "x" * 300, "255"),
        ("Introduction", "x" * 1001, "1000"),
    ],
)
def test_a_text_too_long_for_its_field_is_refused(
    client: Client, translator: User, french: Translation, start: str, text: str, sentence: str
) -> None:
    client.force_login(translator)
    answer = client.post(address(french), form(french, **{start: text}))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not StringTranslation.objects.exists()


def test_a_lost_footnote_mark_is_said(client: Client, translator: User, french: Translation) -> None:
    client.force_login(translator)
    answer = client.post(address(french), form(french, The_="Le Groupe ③x❸"), follow=True)
    assert "Missing from the translation: ②" in answer.content.decode()


def test_two_people_do_not_overwrite_each_other(
    client: Client, house: House, translator: User, french: Translation
) -> None:
    colleague = staff((house.tree.homes["fr"], ("change_page",)))
    mine = form(french, Report="Mon rapport", A_note="Ma note.")
    client.force_login(colleague)
    client.post(address(french), form(french, Report="Son rapport"))
    client.force_login(translator)
    answer = client.post(address(french), mine)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Son rapport" in page
    assert "Mon rapport" in page
    title = row_of(french, "Report")
    note = row_of(french, "A note")
    assert (title.target, note.target) == ("Son rapport", "Ma note.")
    # Having seen it, the translator may insist.
    client.post(address(french), form(french, Report="Mon rapport"))
    assert row_of(french, "Report").target == "Mon rapport"


def test_a_box_left_as_it_was_does_not_conflict(
    client: Client, house: House, translator: User, french: Translation
) -> None:
    mine = form(french, A_note="Ma note.")
    client.force_login(translator)
    client.post(address(french), form(french, Report="Rapport"))
    assert client.post(address(french), mine).status_code == 302
    assert row_of(french, "Report").target == "Rapport"


def test_text_for_a_source_that_changed_is_given_back(
    client: Client, house: House, editor: User, translator: User, french: Translation
) -> None:
    mine = form(french, Report="Rapport", A_note="Une note.")
    house.report.title = "Revised report"
    house.report.save_revision().publish()
    client.force_login(editor)
    client.post(reverse("localization:update_source", args=[french.source_id]))
    client.force_login(translator)
    answer = client.post(address(french), mine)
    assert answer.status_code == 422
    assert "changed meanwhile" in answer.content.decode()
    assert "Rapport" in answer.content.decode()
    assert row_of(french, "A note").target == "Une note."


def test_what_stood_there_before_is_shown(
    client: Client, house: House, editor: User, translator: User, french: Translation
) -> None:
    client.force_login(translator)
    client.post(address(french), form(french, Report="Rapport"))
    house.report.title = "Revised report"
    house.report.save_revision().publish()
    client.force_login(editor)
    client.post(reverse("localization:update_source", args=[french.source_id]))
    row = row_of(french, "Revised")
    assert (row.target, row.previous_source, row.previous_target) == ("", "Report of the Plenary", "Rapport")


def test_a_lock_binds(client: Client, publisher: User, translator: User, french: Translation) -> None:
    ReportPage.objects.filter(pk=target(french).pk).update(locked=True, locked_by=publisher)
    client.force_login(translator)
    posted = form(french, Report="Rapport")
    answer = client.post(address(french), posted)
    assert answer.status_code == 409
    assert "was locked" in answer.content.decode() or "is locked" in answer.content.decode()
    assert "Rapport" in answer.content.decode()
    assert not StringTranslation.objects.exists()
    assert client.get(address(french)).status_code == 200
    client.post(reverse("localization:stop_translation", args=[french.pk]))
    assert Translation.objects.get(pk=french.pk).enabled


def test_an_edition_that_came_meanwhile_is_not_written_over(
    client: Client, house: House, translator: User, french: Translation
) -> None:
    posted = form(french, Report="Rapport")
    # As an import writes it: in bulk, past all signals.
    LanguageVersion.objects.filter(document=house.document, language="fr").update(origin="imported")
    client.force_login(translator)
    answer = client.post(address(french), posted)
    assert answer.status_code == 409
    assert "edition of its own" in answer.content.decode()
    assert target(french).draft_title != "Rapport"


def test_review_needs_every_text(client: Client, workflow: Workflow, translator: User, french: Translation) -> None:
    client.force_login(translator)
    answer = client.post(address(french), form(french, Report="Rapport") | {"action": "submit"}, follow=True)
    assert "4 texts are not translated yet." in answer.content.decode()
    assert not target(french).workflow_in_progress


def test_from_translation_through_review_to_the_public(
    client: Client, house: House, workflow: Workflow, translator: User, publisher: User, french: Translation
) -> None:
    client.force_login(translator)
    client.post(address(french), translate_all(french) | {"action": "submit"})
    page = target(french)
    assert page.workflow_in_progress
    assert not page.live
    # In review the translator waits.
    assert client.post(address(french), form(french, Report="Rapport")).status_code == 409
    assert "Approve" not in client.get(address(french)).content.decode()

    client.force_login(publisher)
    state = page.current_workflow_task_state
    approve = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    assert approve in client.get(address(french)).content.decode()
    client.post(approve, {"comment": ""})
    page = target(french)
    assert page.live
    assert page.title == "FR Report of the Plenary"
    # The record still holds it back.
    assert LanguageVersion.objects.get(document=house.document, language="fr").state == "held"


def test_a_rejected_translation_goes_back_and_can_be_sent_again(
    client: Client, workflow: Workflow, translator: User, publisher: User, french: Translation
) -> None:
    client.force_login(translator)
    client.post(address(french), translate_all(french) | {"action": "submit"})
    state = target(french).current_workflow_task_state
    client.force_login(publisher)
    reject = reverse("wagtailadmin_pages:workflow_action", args=[target(french).pk, "reject", state.pk])
    client.post(reject, {"comment": "Not yet."})
    client.force_login(translator)
    assert client.post(address(french), form(french, FR_="x", Report="Compte rendu")).status_code == 302
    client.post(address(french), form(french) | {"action": "submit"})
    assert target(french).workflow_in_progress


def test_a_translator_cannot_publish(client: Client, workflow: Workflow, translator: User, french: Translation) -> None:
    client.force_login(translator)
    answer = client.post(address(french), translate_all(french) | {"action": "publish"})
    assert answer["Location"] == reverse("wagtailadmin_home")  # Wagtail's way to say no
    assert not target(french).live


def test_an_administrator_publishes_what_is_complete_and_nothing_else(
    client: Client, workflow: Workflow, french: Translation
) -> None:
    client.force_login(factories.UserFactory(is_superuser=True))
    client.post(address(french), form(french, Report="Rapport") | {"action": "publish"})
    assert not target(french).live
    client.post(address(french), translate_all(french) | {"action": "publish"})
    assert target(french).live


def test_a_mixture_of_languages_is_not_published_in_bulk(client: Client, publisher: User, french: Translation) -> None:
    client.force_login(publisher)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{bulk}?id={target(french).pk}&next=/admin/", {"include_descendants": "on"})
    assert not target(french).live


def test_a_stopped_translation_is_edited_like_any_page_and_can_start_again(
    client: Client, translator: User, french: Translation
) -> None:
    client.force_login(translator)
    client.post(address(french), form(french, Report="Rapport"))
    client.post(reverse("localization:stop_translation", args=[french.pk]))
    edit = reverse("wagtailadmin_pages:edit", args=[target(french).pk])
    assert client.get(edit).status_code == 200
    assert client.get(address(french), follow=True).status_code == 404
    answer = client.post(edit, {"localize-restart-translation": "1"})
    assert answer["Location"] == address(french)
    assert row_of(french, "Report").target == "Rapport"


def test_the_preview_shows_the_draft(client: Client, translator: User, french: Translation) -> None:
    client.force_login(translator)
    client.post(address(french), form(french, To_meet="Se réunir à Brisbane."))
    answer = client.get(reverse("wagtail_localize:preview_translation", args=[french.pk]), follow=True)
    assert answer.status_code == 200
    assert "Se réunir à Brisbane." in answer.content.decode()
