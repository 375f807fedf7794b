"""Files of a translation in the administration: who may save and bring them, and the page that tells what became of
each text."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils import translation as languages
from django.utils.translation import gettext
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringTranslation, Translation

from cms.localization.exchange import delivering
from cms.localization.exchange.delivering import receive, work_through
from cms.localization.models import DeliveredFile, Delivery
from cms.users.models import User
from documents.models import LanguageVersion
from tests import factories, people
from tests.cms.localization.conftest import House, hand_in, row_of, staff, target, translate_all
from tests.cms.localization.test_addresses import refused
from tests.cms.localization.test_exchange import put, saved, with_target
from tests.cms.localization.test_hostile_exchange import HOSTILE

pytestmark = pytest.mark.django_db


def files_of(translation: Translation) -> str:
    return reverse("localization:page_files", args=[translation.pk])


def bring(client: Client, translation: Translation, content: bytes, name: str = "report.xlf", **data: str) -> Any:
    """Uploads a file on a translation's page, and follows to the report."""
    upload = SimpleUploadedFile(name, content)
    return client.post(files_of(translation), {"upload": upload, **data}, follow=True)


def test_a_translator_saves_a_file_translates_it_elsewhere_and_brings_it_back(
    client: Client, translator: User, french: Translation
) -> None:
    client.force_login(translator)
    editor = client.get(reverse("localization:edit_translation", args=[french.pk])).content.decode()
    assert files_of(french) in editor
    page = client.get(files_of(french)).content.decode()
    address = reverse("localization:export_page", args=[french.pk, "xlf"])
    assert address in page
    answer = client.get(address)
    assert answer["Content-Type"] == "application/xliff+xml"
    assert answer["Content-Disposition"] == 'attachment; filename="report-of-the-plenary-fr.xlf"'
    content = with_target(with_target(answer.content, "Report", "Rapport"), "To meet", '<g id="1">Non</g>')
    report = bring(client, french, content, confirm="on")
    told = report.content.decode()
    assert "The source has no code number 1." in told
    assert f"#text-{row_of(french, 'To meet').key}" in told
    assert "Taken as confirmed" in told
    assert (row_of(french, "Report").target, row_of(french, "Report").state) == ("Rapport", "confirmed")
    only = client.get(report.request["PATH_INFO"], {"show": "refused"}).content.decode()
    assert "To meet" in only
    assert ">Report of the Plenary</bdi></td>" not in only
    assert "report.xlf" in client.get(report.request["PATH_INFO"]).content.decode()
    assert report.request["PATH_INFO"] in client.get(reverse("localization:deliveries")).content.decode()
    assert not target(french).live


def test_only_who_may_change_the_page_saves_and_brings_files(
    client: Client, house: House, french: Translation, outsider: User, translator: User
) -> None:
    content = with_target(saved(french), "Report", "Rapport")
    other = staff((house.tree.homes["es"], ("change_page", "add_page")), extra=("submit_translation",))
    for person in (outsider, other):
        client.force_login(person)
        assert refused(client.get(files_of(french)))
        assert refused(client.get(reverse("localization:export_page", args=[french.pk, "xlf"])))
        assert refused(client.post(files_of(french), {"upload": SimpleUploadedFile("a.xlf", content)}))
    assert not Delivery.objects.exists()
    # What somebody else brought is not there to be looked at.
    client.force_login(translator)
    mine = bring(client, french, content).request["PATH_INFO"]
    client.force_login(other)
    assert client.get(mine).status_code == 404
    assert mine not in client.get(reverse("localization:deliveries")).content.decode()
    client.force_login(factories.UserFactory(is_superuser=True))
    assert client.get(mine).status_code == 200


def test_locks_and_editions_of_their_own_bind(
    client: Client, house: House, translator: User, publisher: User, french: Translation
) -> None:
    content = with_target(saved(french), "Report", "Rapport")
    page = target(french)
    page.locked, page.locked_by = True, publisher
    page.save()
    client.force_login(translator)
    assert bring(client, french, content).status_code == 422
    assert "upload" not in client.get(files_of(french)).content.decode().split("<main")[1].split("</main>")[0]
    # Locked after the upload, before the worker came to it.
    delivery = receive([("a.xlf", content)], translator, confirm=True)
    work_through(delivery)
    assert "locked" in delivery.files.get().reason
    page.locked = False
    page.save()
    LanguageVersion.objects.filter(document=house.document, language="fr").update(
        origin=LanguageVersion.Origin.IMPORTED
    )
    delivery = receive([("a.xlf", content)], translator, confirm=True)
    work_through(delivery)
    assert "edition of its own" in delivery.files.get().reason
    assert not StringTranslation.objects.exists()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_a_page_with_a_sentence(
    name: str, client: Client, translator: User, french: Translation
) -> None:
    client.force_login(translator)
    answer = bring(client, french, HOSTILE[name], name="..\\../\u202ex\x00.xlf")
    assert answer.status_code in {200, 422}
    assert not StringTranslation.objects.exists()


