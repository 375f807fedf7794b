"""Many pages sent to translation at once: each page and language by itself, begun again where it was left."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Locale, Page

from cms.localization.models import Submission, SubmissionItem
from cms.localization.sending.translating import Sending

logger = logging.getLogger(__name__)
State = SubmissionItem.State


def submit(pages: Iterable[int], locales: Iterable[Locale], user: Any, under: Page | None = None) -> Submission:
    """Notes which pages (their keys) are to be sent into which languages. The worker does it (``tasks.begin``).

    ``under`` is the page under which they were chosen, whose history will tell what became of them.
    """
    languages = list(locales)
    return submit_pairs([(page, locale) for page in dict.fromkeys(pages) for locale in languages], user, under)


@transaction.atomic
def submit_pairs(pairs: Sequence[tuple[int, Locale]], user: Any, under: Page | None = None) -> Submission:
    """The same for pages each with a language of its own. No pair may be there twice."""
    submission: Submission = Submission.objects.create(created_by=user, page=under)
    items = [SubmissionItem(submission=submission, page_id=page, locale=locale) for page, locale in pairs]
    SubmissionItem.objects.bulk_create(items, batch_size=500)
    Submission.objects.filter(pk=submission.pk).update(total=len(items))
    submission.total = len(items)
    return submission


def work_through(submission: Submission) -> int:
    """Opens what waits, parents before the pages below them. Gives how many translations it opened."""
    opened = 0
    for item in _waiting(submission):
        opened += _do(submission, *item)
        submission.advance()
    finished = Submission.objects.filter(pk=submission.pk, is_at_work=True).update(is_at_work=False)
    if finished and submission.page is not None:
        _tell_history(submission, submission.page)
    return opened


def _waiting(submission: Submission) -> Iterator[tuple[int, Sending]]:
    """The waiting items by their keys, each with its page on its way: one page after the other."""
    items = submission.items.filter(state=State.WAITING).order_by("page__path", "pk").values_list("pk", "page_id")
    sending: Sending | None = None
    for key, page_id in list(items):
        if sending is None or sending.page.pk != page_id:
            page = Page.objects.filter(pk=page_id).first()
            if page is None:  # it was deleted meanwhile, and its items with it
                continue
            sending = Sending(page.specific, submission.created_by)
        yield key, sending


def _do(submission: Submission, key: int, sending: Sending) -> bool:
    """Does one item, and notes what became of it in the same transaction: killed in between, it waits again."""
    try:
        with transaction.atomic():
            items = submission.items.select_for_update(of=("self",)).select_related("locale")
            item = items.filter(pk=key, state=State.WAITING).first()
            if item is None:
                return False  # another worker was quicker
            outcome = sending.into(item.locale)
            item.state = State.OPENED if outcome.target else State.REFUSED
            item.reason = outcome.refusal
            item.save(update_fields=["state", "reason"])
    except Exception:
        logger.exception("Item %s of %s could not be done", key, submission)
        reason = _("It could not be opened: the program failed, and its log says why.")
        submission.items.filter(pk=key, state=State.WAITING).update(state=State.REFUSED, reason=reason)
        return False
    return bool(item.state == State.OPENED)


def _tell_history(submission: Submission, under: Page) -> None:
    """Writes into the history of the page above what became of those below."""
    states = list(submission.items.values_list("state", flat=True))
    log(
        instance=under.specific,
        action="localization.subtree",
        user=submission.created_by,
        data={"started": states.count(State.OPENED), "refused": states.count(State.REFUSED)},
    )
