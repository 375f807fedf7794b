"""Release bundles: what is in them becomes public at one instant, or not at all; and who may do what with them."""

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.log_actions import registry
from wagtail.models import Locale, Page, PageLogEntry, Revision
from wagtail_localize.models import Translation

from cms.localization.bundles.bundling import add_items, approve, release
from cms.localization.models import NotRequired, ReleaseBundle, SegmentReview, TranslationTask
from cms.localization.reviewing import send_back
from cms.localization.sending.drafts import save_draft
from cms.processes.models import ProcessRole
from cms.processes.roles import ensure_groups
from cms.users.models import User
from documents.addresses import document_url
from documents.models import LanguageVersion, OfficialDocument, ReportPage
from tests import factories
from tests.cms.localization.conftest import House, hand_in, save, staff, target, translate_all, translate_by_machine
from tests.tree import fresh

pytestmark = pytest.mark.django_db

MOST_QUERIES = 45
State = LanguageVersion.State


def french_locale() -> Locale:
    locale: Locale = Locale.objects.get(language_code="fr")
    return locale


@pytest.fixture
def finished(client: Client, french: Translation, translator: User) -> Translation:
    """The French translation of the report, complete and handed in."""
    client.force_login(translator)
    translate_all(client, french)
    hand_in(client, french)
    client.logout()
    return french


def held_file(house: House, symbol: str = "KP/2017/2", **extra: Any) -> OfficialDocument:
    """A document that is a file in French only, held."""
    document: OfficialDocument = factories.OfficialDocumentFactory(process=house.document.process, symbol=symbol)
    version = factories.LanguageVersionFactory(document=document, language="fr", state=State.HELD, **extra)
    factories.DocumentFileFactory(version=version)
    return document


def bundle_of(house: House, *documents: OfficialDocument, by: User | None = None) -> ReleaseBundle:
    """A bundle of these documents in French."""
    bundle: ReleaseBundle = ReleaseBundle.objects.create(
        name="Papers of the plenary", process=house.document.process, created_by=by
    )
    add_items(bundle, [document.uid for document in documents], [french_locale()])
    return bundle


def public(client: Client, document: OfficialDocument) -> bool:
    client.logout()
    return bool(client.get(document_url(document, "fr")).status_code == 200 and _is_out(document))


def _is_out(document: OfficialDocument) -> bool:
    return LanguageVersion.objects.get(document=document, language="fr").is_released()


def press(client: Client, bundle: ReleaseBundle, action: str, **data: Any) -> Any:
    return client.post(reverse("localization:change_bundle", args=[bundle.pk]), {"action": action, **data})


