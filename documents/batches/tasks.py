"""What the worker does for imports: reading, filing, undoing. Begun again, each goes on where it was left."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from documents.batches.creating import create_included, to_create
from documents.batches.reading import read_waiting
from documents.batches.undoing import undo_made
from documents.models import ImportBatch, ImportItem

# An import that has not got on for so long has lost its worker; its page then offers to begin again.
STALE = timedelta(minutes=2)

BATCH = ImportBatch.State


@task()
def work_on_import(batch_id: int) -> str:
    """Does what the state of the batch asks for."""
    batch = ImportBatch.objects.select_related("process", "worked_for").filter(pk=batch_id).first()
    work = {BATCH.READING: read_waiting, BATCH.CREATING: create_included, BATCH.UNDOING: undo_made}
    if batch is None or batch.state not in work:
        return "nothing to do"
    return f"{work[BATCH(batch.state)](batch)} files"


def begin(batch: ImportBatch, state: str, user: object) -> None:
    """Puts the batch into a state in which the worker is busy with it, and wakes the worker."""
    now = timezone.now()
    with transaction.atomic():
        # What a worker that is gone had in hand waits again.
        batch.items.filter(state=ImportItem.State.READING).update(state=ImportItem.State.WAITING)
        ImportBatch.objects.filter(pk=batch.pk).update(
            state=state, worked_for=user, begun_at=now, moved_at=now, total=_work_in(batch, state), done=0
        )
    work_on_import.enqueue(batch.pk)


def _work_in(batch: ImportBatch, state: str) -> int:
    """How many files of the batch the worker will go through in this state."""
    if state == BATCH.READING:
        return batch.items.filter(state=ImportItem.State.WAITING).count()
    return (to_create(batch) if state == BATCH.CREATING else batch.items.filter(state__in=ImportItem.MADE)).count()


def is_stale(batch: ImportBatch) -> bool:
    """Whether the worker has lost the batch."""
    return batch.is_at_work and timezone.now() - batch.moved_at > STALE
