"""The translators' editor in use: what is saved, what is refused, and that nothing becomes public by itself."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from wagtail.models import Page, Workflow, WorkflowPage, WorkflowTask
from wagtail_localize.models import StringTranslation, Translation

from cms.localization.texts.rows import load
from cms.users.models import User
from documents.models import LanguageVersion, ReportPage
from tests import factories
from tests.cms.localization.conftest import House, address_of, hand_in, row_of, save, staff, target, translate_all

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
    assert "The ①Group❶ noted②" in strip_tags(page)
    assert "<script>" not in page.split("<main")[1].split("</main>")[0]


def test_a_saved_text_is_kept_with_its_writer_and_leads_to_the_next(
    client: Client, translator: User, french: Translation
) -> None:
    client.force_login(translator)
    following = row_of(french, "Introduction").key
    answer = save(client, french, "Rapport de la plénière", "Report", next=following, action="save", show="open")
    assert answer.status_code == 302
    assert answer["Location"] == f"{address(french)}?show=open#text-{following}"
    row = row_of(french, "Report")
    assert (row.target, row.state) == ("Rapport de la plénière", "draft")
    assert StringTranslation.objects.get().last_translated_by == translator
    assert target(french).draft_title == "Rapport de la plénière"
    assert not target(french).live


def test_a_script_is_told_version_state_and_findings(client: Client, translator: User, french: Translation) -> None:
    client.force_login(translator)
    row = row_of(french, "The")
    data = {"text": "Le Groupe ③x❸", "version": "0", "action": "confirm"}
    answer = client.post(address_of(french, row), data, headers={"accept": "application/json"})
    told = answer.json()
    assert "Missing from the translation: ②" in told.pop("findings")
    assert told == {"version": 1, "state": "confirmed", "label": "Confirmed", "finished": True}


def test_a_script_is_told_what_a_colleague_wrote(
    client: Client, house: House, translator: User, french: Translation
) -> None:
    colleague = staff((house.tree.homes["fr"], ("change_page",)))
    client.force_login(colleague)
    save(client, french, "Son rapport", "Report")
    client.force_login(translator)
    row = row_of(french, "Report")
    data = {"text": "Mon rapport", "version": "0", "action": "save"}
    answer = client.post(address_of(french, row), data, headers={"accept": "application/json"})
    assert answer.status_code == 409
    assert answer.json() == {
        "error": "Somebody changed this meanwhile.",
        "version": 1,
        "theirs": "Son rapport",
        "by": colleague.get_full_name() or colleague.get_username(),
        "state": "confirmed",
    }


def test_the_version_takes_the_translated_title_until_it_is_released(
    client: Client, house: House, workflow: Workflow, french: Translation
) -> None:
    client.force_login(factories.UserFactory(is_superuser=True))
    versions = LanguageVersion.objects.filter(document=house.document, language="fr")
    translate_all(client, french)
    assert versions.get().title == ""
    hand_in(client, french, "publish")
    assert versions.get().title == "FR Report of the Plenary"
    versions.update(state="released")
    save(client, french, "Compte rendu", "Report")
    hand_in(client, french, "publish")
    assert versions.get().title == "FR Report of the Plenary"


def test_saving_does_not_touch_what_readers_see(client: Client, translator: User, french: Translation) -> None:
    page = target(french)
    page.save_revision().publish()
    before = live_row(page)
    client.force_login(translator)
    save(client, french, "Rapport & suite", "Report")
    save(client, french, "Une note.", "A note")
    assert live_row(page) == before
    assert target(french).draft_title == "Rapport & suite"


def test_an_emptied_box_takes_the_translation_away(client: Client, translator: User, french: Translation) -> None:
    client.force_login(translator)
    save(client, french, "Rapport", "Report")
    save(client, french, "", "Report")
    assert not StringTranslation.objects.exists()
    assert row_of(french, "Report").state == "missing"


def test_a_refused_text_stays_in_its_box_with_the_reason(client: Client, translator: User, french: Translation) -> None:
    client.force_login(translator)
    answer = save(client, french, "Le ①Groupe a noté②", "The")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "① is not closed." in page
    assert "Le ①Groupe a noté②" in page
    assert not StringTranslation.objects.exists()


@pytest.mark.parametrize(
    ("start", "text", "sentence"),
    [
        ("Report", "x" * 300, "255"),
        ("Introduction", "x" * 1001, "1000"),
        ("To meet", "x" * 100_001, "longer than any text"),
    ],
    ids=["title", "heading", "paragraph"],
)
def test_a_text_too_long_for_its_field_is_refused(
    client: Client, translator: User, french: Translation, start: str, text: str, sentence: str
) -> None:
    client.force_login(translator)
    answer = save(client, french, text, start)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not StringTranslation.objects.exists()


@pytest.mark.parametrize("version", ["", "-1", "x", "9" * 30, "١"], ids=["none", "minus", "word", "huge", "arabic"])
def test_a_version_that_is_no_number_counts_as_none(
    client: Client, translator: User, french: Translation, version: str
) -> None:
    client.force_login(translator)
    assert save(client, french, "Rapport", "Report", version=version).status_code == 302
    assert save(client, french, "Compte rendu", "Report", version=version).status_code == 409


def test_control_characters_are_left_out(client: Client, translator: User, french: Translation) -> None:
    client.force_login(translator)
    save(client, french, "Rap\x00port\x0b", "Report")
    assert row_of(french, "Report").target == "Rapport"


def test_a_lost_footnote_mark_is_said(client: Client, translator: User, french: Translation) -> None:
    client.force_login(translator)
    save(client, french, "Le Groupe ③x❸", "The")
    assert "Missing from the translation: ②" in client.get(address(french)).content.decode()


def test_two_people_do_not_overwrite_each_other(
    client: Client, house: House, translator: User, french: Translation
) -> None:
    colleague = staff((house.tree.homes["fr"], ("change_page",)))
    client.force_login(colleague)
    save(client, french, "Son rapport", "Report")
    client.force_login(translator)
    answer = save(client, french, "Mon rapport", "Report", version="0")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody changed this meanwhile." in page
    assert '<p lang="fr" dir="ltr" data-suggestion>Son rapport</p>' in page
    assert "Mon rapport" in page
    assert 'aria-invalid="true"' in page
    assert row_of(french, "Report").target == "Son rapport"
    # Having seen it, the translator may insist.
    save(client, french, "Mon rapport", "Report")
    assert row_of(french, "Report").target == "Mon rapport"


def test_text_for_a_source_that_changed_is_given_back(
    client: Client, house: House, editor: User, translator: User, french: Translation
) -> None:
    opened = row_of(french, "Report")
    change_title(client, house, editor, french)
    client.force_login(translator)
    answer = client.post(address_of(french, opened), {"text": "Rapport", "version": "0", "action": "confirm"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "changed meanwhile" in page
    assert "Rapport" in page


def change_title(client: Client, house: House, editor: User, french: Translation) -> None:
    """The source's title is changed and published, and its translations are brought up to date."""
    house.report.title = "Revised report of the Plenary"
    house.report.save_revision().publish()
    client.force_login(editor)
    client.post(reverse("localization:update_source", args=[french.source_id]))