def show(client: Client, bundle: ReleaseBundle) -> str:
    answer = client.get(reverse("localization:bundle", args=[bundle.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_all_of_it_is_released_at_one_instant(
    client: Client,
    house: House,
    editor: User,
    publisher: User,
    finished: Translation,
    django_capture_on_commit_callbacks: Any,
) -> None:
    other = held_file(house)
    client.force_login(editor)
    address = reverse("localization:new_bundle")
    keys = [str(house.document.uid), str(other.uid)]
    assert "KP/2017/2" in client.get(address, {"key": keys}).content.decode()
    answer = client.post(address, {"key": keys, "name": "Papers", "locales": [french_locale().pk]})
    bundle = ReleaseBundle.objects.get()
    assert answer["Location"] == reverse("localization:bundle", args=[bundle.pk])
    assert "Somebody else must approve it" in show(client, bundle)
    assert not public(client, house.document)
    assert not public(client, other)

    client.force_login(publisher)
    assert "Approve and release" in show(client, bundle)
    with django_capture_on_commit_callbacks(execute=True):
        press(client, bundle, "approve")
    bundle.refresh_from_db()
    assert bundle.state == ReleaseBundle.State.RELEASED
    assert public(client, house.document)
    assert public(client, other)
    page = target(finished)
    moments = set(LanguageVersion.objects.filter(language="fr").values_list("released_at", flat=True))
    assert moments == {page.first_published_at} == {page.last_published_at} == {bundle.released_at}
    assert page.title == "FR Report of the Plenary"
    reviews = SegmentReview.objects.values_list("state", "reviewer")
    assert set(reviews) == {(SegmentReview.State.APPROVED, publisher.pk)}
    client.force_login(publisher)
    assert "released at one instant" in show(client, bundle)
    entries = registry.get_logs_for_instance(LanguageVersion.objects.get(document=other, language="fr"))
    assert [entry.action for entry in entries][:2] == ["localization.bundle.release", "localization.bundle.approve"]
    assert entries[0].message == "Released with the bundle “Papers”"
    assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish", user=publisher).exists()


def test_nothing_is_released_while_one_is_not_ready(
    client: Client, house: House, publisher: User, french: Translation, translator: User
) -> None:
    other = held_file(house)
    bundle = bundle_of(house, house.document, other)
    client.force_login(publisher)
    page = show(client, bundle)
    assert "5 texts are not finished yet." in page
    assert "Approve and release" not in page
    answer = press(client, bundle, "approve")
    assert answer.status_code == 422
    assert "Not ready: KP/2017/1 (French)." in answer.content.decode()
    assert not public(client, other)
    # Without the one that is not ready the other can go.
    client.force_login(publisher)
    unready = bundle.items.get(translation_key=house.document.uid)
    press(client, bundle, "remove", item=[unready.pk, "x", "9" * 40])
    assert press(client, bundle, "approve").status_code == 302


@pytest.mark.parametrize("change", ["text", "file", "lock", "withdrawn", "rights", "account"])
def test_what_changed_after_the_approval_releases_nothing(
    client: Client,
    house: House,
    publisher: User,
    editor: User,
    finished: Translation,
    translator: User,
    change: str,
    mailoutbox: list[Any],
) -> None:
    other = held_file(house)
    bundle = bundle_of(house, house.document, other, by=editor if change == "account" else publisher)
    mailoutbox.clear()
    approve(bundle, publisher, None)
    version = LanguageVersion.objects.get(document=other, language="fr")
    page = target(finished)
    if change == "text":
        page.get_latest_revision_as_object().save_revision(user=translator)
    elif change == "file":
        factories.DocumentFileFactory(version=version, format="pdf")
    elif change == "lock":
        Page.objects.filter(pk=page.pk).update(locked=True)
    elif change == "withdrawn":
        version.state = State.WITHDRAWN
        version.save()
    elif change == "rights":
        publisher.groups.clear()
    else:
        User.objects.filter(pk=publisher.pk).update(is_active=False)
    assert not release(bundle.pk)
    bundle.refresh_from_db()
    assert bundle.state == ReleaseBundle.State.OPEN
    assert bundle.failure
    # Nobody may be looking when it happens.
    (mail,) = mailoutbox
    assert mail.to == [editor.email] if change == "account" else [publisher.email]
    assert mail.subject == "Not released: Papers of the plenary"
    assert bundle.failure in mail.body
    assert reverse("localization:bundle", args=[bundle.pk]) in mail.body
    assert not release(bundle.pk)
    assert len(mailoutbox) == 1
    assert not target(finished).live
    assert not public(client, house.document)
    assert not public(client, other)
    client.force_login(factories.UserFactory(is_superuser=True))
    assert "Nothing was released." in show(client, bundle)


def test_a_page_that_refuses_takes_all_back(
    client: Client, house: House, publisher: User, finished: Translation
) -> None:
    other = held_file(house)
    bundle = bundle_of(house, other, house.document)
    approve(bundle, publisher, None)
    # A page of the same place took the address meanwhile.
    page = target(finished)
    factories.ReportPageFactory(
        parent=Page.objects.get(pk=page.get_parent().pk).specific, document=other, slug="taken", title="x"
    )
    Page.objects.filter(slug="taken").update(slug=page.get_latest_revision().content["slug"])
    Page.objects.filter(pk=page.pk).update(slug="elsewhere")
    assert not release(bundle.pk)
    bundle.refresh_from_db()
    assert bundle.failure
    assert not _is_out(other)
    assert not target(finished).live


def test_nobody_releases_what_they_saved_last_or_what_is_not_theirs(
    client: Client, house: House, publisher: User, editor: User, finished: Translation
) -> None:
    bundle = bundle_of(house, house.document)
    target(finished).get_latest_revision_as_object().save_revision(user=publisher)
    client.force_login(publisher)
    assert "You saved it last: another publisher releases it." in show(client, bundle)
    assert "You saved it last" in press(client, bundle, "approve").content.decode()
    client.force_login(editor)
    assert press(client, bundle, "approve").status_code == 422
    assert "You may not release documents of this process." in show(client, bundle)
    bundle.refresh_from_db()
    assert bundle.state == ReleaseBundle.State.OPEN
    assert not public(client, house.document)


def test_what_was_sent_back_is_not_ready_and_what_is_in_review_says_so(
    client: Client, house: House, publisher: User, finished: Translation
) -> None:
    bundle = bundle_of(house, house.document)
    client.force_login(publisher)
    assert "It is in review still: who releases it approves it." in show(client, bundle)
    approve(bundle, publisher, None)
    send_back(finished, target(finished), publisher, "The whole tone, please.")
    assert not release(bundle.pk)
    assert not target(finished).live
    assert "It was sent back from review. Hand it in again." in show(client, bundle)
    assert press(client, bundle, "approve").status_code == 422


def test_the_history_of_a_task_names_whoever_approved_the_bundle(
    house: House, publisher: User, finished: Translation
) -> None:
    task = TranslationTask.objects.create(translation_key=house.document.uid, locale=french_locale())
    bundle = bundle_of(house, house.document)
    approve(bundle, publisher, None)
    assert release(bundle.pk)
    assert list(task.events.values_list("action", "by")) == [("done", publisher.pk)]


def test_a_coordinator_puts_bundles_together_and_releases_nothing(client: Client, house: House) -> None:
    other = held_file(house)
    roles = ensure_groups(house.document.process)
    client.force_login(factories.UserFactory(groups=[roles[ProcessRole.Role.COORDINATOR].group]))
    address = reverse("localization:new_bundle")
    client.post(address, {"key": str(other.uid), "name": "Papers", "locales": [french_locale().pk]})
    bundle = ReleaseBundle.objects.get()
    assert "You may not release documents of this process." in show(client, bundle)
    assert press(client, bundle, "approve").status_code == 422
    assert not _is_out(other)


@pytest.mark.parametrize("who", ["stranger", "translator", "reader"])
def test_only_the_staff_of_the_process_looks_at_its_bundles(
    client: Client, house: House, editor: User, translator: User, finished: Translation, who: str
) -> None:
    bundle = bundle_of(house, house.document, by=editor)
    item = bundle.items.get()
    people = {"stranger": staff(), "translator": translator, "reader": factories.UserFactory()}
    client.force_login(people[who])
    for name, args in (
        ("bundle", [bundle.pk]),
        ("preview_bundle", [bundle.pk]),
        ("preview_item", [bundle.pk, item.pk]),
        ("new_bundle", []),
    ):
        answer = client.get(reverse(f"localization:{name}", args=args))
        assert answer.status_code in {302, 404}
    for action in ("approve", "withdraw", "remove", "delete", "release"):
        assert press(client, bundle, action, item=item.pk).status_code in {302, 404}
    bundle.refresh_from_db()
    assert bundle.state == ReleaseBundle.State.OPEN
    assert bundle.items.count() == 1
    assert "Papers of the plenary" not in client.get(reverse("localization:bundles")).content.decode()


def test_every_reason_is_told(
    client: Client, house: House, publisher: User, translator: User, french: Translation
) -> None:
    translate_by_machine(french, "Report", "Bericht")
    empty = factories.OfficialDocumentFactory(process=house.document.process, symbol="KP/2017/3")
    bare = factories.OfficialDocumentFactory(process=house.document.process, symbol="KP/2017/4")
    factories.LanguageVersionFactory(document=bare, language="fr", state=State.HELD, title="")
    later = held_file(house, "KP/2017/5")
    LanguageVersion.objects.filter(document=later).update(
        state=State.RELEASED, released_at=timezone.now() + timedelta(days=2)
    )
    spared = held_file(house, "KP/2017/6")
    bundle = bundle_of(house, house.document, empty, bare, later, spared)
    NotRequired.objects.create(translation_key=spared.uid, locale=french_locale(), reason="Informal paper")
    client.force_login(publisher)
    page = show(client, bundle)
    for sentence in (
        "1 text is a machine&#x27;s, and nobody confirmed it.",
        "Nothing is there in this language yet.",
        "A released version needs its title.",
        "It has neither a web edition nor a file.",
        "It has a release moment of its own",
        "Not required: Informal paper",
    ):
        assert sentence in page


def test_texts_written_after_the_draft_was_handed_in_are_no_part_of_it(
    client: Client, house: House, publisher: User, translator: User, finished: Translation
) -> None:
    bundle = bundle_of(house, house.document)
    target(finished).current_workflow_state.cancel()
    client.force_login(translator)
    save(client, finished, "Autre rapport", "Report")
    client.force_login(publisher)
    assert "Texts changed since it was handed in. Hand it in again." in show(client, bundle)
    assert press(client, bundle, "approve").status_code == 422


def test_a_draft_with_a_date_of_its_own_would_come_later_than_the_rest(
    client: Client, house: House, publisher: User, translator: User, finished: Translation
) -> None:
    draft = target(finished).get_latest_revision_as_object()
    draft.go_live_at = timezone.now() + timedelta(days=1)
    draft.save_revision(user=translator)
    bundle = bundle_of(house, house.document, held_file(house))
    client.force_login(publisher)
    assert "has a date of its own at which it goes live" in show(client, bundle)
    assert press(client, bundle, "approve").status_code == 422


def test_pages_that_are_no_documents_are_released_too(client: Client, house: House, publisher: User) -> None:
    page = factories.StandardPageFactory(parent=fresh(house.processes["fr"]), title="À propos", live=False)
    page.save_revision()
    bundle = ReleaseBundle.objects.create(name="Pages", process=house.document.process)
    assert add_items(bundle, [page.translation_key], [french_locale()]) == 1
    approve(bundle, publisher, None)
    assert release(bundle.pk)
    released = Page.objects.get(pk=page.pk)
    bundle.refresh_from_db()
    assert released.live
    assert released.first_published_at == bundle.released_at
    assert PageLogEntry.objects.filter(page=page.pk, action="localization.bundle.release").exists()


def test_an_error_in_a_text_stops_the_release(
    client: Client, house: House, publisher: User, translator: User, french: Translation
) -> None:
    client.force_login(translator)
    translate_all(client, french)
    save(client, french, "Le groupe.", "The")  # the mark of its footnote is lost
    save_draft(french, translator)
    bundle = bundle_of(house, house.document)
    client.force_login(publisher)
    answer = press(client, bundle, "approve")
    assert answer.status_code == 422
    assert "1 text has an error." in answer.content.decode()
    assert "1 text has an error." in show(client, bundle)
    assert not release(bundle.pk)


def test_what_readers_have_and_what_is_not_required_is_left_out(house: House) -> None:
    released = held_file(house)
    LanguageVersion.objects.filter(document=released).update(state=State.RELEASED)
    spared = held_file(house, "KP/2017/3")
    NotRequired.objects.create(translation_key=spared.uid, locale=french_locale(), reason="Informal paper")
    waiting = held_file(house, "KP/2017/4")
    bundle = bundle_of(house, released, spared, waiting)
    assert [item.translation_key for item in bundle.items.all()] == [waiting.uid]
    assert add_items(bundle, [waiting.uid], [french_locale()]) == 0


@override_settings(TASKS={"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": []}})
def test_a_moment_can_be_set_and_taken_back(
    client: Client, house: House, publisher: User, django_capture_on_commit_callbacks: Any
) -> None:
    other = held_file(house)
    bundle = bundle_of(house, other)
    client.force_login(publisher)
    answer = press(client, bundle, "approve", moment="2001-01-01 10:00")
    assert "This moment has passed." in answer.content.decode()
    answer = press(client, bundle, "approve", moment="9999-12-31T23:59")
    assert "This is more than 10 years away." in answer.content.decode()
    moment = timezone.localtime() + timedelta(days=1)
    with django_capture_on_commit_callbacks(execute=True):
        assert press(client, bundle, "approve", moment=f"{moment:%Y-%m-%d %H:%M}").status_code == 302
    from django_tasks import default_task_backend

    (planned,) = default_task_backend.results[-1:]
    assert abs(planned.task.run_after - moment) < timedelta(minutes=1)
    assert "To be released:" in show(client, bundle)
    call_command("release_bundles")
    assert not _is_out(other)
    press(client, bundle, "delete")
    assert ReleaseBundle.objects.filter(pk=bundle.pk).exists()
    press(client, bundle, "withdraw")
    ReleaseBundle.objects.filter(pk=bundle.pk).update(release_at=timezone.now() - timedelta(days=1))
    call_command("release_bundles")
    assert not _is_out(other)
    with django_capture_on_commit_callbacks(execute=True):
        press(client, bundle, "approve", moment=f"{moment:%Y-%m-%d %H:%M}")
    ReleaseBundle.objects.filter(pk=bundle.pk).update(release_at=timezone.now() - timedelta(minutes=1))
    assert "Release now" in show(client, bundle)
    call_command("release_bundles")
    assert _is_out(other)
    before = LanguageVersion.objects.get(document=other).released_at
    call_command("release_bundles")
    assert not release(bundle.pk)
    assert LanguageVersion.objects.get(document=other).released_at == before


def test_a_broken_bundle_does_not_hold_up_the_others(house: House, publisher: User, finished: Translation) -> None:
    broken = bundle_of(house, house.document)
    approve(broken, publisher, None)
    Revision.objects.filter(pk=target(finished).latest_revision_id).update(content={})
    other = held_file(house)
    approve(bundle_of(house, other), publisher, None)
    with pytest.raises(CommandError, match="could not be released: 1"):
        call_command("release_bundles")
    assert _is_out(other)
    broken.refresh_from_db()
    assert broken.state == ReleaseBundle.State.APPROVED
    assert not target(finished).live


def test_previews_show_the_drafts(client: Client, house: House, editor: User, finished: Translation) -> None:
    bundle = bundle_of(house, house.document, held_file(house))
    item = bundle.items.get(translation_key=house.document.uid)
    client.force_login(editor)
    address = reverse("localization:preview_item", args=[bundle.pk, item.pk])
    assert f'src="{address}"' in client.get(reverse("localization:preview_bundle", args=[bundle.pk])).content.decode()
    answer = client.get(address)
    assert "FR To meet." in answer.content.decode()
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert not target(finished).live
    bare = bundle.items.exclude(pk=item.pk).get()
    assert client.get(reverse("localization:preview_item", args=[bundle.pk, bare.pk])).status_code == 404


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"name": "x", "locales": "x"},
        {"key": ["x", "\x00"], "name": "x", "locales": "1"},
        {"bundle": "9" * 30, "name": "x" * 900, "locales": ["9" * 30]},
        {"key": "00000000-0000-0000-0000-000000000000", "name": "x"},
    ],
    ids=["nothing", "no language", "no key", "huge", "unknown"],
)
def test_whatever_is_posted_is_answered_with_the_form(
    client: Client, house: House, editor: User, data: dict[str, Any]
) -> None:
    client.force_login(editor)
    answer = client.post(reverse("localization:new_bundle"), data)
    assert answer.status_code == 422
    assert not ReleaseBundle.objects.exists()
    assert client.get(reverse("localization:new_bundle") + "?session=x&key=%00").status_code == 200


