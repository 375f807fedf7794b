"""Mail about translations: who is told what, when, in which language; nothing twice, nothing lost."""

from collections.abc import Callable
from datetime import date, timedelta
from smtplib import SMTPException
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import Locale
from wagtail.users.models import UserProfile
from wagtail_localize.models import Translation

from cms.localization.assignments.assigning import Order, assign
from cms.localization.assignments.changes import change, vars_of
from cms.localization.models import MailPreference, Notice, TranslationTask
from cms.localization.notices.mailing import LOST, deliver
from cms.localization.notices.noting import tell_assigned
from cms.users.models import User
from tests import factories, people
from tests.cms.localization.conftest import House, hand_in, save, target, translate_all
from tests.cms.localization.test_about_text import change as change_source
from tests.cms.localization.test_memory import committed

pytestmark = pytest.mark.django_db

__all__ = ["committed"]  # a fixture

Committed = Callable[[], Any]


@pytest.fixture
def translator(house: House) -> User:
    """Translates into French."""
    return people.translator_of("fr")


@pytest.fixture
def fabienne(house: House) -> User:
    """Translates into French, and reads the administration in French."""
    user = people.translator_of("fr")
    UserProfile.objects.create(user=user, preferred_language="fr")
    return user


def french_locale() -> Locale:
    found: Locale = Locale.objects.get(language_code="fr")
    return found


def give(house: House, translator: User, reviser: User | None, by: User, due_on: date | None = None) -> None:
    """Gives the house's document out into French."""
    outcome = assign([house.document.uid], [Order(french_locale(), translator, reviser, due_on, note="Short.")], by)
    assert len(outcome.made) == 1


def written(day: date) -> str:
    """A date as the mails have it."""
    return date_format(day, "DATE_FORMAT")


def told() -> list[tuple[str, str]]:
    """Who got which mail, by its subject, since this was last asked."""
    found = [(letter.to[0], str(letter.subject)) for letter in mail.outbox]
    mail.outbox.clear()
    return found


def digests() -> list[tuple[str, str]]:
    call_command("send_translation_digests", verbosity=0)
    return told()


def wants_one_a_day(user: User) -> None:
    MailPreference.objects.create(user=user, daily=True)


def test_people_are_told_of_their_tasks_in_their_own_language(
    house: House, coordinator: User, fabienne: User, reviser: User, french: Translation, committed: Committed
) -> None:
    with committed():
        give(house, fabienne, reviser, coordinator, date(2031, 3, 2))
    first, second = sorted(mail.outbox, key=lambda letter: letter.to != [fabienne.email])
    assert first.to == [fabienne.email]
    assert "2 mars 2031" in first.subject
    assert "KP/2017/1" in first.subject
    assert "Short." in first.body
    assert f"http://testserver{reverse('localization:edit_translation', args=[french.pk])}" in first.body
    assert "http://testserver/admin/account/" in first.body
    assert first.extra_headers["Auto-Submitted"] == "auto-generated"
    assert not first.alternatives
    assert second.to == [reviser.email]
    assert second.subject == f"To revise by {written(date(2031, 3, 2))}: KP/2017/1, French"
    mail.outbox.clear()
    assert digests() == []


def test_nobody_is_told_what_they_did(house: House, committed: Committed) -> None:
    both = people.translator_of("fr")
    both.groups.add(*people.coordinator_of(house.document.process).groups.all())
    with committed():
        give(house, both, None, both)
    assert told() == []


def test_somebody_who_takes_over_is_told(
    house: House, coordinator: User, fabienne: User, reviser: User, committed: Committed
) -> None:
    with committed():
        give(house, fabienne, reviser, coordinator)
    told()
    task = TranslationTask.objects.get()
    other = people.translator_of("fr")
    with committed():
        assert change(task, vars_of(task) | {"translator": other}, coordinator)
    assert told() == [(other.email, "To translate: KP/2017/1, French")]


def test_many_tasks_are_one_message(house: House, coordinator: User, translator: User, committed: Committed) -> None:
    keys = [factories.OfficialDocumentFactory(process=house.document.process).uid for _number in range(3)]
    french = french_locale()
    with committed():
        tasks = TranslationTask.objects.bulk_create(
            TranslationTask(translation_key=key, locale=french, translator=translator) for key in keys
        )
        tell_assigned([task.pk for task in tasks], coordinator)
    assert told() == [(translator.email, "3 things about translations")]


def a_day_later() -> None:
    """What was sent today was sent yesterday."""
    Notice.objects.exclude(sent_at=None).update(sent_at=timezone.now() - timedelta(days=1))


