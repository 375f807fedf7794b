"""Sending many pages to translation: few queries, in the worker, begun again where it was left."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, PageLogEntry
from wagtail_localize.models import StringSegment, Translation

from cms.localization.models import Submission, SubmissionItem
from cms.localization.sending import submitting
from cms.localization.sending.sources import snapshot
from cms.localization.sending.submitting import submit, work_through
from cms.localization.sending.translating import Sending, translate_page
from cms.localization.tasks import work_on_submission
from cms.users.models import User
from documents.models import ReportPage
from tests import factories
from tests.cms.localization.conftest import House, plant_edition, staff
from tests.cms.localization.long_report import lengthen
from tests.tree import fresh, plant_process

pytestmark = pytest.mark.django_db


def locales(*codes: str) -> list[Locale]:
    return list(Locale.objects.filter(language_code__in=codes).order_by("language_code"))


def many(house: House, number: int) -> list[int]:
    """Web editions of further documents, by their keys."""
    made = []
    for n in range(number):
        document = factories.OfficialDocumentFactory(process=house.document.process, symbol=f"KP/2018/{n + 1}")
        made.append(plant_edition(fresh(house.processes["en"]), document, title=f"Report {n}").pk)
    return made


# What it costs


def test_a_long_page_costs_at_most_70_queries_a_language_with_its_target_page(house: House, editor: User) -> None:
    """wagtail-localize needs about 1,640 for the same."""
    for code in ("ru", "zh-hans"):
        locale = factories.LocaleFactory(language_code=code)
        home = factories.HomePageFactory(parent=house.tree.root, title=code, slug=code, locale=locale)
        Page.objects.filter(pk=home.pk).update(translation_key=house.tree.homes["en"].translation_key)
        house.tree.homes[code] = fresh(home)
        house.tree.processes[code] = factories.ProcessIndexPageFactory(
            parent=fresh(home), title=code, translation_key=house.tree.processes["en"].translation_key
        )
    house.processes |= plant_process(house.tree, house.processes["en"].process, ["ru", "zh-hans"])
    boss = factories.UserFactory(is_superuser=True)
    page = lengthen(house.report)
    five = locales("ar", "es", "fr", "ru", "zh-hans")
    with CaptureQueriesContext(connection) as queries:
        outcomes = translate_page(page, five, boss)
    assert [outcome.refusal for outcome in outcomes] == [""] * 5
    assert len(queries) <= 70 * 5
    assert len(outcomes[0].target.footnotes.all()) == 100


def test_its_rows_alone_cost_at_most_30_a_language(house: House) -> None:
    page = lengthen(house.report)
    with CaptureQueriesContext(connection) as queries:
        source = snapshot(page)
        for locale in locales("ar", "es", "fr"):
            Translation(source=source, target_locale=locale).save()
    assert len(queries) <= 30 * 3
    assert StringSegment.objects.filter(source=source).count() == 416


def test_what_a_language_costs_does_not_grow_with_the_text(house: House, editor: User) -> None:
    short, long = (
        house.report,
        plant_edition(
            fresh(house.processes["en"]),
            factories.OfficialDocumentFactory(process=house.document.process),
            title="Long",
        ),
    )
    long = lengthen(long)
    (fr,) = locales("fr")
    costs = []
    for page in (short, long):
        sending = Sending(fresh(page), editor)
        sending.into(*locales("es"))
        with CaptureQueriesContext(connection) as queries:
            assert sending.into(fr).target
        costs.append(len(queries))
    assert costs[1] <= costs[0] + 2  # statements more where one cannot hold all footnotes


def test_the_target_of_a_long_page_is_whole(house: House, editor: User) -> None:
    page = lengthen(house.report)
    (outcome,) = translate_page(page, locales("fr"), editor)
    target = ReportPage.objects.get(pk=outcome.target.pk)
    assert [block.id for block in target.body] == [block.id for block in page.body]
    notes = list(target.footnotes.order_by("sort_order").values_list("translation_key", "anchor", "mark", "text"))
    assert notes == list(page.footnotes.order_by("sort_order").values_list("translation_key", "anchor", "mark", "text"))
    assert set(target.footnotes.values_list("locale__language_code", flat=True)) == {"fr"}
    assert (target.live, target.owner, target.first_published_at) == (False, editor, None)
    draft = target.get_latest_revision_as_object()
    assert len(draft.footnotes.all()) == 100
    assert Page.find_problems() == ([], [], [], [], [])


# Many at once


def test_a_hundred_documents_are_not_sent_in_the_request(
    client: Client, house: House, editor: User, django_capture_on_commit_callbacks: Any
) -> None:
    pages = [*many(house, 3), house.report.pk]
    client.force_login(editor)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "localization_submit"])
    query = "&".join(f"id={page}" for page in pages)
    form = client.get(f"{address}?{query}").content.decode()
    assert "Report 2" in form
    with django_capture_on_commit_callbacks() as callbacks:
        answer = client.post(f"{address}?{query}", {"locales": [locale.pk for locale in locales("fr", "es", "ar")]})
    submission = Submission.objects.get()
    assert answer["Location"] == reverse("localization:submission", args=[submission.pk])
    assert (submission.total, Translation.objects.count()) == (12, 0)
    waiting = client.get(answer["Location"]).content.decode()
    assert "0 of 12 translations" in waiting
    for callback in callbacks:
        callback()
    assert Translation.objects.count() == 12
    assert "12 translations were opened" in client.get(answer["Location"]).content.decode()


def test_chosen_pages_that_are_not_ones_own_are_neither_sent_nor_named(client: Client, house: House) -> None:
    client.force_login(staff((house.tree.homes["fr"], ("add_page", "change_page"))))
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "localization_submit"])
    for query in (f"?id={house.report.pk}", "?id=x", "?id=all&childOf=x", ""):
        answer = client.get(address + query)
        assert answer.status_code == 200
        assert "Report of the Plenary" not in answer.content.decode()
        client.post(address + query, {"locales": [locale.pk for locale in locales("es")]})
    assert not Submission.objects.exists()


class KilledError(BaseException):
    """The worker is gone: nothing catches it."""


def test_a_killed_submission_goes_on_where_it_was(
    house: House, editor: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [*many(house, 4), house.report.pk]
    submission = submit(pages, locales("fr", "es"), editor)
    into = Sending.into
    calls = []

    def dies(self: Sending, locale: Locale) -> Any:
        outcome = into(self, locale)
        calls.append(locale)
        if len(calls) == 6:  # after the page was made, before it was noted
            raise KilledError
        return outcome

    with monkeypatch.context() as patch:
        patch.setattr(Sending, "into", dies)
        with pytest.raises(KilledError):
            work_on_submission.call(submission.pk)
    assert submission.items.filter(state="opened").count() == 5
    assert Translation.objects.count() == 5

    client.force_login(editor)
    address = reverse("localization:submission", args=[submission.pk])
    assert "Go on with the rest" not in client.get(address).content.decode()
    Submission.objects.update(moved_at=timezone.now() - timedelta(minutes=5))
    assert "Go on with the rest" in client.get(address).content.decode()
    client.post(address)
    assert "10 translations were opened" in client.get(address).content.decode()
    assert Translation.objects.count() == 10
    assert ReportPage.objects.exclude(locale=house.report.locale).count() == 10
    assert Page.find_problems() == ([], [], [], [], [])


def test_sent_again_nothing_is_doubled(house: House, editor: User) -> None:
    pages = many(house, 2)
    for _time in range(2):
        work_through(submit(pages, locales("fr"), editor))
    assert ReportPage.objects.filter(locale=locales("fr")[0]).count() == 2
    again = Submission.objects.order_by("pk").last()
    assert again is not None
    assert list(again.items.values_list("state", "reason")) == [("refused", "It is being translated already.")] * 2


def test_what_fails_in_one_page_keeps_no_other(
    house: House, editor: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    pages = many(house, 2)
    into = Sending.into

    def fails(self: Sending, locale: Locale) -> Any:
        if self.page.pk == pages[0]:
            raise ZeroDivisionError
        return into(self, locale)

    monkeypatch.setattr(Sending, "into", fails)
    submission = submit(pages, locales("fr"), editor)
    work_through(submission)
    assert dict(submission.items.values_list("page", "state")) == {pages[0]: "refused", pages[1]: "opened"}
    assert "could not be done" in caplog.text


def test_what_was_sent_by_an_account_that_is_gone_is_refused(house: House, editor: User) -> None:
    submission = submit(many(house, 1), locales("fr"), editor)
    Submission.objects.update(created_by=None)
    work_on_submission.call(submission.pk)
    assert SubmissionItem.objects.get().reason == "Whoever sent it has no account any more."
    assert not Translation.objects.exists()


def test_a_worker_that_finds_it_done_does_nothing(house: House, editor: User) -> None:
    submission = submit(many(house, 1), locales("fr"), editor, under=house.processes["en"])
    assert work_on_submission.call(submission.pk) == 1
    assert work_on_submission.call(submission.pk) == 0
    assert PageLogEntry.objects.filter(action="localization.subtree").count() == 1


def test_two_workers_do_each_item_once(house: House, editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    submission = submit(many(house, 2), locales("fr"), editor)
    do = submitting._do

    def overtaken(*args: Any) -> bool:
        monkeypatch.setattr(submitting, "_do", do)
        work_through(Submission.objects.get(pk=submission.pk))
        return do(*args)

    monkeypatch.setattr(submitting, "_do", overtaken)
    work_through(submission)
    assert set(submission.items.values_list("state", flat=True)) == {"opened"}


def test_ones_own_submissions_are_ones_own(client: Client, house: House, editor: User, translator: User) -> None:
    submission = submit(many(house, 1), locales("fr", "es"), editor)
    work_through(submission)
    addresses = reverse("localization:submissions"), reverse("localization:submission", args=[submission.pk])
    client.force_login(translator)
    assert "Nothing has been sent" in client.get(addresses[0]).content.decode()
    assert client.get(addresses[1]).status_code == client.post(addresses[1]).status_code == 404
    client.force_login(factories.UserFactory(is_superuser=True))
    assert str(submission) in client.get(addresses[0]).content.decode()
    assert client.get(addresses[1]).status_code == 200


@pytest.mark.parametrize("number", [1, 12])
def test_the_page_of_a_submission_costs_the_same_for_many(
    client: Client, house: House, editor: User, number: int
) -> None:
    pages = many(house, number)
    work_through(submit(pages, locales("fr"), editor))
    again = submit(pages, locales("fr"), editor)
    work_through(again)
    client.force_login(factories.UserFactory(is_superuser=True))
    for address in (reverse("localization:submission", args=[again.pk]), reverse("localization:submissions")):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        assert len(queries) <= 12, address