def test_a_session_is_put_together_and_added_to(client: Client, house: House, editor: User) -> None:
    body = factories.WorkingGroupFactory(process=house.document.process)
    session = factories.SessionFactory(working_group=body)
    for number in range(3):
        OfficialDocument.objects.filter(pk=held_file(house, f"KP/S/{number}").pk).update(session=session)
    client.force_login(editor)
    address = f"{reverse('localization:new_bundle')}?session={session.pk}"
    assert f'value="{session}"' in client.get(address).content.decode()
    client.post(address, {"name": "Session", "locales": [french_locale().pk]})
    bundle = ReleaseBundle.objects.get()
    assert bundle.items.count() == 3
    arabic = Locale.objects.get(language_code="ar")
    client.post(address, {"bundle": bundle.pk, "locales": [arabic.pk, french_locale().pk]})
    assert bundle.items.count() == 6
    assert ReleaseBundle.objects.count() == 1


def test_a_page_of_a_bundle_costs_the_same_with_few_items_and_with_many(
    client: Client, house: House, publisher: User, open_translation: Callable[[str], Translation]
) -> None:
    for code in ("fr", "es"):
        open_translation(code)
    bundle = bundle_of(house, house.document, held_file(house))
    client.force_login(publisher)

    def asked(name: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(f"localization:{name}", args=[bundle.pk])).status_code == 200
        return len(queries)

    names = ("bundle", "preview_bundle")
    for name in names:
        asked(name)
    few = [asked(name) for name in names]
    documents = [held_file(house, f"KP/2020/{number}") for number in range(30)]
    add_items(bundle, [document.uid for document in documents], Locale.objects.all())
    assert bundle.items.count() > 100
    many = [asked(name) for name in names]
    assert many == few
    assert max(many) <= MOST_QUERIES


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_worker_that_is_killed_in_the_middle_leaves_nothing_half_released(
    client: Client, house: House, publisher: User, finished: Translation
) -> None:
    """A process of its own publishes the page and dies before the rest."""
    other = held_file(house)
    bundle = bundle_of(house, house.document, other)
    approve(bundle, publisher, None)
    connections.close_all()  # a process and its child must not speak over one connection
    child = os.fork()
    if child == 0:
        _release_and_die(bundle.pk)
    _pid, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 9
    assert not ReportPage.objects.get(pk=target(finished).pk).live
    assert not _is_out(house.document)
    assert not _is_out(other)
    assert release(bundle.pk)
    assert public(client, house.document)
    assert public(client, other)


def _release_and_die(bundle_id: int) -> None:
    execute = PublishPageRevisionAction.execute

    def execute_and_die(self: Any, *args: Any, **kwargs: Any) -> None:
        execute(self, *args, **kwargs)
        os._exit(9 if self.object.live else 1)

    PublishPageRevisionAction.execute = execute_and_die
    try:
        release(bundle_id)
    finally:
        os._exit(1)