def test_what_stood_there_before_is_shown_with_what_changed(
    client: Client, house: House, editor: User, translator: User, french: Translation
) -> None:
    client.force_login(translator)
    save(client, french, "Rapport", "Report")
    change_title(client, house, editor, french)
    row = row_of(french, "Revised")
    assert (row.target, row.state) == ("", "outdated")
    assert (row.previous_source, row.previous_target) == ("Report of the Plenary", "Rapport")
    client.force_login(translator)
    page = client.get(address(french)).content.decode()
    assert "<ins>Revised report</ins>" in page
    assert "<del>Report</del>" in page


def test_texts_are_found_by_state_and_by_words_in_either_language(
    client: Client, translator: User, french: Translation
) -> None:
    client.force_login(translator)
    save(client, french, "Rapport", "Report")
    save(client, french, "Réunion", "To meet", action="save")

    def shown(query: str) -> list[str]:
        page = client.get(f"{address(french)}?{query}").content.decode()
        return [row.source.text[:7] for row in load(french) if f'id="text-{row.key}"' in page]

    assert shown("show=open") == ["Introdu", "The ①Gr", "To meet", "A note."]
    assert shown("q=réUNION") == ["To meet"]
    assert shown("q=introduction") == ["Introdu"]
    assert shown("show=open&q=rapport") == []
    assert len(shown("show=nonsense")) == 5
    # What was looked for stays: as it was typed, in the other choices, and after a text is saved.
    page = client.get(f"{address(french)}?q=Introduction").content.decode()
    assert 'value="Introduction"' in page
    assert 'href="?show=open&amp;q=Introduction"' in page
    answer = save(client, french, "Présentation", "Introduction", q="Introduction", show="open")
    assert "?show=open&q=Introduction#text-" in answer["Location"]


