"""Review: somebody else than its translator corrects a translation, sends it back, or approves it. Whatever address."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from cms.localization.bundles.bundling import NotReleasedError, add_items
from cms.localization.bundles.bundling import approve as approve_bundle
from cms.localization.models import ReleaseBundle, SegmentChange, SegmentReview
from cms.localization.texts.rows import load
from cms.users.models import User
from documents.models import LanguageVersion
from tests import people
from tests.cms.localization.conftest import House, hand_in, row_of, save, staff, target, translate_all
from tests.cms.localization.test_roles import handed_in
from tests.tree import fresh

pytestmark = pytest.mark.django_db

State = SegmentReview.State
Decide = Callable[..., Any]


@pytest.fixture
def waiting(client: Client, translator: User, french: Translation) -> Page:
    """The page of a complete translation that its translator handed in."""
    return handed_in(client, translator, french)


def decide(client: Client, translation: Translation, action: str, comment: str = "") -> Any:
    return client.post(reverse("localization:review", args=[translation.pk]), {"action": action, "comment": comment})


def at_wagtails_address(client: Client, page: Page, action: str, comment: str = "") -> Any:
    state = page.current_workflow_task_state
    assert state is not None
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return client.post(address, {"comment": comment})


def remark(client: Client, translation: Translation, start: str, text: str) -> None:
    row = row_of(translation, start)
    client.post(reverse("localization:add_comment", args=[translation.pk, row.key]), {"comment": text})


def editor(client: Client, translation: Translation) -> str:
    return client.get(reverse("localization:edit_translation", args=[translation.pk])).content.decode()


def states(translation: Translation) -> set[str]:
    return {row.state for row in load(translation)}


def test_the_reviewer_corrects_and_approves(
    client: Client, translator: User, reviser: User, french: Translation, waiting: Page
) -> None:
    client.force_login(reviser)
    assert ">Approve<" in editor(client, french)
    save(client, french, "Compte rendu de la plénière", "Report")
    answer = decide(client, french, "approve", "Bien.")
    assert answer.status_code == 302
    page = fresh(waiting)
    assert page.live
    assert page.title == "Compte rendu de la plénière"
    assert states(french) == {State.APPROVED}
    assert set(SegmentReview.objects.values_list("reviewer", flat=True)) == {reviser.pk}
    correction = SegmentChange.objects.order_by("-pk")[0]
    assert (correction.user, correction.in_review) == (reviser, True)


@pytest.mark.parametrize("decided", [decide, at_wagtails_address], ids=["ours", "wagtail's"])
def test_nobody_approves_their_own_work(
    client: Client, translator: User, reviser: User, french: Translation, waiting: Page, decided: Decide
) -> None:
    """Who wrote one text of many, some time ago, is its translator too; so is who only handed it in."""
    thing: Any = french if decided is decide else waiting
    translator.groups.add(*reviser.groups.all())
    client.force_login(translator)
    assert "You translated this" in editor(client, french)
    assert ">Approve<" not in editor(client, french)
    decided(client, thing, "approve")
    assert not fresh(waiting).live
    assert save(client, french, "Autre", "Report").status_code == 409

    text = StringTranslation.objects.order_by("pk")[0]
    StringTranslation.objects.filter(pk=text.pk).update(last_translated_by=reviser)
    client.force_login(reviser)
    decided(client, thing, "approve")
    assert not fresh(waiting).live
    assert states(french) == {State.CONFIRMED}
    StringTranslation.objects.filter(pk=text.pk).update(last_translated_by=translator)
    decided(client, thing, "approve")
    assert fresh(waiting).live
    assert states(french) == {State.APPROVED}


def test_a_publisher_does_not_approve_what_they_translated(
    client: Client, publisher: User, french: Translation
) -> None:
    client.force_login(publisher)
    translate_all(client, french)
    hand_in(client, french)
    decide(client, french, "approve")
    at_wagtails_address(client, fresh(target(french)), "approve")
    assert not fresh(target(french)).live


def test_a_site_with_one_person_is_not_stuck(client: Client, french: Translation) -> None:
    client.force_login(people.superuser())
    translate_all(client, french)
    hand_in(client, french)
    assert decide(client, french, "approve").status_code == 302
    assert fresh(target(french)).live


@pytest.mark.parametrize("decided", [decide, at_wagtails_address], ids=["ours", "wagtail's"])
def test_what_is_sent_back_says_which_texts(
    client: Client, translator: User, reviser: User, french: Translation, waiting: Page, decided: Decide
) -> None:
    thing: Any = french if decided is decide else waiting
    client.force_login(translator)
    remark(client, french, "Introduction", "I was not sure here.")
    client.force_login(reviser)
    save(client, french, "Compte rendu", "Report")
    remark(client, french, "To meet", "This is not the agreed wording.")
    decided(client, thing, "reject" if decided is at_wagtails_address else "send_back", "Nearly there.")
    assert not fresh(waiting).workflow_in_progress
    assert row_of(french, "To meet").state == State.DRAFT
    assert row_of(french, "Introduction").state == State.CONFIRMED

    client.force_login(translator)
    page = editor(client, french)
    assert "Sent back from review." in page
    assert "Nearly there." in page
    assert reviser.get_username() in page
    hand_in(client, french)
    assert not fresh(waiting).workflow_in_progress
    save(client, french, "Se réunir.", "To meet")
    hand_in(client, french)
    assert fresh(waiting).workflow_in_progress

    # Having corrected a text in the first round makes the reviewer nobody's translator.
    client.force_login(reviser)
    decided(client, thing if decided is decide else fresh(waiting), "approve")
    assert fresh(waiting).live
    assert fresh(waiting).title == "Compte rendu"


def test_whose_work_it_is_takes_it_back_until_it_is_decided(
    client: Client, translator: User, reviser: User, french: Translation, waiting: Page
) -> None:
    client.force_login(reviser)
    save(client, french, "Compte rendu", "Report")
    assert "Take back from review" not in editor(client, french)
    assert "not yours to decide" in decide(client, french, "take_back").content.decode()
    assert fresh(waiting).workflow_in_progress

    client.force_login(translator)
    assert "Take back from review" in editor(client, french)
    assert decide(client, french, "take_back").status_code == 302
    assert not fresh(waiting).workflow_in_progress
    page = editor(client, french)
    assert "Taken back from review." in page
    assert "Sent back from review." not in page
    assert row_of(french, "Report").target == "Compte rendu"
    assert save(client, french, "Se réunir sans délai.", "To meet").status_code == 302
    assert "not in review any more" in decide(client, french, "take_back").content.decode()

    hand_in(client, french)
    client.force_login(reviser)
    decide(client, french, "approve")
    assert fresh(waiting).live
    client.force_login(translator)
    assert "not in review any more" in decide(client, french, "take_back").content.decode()
    assert fresh(waiting).live


def test_a_reviewer_stops_nobodys_translation(
    client: Client, reviser: User, french: Translation, waiting: Page
) -> None:
    client.force_login(reviser)
    assert "Stop this translation" not in editor(client, french)
    client.post(reverse("localization:stop_translation", args=[french.pk]))
    assert "It is in review." in editor(client, french)
    assert Translation.objects.get(pk=french.pk).enabled
    decide(client, french, "send_back", "Not yet.")
    assert "Stop this translation" in editor(client, french)


def test_a_locked_page_is_not_taken_back(
    client: Client, translator: User, reviser: User, french: Translation, waiting: Page
) -> None:
    Page.objects.filter(pk=waiting.pk).update(locked=True, locked_by=reviser, locked_at=timezone.now())
    client.force_login(translator)
    assert "The page is locked." in decide(client, french, "take_back").content.decode()
    assert fresh(waiting).workflow_in_progress


def test_nothing_is_sent_back_without_a_word(client: Client, reviser: User, french: Translation, waiting: Page) -> None:
    client.force_login(reviser)
    answer = decide(client, french, "send_back", "  ")
    assert "Say why it goes back" in answer.content.decode()
    long = decide(client, french, "send_back", "x" * 2001)
    assert "2000" in long.content.decode()
    assert "x" * 2001 in long.content.decode()
    assert fresh(waiting).workflow_in_progress
    assert decide(client, french, "send_back", "Not yet.").status_code == 302
    assert not fresh(waiting).workflow_in_progress
    again = decide(client, french, "approve")
    assert "not in review any more" in again.content.decode()
    assert not fresh(waiting).live


def test_a_machines_text_is_approved_by_no_address(
    client: Client, reviser: User, french: Translation, waiting: Page
) -> None:
    SegmentReview.objects.filter(translation=row_of(french, "To meet").current).update(state=State.MACHINE)
    for user in (reviser, people.superuser()):
        client.force_login(user)
        answer = decide(client, french, "approve")
        assert "1 text is not finished yet." in answer.content.decode()
        at_wagtails_address(client, waiting, "approve")
        with pytest.raises(PermissionDenied):
            fresh(waiting).current_workflow_task_state.approve(user=user)
    with pytest.raises(PermissionDenied):
        fresh(waiting).current_workflow_task_state.approve()
    assert fresh(waiting).workflow_in_progress
    assert not fresh(waiting).live


def test_a_text_with_an_error_is_not_approved(
    client: Client, reviser: User, french: Translation, waiting: Page
) -> None:
    client.force_login(reviser)
    save(client, french, "Le ①Groupe❶ a pris note du document.", "The")
    answer = decide(client, french, "approve")
    assert "1 text has an error." in answer.content.decode()
    at_wagtails_address(client, waiting, "approve")
    assert not fresh(waiting).live


def test_drafts_of_translations_do_not_go_out_with_the_page_above(
    client: Client, house: House, publisher: User, translator: User, french: Translation
) -> None:
    client.force_login(translator)
    save(client, french, "Rapport", "Report")
    client.force_login(publisher)
    above = fresh(house.processes["fr"])
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{bulk}?id={above.pk}&next=/admin/", {"include_descendants": "on"})
    assert not fresh(target(french)).live
    # Complete, but the draft is older than the last texts: readers would get a mixture.
    client.force_login(translator)
    translate_all(client, french)
    client.force_login(publisher)
    client.post(f"{bulk}?id={above.pk}&next=/admin/", {"include_descendants": "on"})
    assert not fresh(target(french)).live


@pytest.mark.parametrize("embargo", [True, False], ids=["embargo", "held"])
def test_readers_have_it_with_the_document_and_not_before(
    client: Client, house: House, reviser: User, french: Translation, waiting: Page, embargo: bool
) -> None:
    versions = LanguageVersion.objects.filter(document=house.document, language="fr")
    LanguageVersion.objects.filter(document=house.document, language="en").update(state="released")
    later = timezone.now() + timedelta(days=2)
    versions.update(state="released" if embargo else "held", released_at=later if embargo else None)
    client.force_login(reviser)
    answer = client.post(
        reverse("localization:review", args=[french.pk]), {"action": "approve", "comment": ""}, follow=True
    )
    sentence = "when the document is released." if embargo else "as soon as the document is released"
    assert sentence in answer.content.decode()
    visitor = Client()
    address = fresh(waiting).url
    assert "FR Report of the Plenary" not in visitor.get(address).content.decode()
    versions.update(state="released", released_at=timezone.now() - timedelta(minutes=1))
    assert "FR Report of the Plenary" in visitor.get(address).content.decode()


def test_an_approved_text_that_is_edited_is_approved_no_more(
    client: Client, translator: User, reviser: User, french: Translation, waiting: Page
) -> None:
    client.force_login(reviser)
    decide(client, french, "approve")
    client.force_login(translator)
    save(client, french, "Se réunir demain.", "To meet", action="save")
    save(client, french, "Compte rendu", "Report")
    assert (row_of(french, "To meet").state, row_of(french, "Report").state) == (State.DRAFT, State.CONFIRMED)
    assert not SegmentReview.objects.exclude(state=State.APPROVED).exclude(reviewer=None).exists()
    assert fresh(waiting).title == "FR Report of the Plenary"


@pytest.mark.parametrize("who", ["another language", "translator"])
def test_others_decide_nothing(
    client: Client, house: House, translator: User, french: Translation, waiting: Page, who: str
) -> None:
    client.force_login(people.reviser_of("es") if who == "another language" else people.translator_of("fr"))
    for action in ("approve", "send_back"):
        assert decide(client, french, action, "No.").status_code in {302, 422}
    assert fresh(waiting).workflow_in_progress
    assert client.get(reverse("localization:review", args=[french.pk])).status_code == 405


def test_the_review_asks_a_bounded_number_of_queries(
    client: Client, reviser: User, french: Translation, waiting: Page
) -> None:
    client.force_login(reviser)
    editor(client, french)
    with CaptureQueriesContext(connection) as asked:
        editor(client, french)
    assert len(asked) <= 40, "\n".join(query["sql"][:150] for query in asked)


def test_a_publisher_releases_no_bundle_of_their_own_translation(
    client: Client, house: House, publisher: User, translator: User, french: Translation
) -> None:
    client.force_login(publisher)
    translate_all(client, french)
    client.force_login(translator)
    hand_in(client, french)  # the draft is the translator's, the texts are not
    LanguageVersion.objects.filter(document=house.document, language="fr").update(title="Rapport")
    page = fresh(target(french))
    page.current_workflow_state.cancel(user=translator)
    bundle = ReleaseBundle.objects.create(name="Papers", process=house.document.process)
    add_items(bundle, [house.document.uid], [french.target_locale])
    with pytest.raises(NotReleasedError, match="You translated it"):
        approve_bundle(bundle, publisher, None)
    somebody_else = staff(*[(page, ("add_page", "change_page", "publish_page")) for page in house.processes.values()])
    approve_bundle(bundle, somebody_else, None)
    assert bundle.state == ReleaseBundle.State.APPROVED