def test_one_message_a_day(
    client: Client,
    house: House,
    coordinator: User,
    translator: User,
    reviser: User,
    french: Translation,
    committed: Committed,
) -> None:
    wants_one_a_day(reviser)
    with committed():
        give(house, translator, reviser, coordinator, date(2031, 3, 3))
    assert told() == [(translator.email, f"To translate by {written(date(2031, 3, 3))}: KP/2017/1, French")]
    assert digests() == [(reviser.email, f"To revise by {written(date(2031, 3, 3))}: KP/2017/1, French")]
    client.force_login(translator)
    with committed():
        translate_all(client, french)
        hand_in(client, french)
    TranslationTask.objects.update(due_on=date(2021, 3, 3))
    assert digests() == digests() == []
    a_day_later()
    assert digests() == [(reviser.email, "2 things about translations")]
    assert digests() == []


def test_what_is_due_is_told_once_for_each_date(
    house: House, coordinator: User, translator: User, committed: Committed
) -> None:
    today = timezone.localdate()
    with committed():
        give(house, translator, None, coordinator, today + timedelta(days=4))
    told()
    assert digests() == []
    task = TranslationTask.objects.get()
    TranslationTask.objects.update(due_on=today + timedelta(days=3))
    assert len(digests()) == 1
    assert digests() == []
    TranslationTask.objects.update(due_on=today)
    ((_who, subject),) = digests()
    assert subject.startswith("Due on")
    TranslationTask.objects.update(due_on=today - timedelta(days=1))
    ((_who, subject),) = digests()
    assert subject.startswith("Overdue since")
    assert digests() == []
    TranslationTask.objects.filter(pk=task.pk).update(state="done", due_on=today - timedelta(days=2))
    assert digests() == []


def test_a_review_tells_the_reviser_and_then_the_translator(
    client: Client, translator: User, reviser: User, french: Translation, committed: Committed
) -> None:
    client.force_login(translator)
    translate_all(client, french)
    mail.outbox.clear()
    with committed():
        hand_in(client, french)
    name = translator.get_username()
    # Publishers are told by another rule; here there are none.
    assert told() == [(reviser.email, f"Handed in by {name}, and waiting for your review: KP/2017/1, French")]
    client.force_login(reviser)
    with committed():
        client.post(
            reverse("localization:review", args=[french.pk]), {"action": "send_back", "comment": "The title, please."}
        )
    (letter,) = mail.outbox  # one, and not Wagtail's besides
    assert letter.to == [translator.email]
    assert letter.subject == f"Sent back by {reviser.get_username()}: KP/2017/1, French"
    assert "The title, please." in letter.body


def test_a_daily_message_leaves_out_what_is_over(
    client: Client,
    house: House,
    coordinator: User,
    translator: User,
    reviser: User,
    french: Translation,
    committed: Committed,
) -> None:
    wants_one_a_day(translator)
    wants_one_a_day(reviser)
    client.force_login(translator)
    with committed():
        give(house, translator, reviser, coordinator)
        translate_all(client, french)
        hand_in(client, french)
        client.force_login(reviser)
        client.post(reverse("localization:review", args=[french.pk]), {"action": "send_back", "comment": "No."})
        TranslationTask.objects.update(state="withdrawn")
    assert digests() == [(translator.email, f"Sent back by {reviser.get_username()}: KP/2017/1, French")]
    assert digests() == []


def test_a_publisher_who_revises_the_language_too_is_told_once(
    client: Client, house: House, translator: User, reviser: User, french: Translation, committed: Committed
) -> None:
    publisher = people.publisher_of(house.document.process)
    reviser.groups.add(*publisher.groups.all())
    client.force_login(translator)
    translate_all(client, french)
    mail.outbox.clear()
    with committed():
        hand_in(client, french)
    assert sorted(who for who, _subject in told()) == sorted([reviser.email, publisher.email])


def test_translators_are_told_when_the_source_changes(
    client: Client, house: House, translator: User, french: Translation, committed: Committed
) -> None:
    client.force_login(translator)
    save(client, french, "Se réunir.", "To meet")
    with committed():
        change_source(house, "To meet in Vienna.")
    assert told() == [(translator.email, "The source changed: KP/2017/1, French")]
    with committed():
        house.report.refresh_from_db()
        house.report.save_revision(user=factories.UserFactory()).publish()
    assert told() == []


