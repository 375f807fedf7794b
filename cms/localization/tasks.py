"""Long work, done by the worker."""

from datetime import timedelta
from uuid import UUID

from django.contrib.auth import get_user_model
from django.utils import timezone
from django_tasks import task
from wagtail.models import Page

from cms.localization import filling as filling_up
from cms.localization.bundles.bundling import check_texts, release
from cms.localization.exchange import delivering
from cms.localization.memory import taking as memory_taking
from cms.localization.memory.remembering import remember, sweep
from cms.localization.models import Delivery, Filling, MemoryFile, ReleaseBundle, Submission
from cms.localization.models.long_work import LongWork
from cms.localization.notices.mailing import deliver
from cms.localization.sending.refreshing import refresh
from cms.localization.sending.submitting import work_through

# Work that has not got on for so long has lost its worker; its page then offers to begin again.
STALE = timedelta(minutes=2)


@task()
def work_on_submission(submission_id: int) -> int:
    """Opens the translations that a submission asks for. Gives how many were opened."""
    submission = Submission.objects.select_related("created_by", "page").filter(pk=submission_id).first()
    return work_through(submission) if submission is not None and submission.is_at_work else 0


def begin(submission: Submission) -> None:
    """Wakes the worker, from the start or where another worker left it."""
    submission.begin(submission.items.filter(state="waiting").count())
    work_on_submission.enqueue(submission.pk)


def is_stale(work: LongWork) -> bool:
    """Whether the worker has lost it."""
    return work.is_at_work and timezone.now() - work.moved_at > STALE


@task()
def work_on_delivery(delivery_id: int) -> int:
    """Takes the files of a delivery. Gives how many."""
    deliveries = Delivery.objects.select_related("created_by", "translation")
    delivery = deliveries.filter(pk=delivery_id).first()
    return delivering.work_through(delivery) if delivery is not None and delivery.is_at_work else 0


def begin_delivery(delivery: Delivery) -> None:
    """Wakes the worker, from the start or where another worker left it."""
    delivery.begin(delivery.files.filter(state="waiting").count())
    work_on_delivery.enqueue(delivery.pk)


@task()
def work_on_filling(filling_id: int) -> None:
    """Has the translation engine translate what is open on a page."""
    fillings = Filling.objects.select_related(
        "created_by", "translation__source__locale", "translation__source__specific_content_type"
    )
    filling = fillings.select_related("translation__target_locale").filter(pk=filling_id).first()
    if filling is not None and filling.is_at_work:
        filling_up.work_through(filling)


def begin_filling(filling: Filling) -> None:
    """Wakes the worker, from the start or where another worker left it: what is translated by then is not sent."""
    filling.begin(filling.total)
    work_on_filling.enqueue(filling.pk)


@task()
def refresh_translations(page_id: int, user_id: int | None) -> bool:
    """Brings the translations of a page to its present text, for whoever published it."""
    page = Page.objects.filter(pk=page_id).first()
    user = get_user_model().objects.filter(pk=user_id).first() if user_id else None
    return page is not None and refresh(page.specific, user)


@task()
def remember_pages(translation_key: str) -> int:
    """Brings the translation memory to what the pages of a translation key hold. Gives the number of new pairs."""
    added, removed = remember(UUID(translation_key))
    if removed:
        sweep()
    return added


@task()
def sweep_memory() -> int:
    """Removes texts of pages that are gone from the translation memory, and gives their number."""
    return sweep()


@task()
def work_on_memory_file(file_id: int) -> int:
    """Takes the pairs of a file into the translation memory. Gives how many are new."""
    file = MemoryFile.objects.filter(pk=file_id).first()
    return memory_taking.work_through(file) if file is not None and file.is_at_work else 0


def begin_memory_file(file: MemoryFile) -> None:
    """Wakes the worker, from the start: what it has taken before is there already."""
    file.begin(file.total)
    work_on_memory_file.enqueue(file.pk)


@task()
def release_bundle(bundle_id: int) -> bool:
    """Releases an approved bundle; gives whether it did."""
    return release(bundle_id)


def schedule_release(bundle: ReleaseBundle) -> None:
    """Has the worker release an approved bundle at its moment."""
    later = bundle.release_at is not None and bundle.release_at > timezone.now()
    work = release_bundle.using(run_after=bundle.release_at) if later else release_bundle
    work.enqueue(bundle.pk)


@task()
def check_bundle(bundle_id: int) -> int:
    """Looks for errors in the texts of a bundle; gives the number of drafts looked through."""
    bundle = ReleaseBundle.objects.filter(pk=bundle_id).first()
    return check_texts(bundle) if bundle is not None else 0


@task()
def send_notices(user_id: int) -> int:
    """Mails a person what they were not told about translations yet; gives the number of notices."""
    return deliver(user_id)
