"""Refreshes and submissions of one page, decisions on one review, mail, at the same moment: nothing doubled or lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from wagtail.models import Locale, Page, TaskState
from wagtail_localize.models import StringSegment, Translation

from cms.localization.models import Notice, SourceChange
from cms.localization.notices.mailing import deliver
from cms.localization.reviewing import NotDecided, send_back
from cms.localization.sending.sources import snapshot
from cms.localization.sending.submitting import submit, work_through
from cms.users.models import User
from documents.models import ReportPage
from tests import people
from tests.cms.localization.conftest import House, hand_in, segments, target, translate_all
from tests.cms.localization.test_refreshing import rewrite
from tests.tree import fresh

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

WORKERS = 4


def at_once(work: Callable[[], Any]) -> list[Any]:
    """Does the work in several threads that begin together; gives what each returned."""
    barrier = Barrier(WORKERS)

    def run(_number: int) -> Any:
        try:
            barrier.wait(timeout=120)
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(run, range(WORKERS)))


def test_refreshes(house: House, french: Translation) -> None:
    page = rewrite(house, publish=False, h1="Opening", x1="<p>New.</p>")
    page.get_latest_revision().publish()
    SourceChange.objects.all().delete()
    snapshot(house.report)
    at_once(lambda: snapshot(fresh(page)))
    texts = segments(french)
    assert texts[:3] == ["Report of the Plenary", "New.", "Opening"]
    assert len(texts) == len(set(texts)) == 6
    assert StringSegment.objects.count() == 6


def test_submissions(house: House, editor: User) -> None:
    french = list(Locale.objects.filter(language_code="fr"))
    at_once(lambda: work_through(submit([house.report.pk], french, editor)))
    assert ReportPage.objects.filter(locale=french[0]).count() == 1
    assert Translation.objects.count() == 1
    assert len(segments(Translation.objects.get())) == 5
    assert Page.find_problems() == ([], [], [], [], [])


def test_reviewers_decide_once(client: Client, translator: User, french: Translation) -> None:
    client.force_login(translator)
    translate_all(client, french)
    hand_in(client, french)
    reviser = people.reviser_of("fr")

    def decide() -> str:
        try:
            send_back(french, fresh(target(french)), reviser, "Not yet.")
        except NotDecided as refusal:
            return str(refusal)
        return "sent back"

    outcomes = at_once(decide)
    assert outcomes.count("sent back") == 1
    assert TaskState.objects.filter(status="rejected").count() == 1


def test_mail_is_sent_by_one_of_several_processes(french: Translation) -> None:
    somebody = people.reviser_of("fr")
    for _number in range(3):
        Notice.objects.create(
            user=somebody, kind="source_changed", translation_key=french.source.object_id, locale=french.target_locale
        )
    assert sorted(at_once(lambda: deliver(somebody.pk))) == [0] * (WORKERS - 1) + [3]
    assert len(mail.outbox) == 1
