"""A worker that is killed, as a process of its own, in the middle of opening pages for translation."""

import os
import signal

import pytest
from django.db import connections
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from cms.localization.models import Submission
from cms.localization.sending.submitting import submit, work_through
from cms.localization.sending.translating import Outcome, Sending
from cms.users.models import User
from documents.models import ReportPage
from tests.cms.localization.conftest import House
from tests.cms.localization.test_submitting import locales, many


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_a_killed_worker_had_done_is_noted_and_the_rest_is_done_once(house: House, editor: User) -> None:
    submission = submit([*many(house, 2), house.report.pk], locales("fr", "es"), editor)
    connections.close_all()  # a process and its child must not speak over one connection
    child = os.fork()
    if child == 0:
        _work_and_die(submission.pk)
    _pid, status = os.waitpid(child, 0)

    assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL
    assert submission.items.filter(state="opened").count() == Translation.objects.count() == _targets(house) == 2
    assert work_through(Submission.objects.get(pk=submission.pk)) == 4
    assert submission.items.filter(state="opened").count() == Translation.objects.count() == _targets(house) == 6
    assert Page.find_problems() == ([], [], [], [], [])


def _targets(house: House) -> int:
    return ReportPage.objects.exclude(locale=house.report.locale).count()


def _work_and_die(submission_id: int) -> None:
    """Opens pages, and is killed when the third is made and not yet noted."""
    into, opened = Sending.into, []

    def into_and_die(self: Sending, locale: Locale) -> Outcome:
        opened.append(into(self, locale))
        if len(opened) == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return opened[-1]

    Sending.into = into_and_die  # type: ignore[method-assign]
    try:
        work_through(Submission.objects.get(pk=submission_id))
    finally:
        os._exit(1)