def test_a_lock_binds(client: Client, publisher: User, translator: User, french: Translation) -> None:
    ReportPage.objects.filter(pk=target(french).pk).update(locked=True, locked_by=publisher)
    client.force_login(translator)
    answer = save(client, french, "Rapport", "Report")
    assert answer.status_code == 409
    assert "was locked" in answer.content.decode() or "is locked" in answer.content.decode()
    assert "Rapport" in answer.content.decode()
    assert not StringTranslation.objects.exists()
    assert client.get(address(french)).status_code == 200
    hand_in(client, french)
    assert not target(french).workflow_in_progress
    client.post(reverse("localization:stop_translation", args=[french.pk]))
    assert Translation.objects.get(pk=french.pk).enabled


def test_an_edition_that_came_meanwhile_is_not_written_over(
    client: Client, house: House, translator: User, french: Translation
) -> None:
    # As an import writes it: in bulk, past all signals.
    LanguageVersion.objects.filter(document=house.document, language="fr").update(origin="imported")
    client.force_login(translator)
    answer = save(client, french, "Rapport", "Report")
    assert answer.status_code == 409
    assert "edition of its own" in answer.content.decode()
    assert target(french).draft_title != "Rapport"


def test_review_needs_every_text_confirmed(
    client: Client, workflow: Workflow, translator: User, french: Translation
) -> None:
    client.force_login(translator)
    save(client, french, "Rapport", "Report")
    save(client, french, "Réunion", "To meet", action="save")
    answer = hand_in(client, french, follow=True)
    assert "4 texts are not finished yet." in answer.content.decode()
    assert not target(french).workflow_in_progress


def test_from_translation_through_review_to_the_public(
    client: Client, house: House, workflow: Workflow, translator: User, publisher: User, french: Translation
) -> None:
    client.force_login(translator)
    translate_all(client, french)
    hand_in(client, french)
    page = target(french)
    assert page.workflow_in_progress
    assert not page.live
    # In review the translator waits.
    assert save(client, french, "Rapport", "Report").status_code == 409
    assert "Approve" not in client.get(address(french)).content.decode()

    client.force_login(publisher)
    state = page.current_workflow_task_state
    approve = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    assert "Approve" in client.get(address(french)).content.decode()
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
    translate_all(client, french)
    hand_in(client, french)
    state = target(french).current_workflow_task_state
    client.force_login(publisher)
    reject = reverse("wagtailadmin_pages:workflow_action", args=[target(french).pk, "reject", state.pk])
    client.post(reject, {"comment": "Not yet."})
    client.force_login(translator)
    assert save(client, french, "Compte rendu", "Report").status_code == 302
    hand_in(client, french)
    assert target(french).workflow_in_progress


def test_a_translator_cannot_publish(client: Client, workflow: Workflow, translator: User, french: Translation) -> None:
    client.force_login(translator)
    translate_all(client, french)
    answer = hand_in(client, french, "publish")
    assert answer["Location"] == reverse("wagtailadmin_home")  # Wagtail's way to say no
    assert not target(french).live


def test_an_administrator_publishes_what_is_complete_and_nothing_else(
    client: Client, workflow: Workflow, french: Translation
) -> None:
    client.force_login(factories.UserFactory(is_superuser=True))
    save(client, french, "Rapport", "Report")
    hand_in(client, french, "publish")
    assert not target(french).live
    translate_all(client, french)
    hand_in(client, french, "publish")
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
    save(client, french, "Rapport", "Report")
    client.post(reverse("localization:stop_translation", args=[french.pk]))
    edit = reverse("wagtailadmin_pages:edit", args=[target(french).pk])
    page = client.get(edit)
    assert page.status_code == 200
    assert "Rapport" in page.content.decode()
    assert client.get(address(french), follow=True).status_code == 404
    answer = client.post(edit, {"localize-restart-translation": "1"})
    assert answer["Location"] == address(french)
    assert row_of(french, "Report").target == "Rapport"


def test_the_preview_shows_what_is_translated_and_writes_nothing(
    client: Client, translator: User, french: Translation
) -> None:
    client.force_login(translator)
    save(client, french, "Se réunir à Brisbane.", "To meet", action="save")
    before = target(french).latest_revision_id
    answer = client.get(reverse("wagtail_localize:preview_translation", args=[french.pk]))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Se réunir à Brisbane." in page
    assert '<html lang="fr"' in page
    assert target(french).latest_revision_id == before