def test_of_several_changes_one_is_told_a_day(
    client: Client, house: House, translator: User, french: Translation, committed: Committed
) -> None:
    wants_one_a_day(translator)
    client.force_login(translator)
    save(client, french, "Se réunir.", "To meet")
    for text in ("To meet in Vienna.", "To meet in Geneva."):
        with committed():
            change_source(house, text)
    assert digests() == [(translator.email, "The source changed: KP/2017/1, French")]


@pytest.mark.parametrize("page_is_there", [True, False], ids=["page", "task"])
def test_nothing_is_told_of_what_one_may_not_see(
    request: pytest.FixtureRequest,
    house: House,
    coordinator: User,
    translator: User,
    committed: Committed,
    page_is_there: bool,
) -> None:
    if page_is_there:
        request.getfixturevalue("french")
    wants_one_a_day(translator)
    with committed():
        give(house, translator, None, coordinator)
    groups = list(translator.groups.all())
    translator.groups.clear()
    assert digests() == []
    # Nor later: it was left out for good.
    translator.groups.set(groups)
    a_day_later()
    assert digests() == []


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": ""}], ids=["gone", "no address"])
def test_people_without_an_address_are_left_out(
    house: House, coordinator: User, translator: User, committed: Committed, change: dict[str, Any]
) -> None:
    User.objects.filter(pk=translator.pk).update(**change)
    with committed():
        give(house, translator, None, coordinator)
    assert told() == []
    assert digests() == []


def test_what_could_not_be_sent_is_sent_later_and_once(
    house: House, coordinator: User, translator: User, committed: Committed, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        for error in (SMTPException("down"), TimeoutError(), ConnectionRefusedError()):

            def fail(*args: Any, error: Exception = error, **kwargs: Any) -> int:
                raise error

            patched.setattr(EmailBackend, "send_messages", fail)
            if not Notice.objects.exists():
                with committed():
                    give(house, translator, None, coordinator)
            assert digests() == []
            assert Notice.objects.unsent().count() == 1
    assert digests() == [(translator.email, "To translate: KP/2017/1, French")]
    assert digests() == []


def test_a_process_that_was_killed_while_sending_is_replaced(
    house: House, coordinator: User, translator: User, committed: Committed
) -> None:
    wants_one_a_day(translator)
    with committed():
        give(house, translator, None, coordinator)
    Notice.objects.update(claimed_at=timezone.now(), claim=house.document.uid)
    assert digests() == []
    Notice.objects.update(claimed_at=timezone.now() - LOST - timedelta(seconds=1))
    assert digests() == [(translator.email, "To translate: KP/2017/1, French")]


def test_the_choice_is_made_in_the_account_settings(client: Client, house: House, fabienne: User) -> None:
    UserProfile.objects.filter(user=fabienne).update(preferred_language="en")
    address = reverse("wagtailadmin_account")
    client.force_login(factories.UserFactory(is_superuser=False, groups=[Group.objects.get(name="Archive officers")]))
    assert "Mail about translations" not in client.get(address).content.decode()
    client.force_login(fabienne)
    page = client.get(address).content.decode()
    assert "Mail about translations" in page
    form = {
        "name_email-first_name": "Fabienne",
        "name_email-last_name": "Roy",
        "name_email-email": fabienne.email,
        "locale-preferred_language": "en",
        "locale-current_time_zone": "",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
    }
    client.post(address, form | {"translation_mail-daily": "on"})
    assert MailPreference.objects.get(user=fabienne).daily
    client.post(address, form)
    assert not MailPreference.objects.get(user=fabienne).daily


def test_many_things_cost_no_more_queries_than_few(
    house: House, coordinator: User, translator: User, committed: Committed
) -> None:
    def queries(number: int) -> int:
        keys = [factories.OfficialDocumentFactory(process=house.document.process).uid for _number in range(number)]
        french = french_locale()
        tasks = TranslationTask.objects.bulk_create(
            TranslationTask(translation_key=key, locale=french, translator=translator) for key in keys
        )
        tell_assigned([task.pk for task in tasks], coordinator)
        with CaptureQueriesContext(connection) as asked:
            assert deliver(translator.pk) == number
        return len(asked)

    queries(1)
    assert queries(30) <= queries(2) <= 20


def test_the_page_is_readable_in_plain_text(
    house: House, coordinator: User, translator: User, committed: Committed, french: Translation
) -> None:
    page = target(french)
    page.draft_title = "A & B\n<i>"
    page.save(update_fields=["draft_title"])
    house.document.symbol = None
    house.document.archive_number = 7
    house.document.save()
    with committed():
        give(house, translator, None, coordinator)
    (letter,) = mail.outbox
    assert letter.subject == "To translate: A & B <i>, French"
    assert "&amp;" not in letter.body