def test_no_file_and_no_format_there_is(client: Client, translator: User, french: Translation) -> None:
    client.force_login(translator)
    assert client.post(files_of(french), {}).status_code == 422
    assert bring(client, french, b"").status_code == 422
    address = reverse("localization:export_page", args=[french.pk, "exe"])
    assert client.get(address).status_code == 404


def test_a_file_of_a_page_that_is_not_mine_says_nothing_of_it(
    french: Translation, translator: User, outsider: User
) -> None:
    content = with_target(saved(french), "Report", "Rapport")
    for user, reason in ((outsider, "It is of no translation that is open to you."), (translator, "")):
        delivery = receive([("a.xlf", content)], user, confirm=True)
        work_through(delivery)
        assert delivery.files.get().reason == reason
    french.enabled = False
    french.save()
    delivery = receive([("a.xlf", content)], translator, confirm=True)
    work_through(delivery)
    assert delivery.files.get().reason == "It is of no translation that is open to you."


def test_a_file_brings_nothing_into_ones_own_work_in_review(
    client: Client, french: Translation, translator: User
) -> None:
    """Whoever revises the language is held by no lock."""
    translator.groups.add(*people.reviser_of("fr").groups.all())
    client.force_login(translator)
    translate_all(client, french)
    hand_in(client, french)
    before = row_of(french, "Report").target
    delivery = receive([("a.xlf", with_target(saved(french), "Report", "Autre"))], translator, confirm=True)
    work_through(delivery)
    assert delivery.files.get().reason == "It is being reviewed, and it is your work: wait until it comes back."
    assert row_of(french, "Report").target == before


def test_a_reviewer_corrects_by_a_file_and_approves(client: Client, french: Translation, translator: User) -> None:
    client.force_login(translator)
    translate_all(client, french)
    hand_in(client, french)
    client.force_login(people.reviser_of("fr"))
    bring(client, french, with_target(saved(french), "Report", "Compte rendu"), confirm="on")
    assert row_of(french, "Report").state == "confirmed"
    client.post(reverse("localization:review", args=[french.pk]), {"action": "approve"})
    page = target(french)
    assert (page.live, page.title) == (True, "Compte rendu")


def test_the_report_speaks_the_language_of_whoever_brought_the_file(french: Translation, translator: User) -> None:
    UserProfile.objects.update_or_create(user=translator, defaults={"preferred_language": "fr"})
    delivery = receive([("a.xlf", b"<xliff/>")], translator, confirm=True)
    work_through(delivery)
    english = "This is an XLIFF file of another version than 1.2 and 2.0."
    with languages.override("fr"):
        assert delivery.files.get().reason == gettext(english)


def test_a_worker_that_was_killed_loses_nothing(
    client: Client, translator: User, french: Translation, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = with_target(saved(french), "Report", "Rapport")
    second = with_target(saved(french), "To meet", "Se réunir.")
    delivery = receive([("1.xlf", first), ("2.xlf", second)], translator, confirm=False)
    real = delivering.take
    calls: list[int] = []

    def killed_at_the_second(*arguments: Any, **options: Any) -> Any:
        lines = real(*arguments, **options)
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return lines

    monkeypatch.setattr(delivering, "take", killed_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        work_through(delivery)
    monkeypatch.undo()
    assert row_of(french, "Report").target == "Rapport"
    assert row_of(french, "To meet").target == ""
    assert sorted(delivery.files.values_list("state", flat=True)) == ["taken", "waiting"]
    client.force_login(translator)
    address = reverse("localization:delivery", args=[delivery.pk])
    assert "Go on with the rest" not in client.get(address).content.decode()
    Delivery.objects.update(moved_at=timezone.now() - timedelta(minutes=3))
    assert "Go on with the rest" in client.get(address).content.decode()
    client.post(address)
    work_through(Delivery.objects.get())
    assert row_of(french, "To meet").target == "Se réunir."
    assert not DeliveredFile.objects.exclude(content=b"").exists()


def test_a_fault_of_the_program_costs_one_file(
    french: Translation, translator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = with_target(saved(french), "Report", "Rapport")
    delivery = receive([("1.xlf", b"<fault/>"), ("2.xlf", content)], translator, confirm=False)
    real = delivering.read_file

    def fails(given: bytes, *others: Any) -> Any:
        if b"fault" in given:
            raise ZeroDivisionError
        return real(given, *others)

    monkeypatch.setattr(delivering, "read_file", fails)
    work_through(delivery)
    first, second = delivery.files.order_by("pk")
    assert (first.state, first.reason) == (
        "refused",
        "It could not be taken: the program failed, and its log says why.",
    )
    assert second.state == "taken"


def test_the_pages_ask_little_of_the_database(
    client: Client, translator: User, french: Translation, django_assert_max_num_queries: Any
) -> None:
    put(french, "Report", "Rapport")
    client.force_login(translator)
    client.get(files_of(french))
    report = bring(client, french, saved(french)).request["PATH_INFO"]
    for address in (files_of(french), report, reverse("localization:export_page", args=[french.pk, "xlf"])):
        with django_assert_max_num_queries(25):
            assert client.get(address).status_code == 200
