"""Building the index anew from the database, going on where a rebuild was stopped.

The engine keeps the unfinished index, a row of `Rebuild` how far it has come. The index in use answers until the new
one takes its place, and changes find their way into both:

- While a rebuild runs it alone may write, so changes wait in the outbox.
- When one was stopped, changes are fed to the index in use, and kept to be fed again to the new one
  (`ChangeToRepeat`), since the rebuild may have read before them.
- What the outbox held when the rebuild began for the first time is in the new index by itself; such rows are marked
  then, and leave the outbox with the end of the rebuild.
"""

from collections.abc import Callable, Iterable, Iterator

from django.db import transaction
from django.utils import timezone

from search.engines import get_engine
from search.engines.base import Entry, IndexReport, NewIndex
from search.engines.batches import next_batch
from search.entries import count_entries, placed_entries
from search.models import ChangeToRepeat, IndexChange, Rebuild

ROWS_AT_ONCE = 500


def state() -> Rebuild | None:
    """The rebuild that is under way or was stopped; None when there is none."""
    return Rebuild.objects.first()


def is_needed() -> bool:
    """Whether the index cannot be used as it is, or a rebuild waits to be finished."""
    return get_engine().health().needs_rebuild or state() is not None


def rebuild(
    progress: Callable[[Rebuild], None] | None = None, *, from_scratch: bool = False, if_needed: bool = False
) -> IndexReport | None:
    """Builds the index anew, or goes on with an unfinished rebuild unless `from_scratch`.

    `progress` is told at the beginning and after every batch. With `if_needed` nothing happens, and None is returned,
    when the index is in order by the time it is this writer's turn. The report counts the entries of all attempts and
    names those that the last one refused. What changed meanwhile waits in the outbox afterwards.

    Raises EngineError, and OSError where the index cannot be stored. Whatever ends it, it can be called again.
    """
    if if_needed and not is_needed():
        return None
    refused: list[tuple[str, str]] = []
    with get_engine().building() as new:
        if if_needed and not is_needed():
            return None
        unfinished = _begun(new, from_scratch)
        if progress:
            progress(unfinished)
        entries = _Placed(unfinished.place)
        while batch := next_batch(entries):
            report = new.add(batch)
            refused += report.refused
            unfinished.place = entries.place
            unfinished.done += len(batch)
            unfinished.refused += len(report.refused)
            unfinished.save()
            if progress:
                progress(unfinished)
        _note_again()
        new.finish()
        _end(unfinished)
    return IndexReport(unfinished.done - unfinished.refused, tuple(refused))


def keep_for_rebuild(changes: Iterable[IndexChange]) -> None:
    """Keeps changes that are about to be fed, if a rebuild is unfinished that may have read before them.

    Only whoever holds the right to write may call this: then no rebuild can begin or end in between.
    """
    if Rebuild.objects.exists():
        kept = [ChangeToRepeat(target=row.target, object_id=row.object_id) for row in changes if not row.is_in_rebuild]
        ChangeToRepeat.objects.bulk_create(kept, ignore_conflicts=True)


class _Placed(Iterator[Entry]):
    """The entries after a place, and the place of the last one taken."""

    def __init__(self, place: str) -> None:
        self.place = place
        self._entries = placed_entries(place)

    def __next__(self) -> Entry:
        self.place, entry = next(self._entries)
        return entry


def _begun(new: NewIndex, from_scratch: bool) -> Rebuild:
    """The unfinished rebuild, if the engine can go on with it, or a new one."""
    unfinished = state()
    if unfinished and not from_scratch and new.resume(unfinished.name):
        unfinished.total = unfinished.done + count_entries(unfinished.place)
        unfinished.resumed_at, unfinished.done_before = timezone.now(), unfinished.done
        unfinished.save()
        return unfinished
    name = new.start()
    with transaction.atomic():
        Rebuild.objects.all().delete()
        ChangeToRepeat.objects.all().delete()
        # Rows, not a highest key: on PostgreSQL a row may come to light later than one with a higher key.
        IndexChange.objects.update(is_in_rebuild=True)
        return Rebuild.objects.create(name=name, total=count_entries())


def _note_again() -> None:
    """Puts what is to be fed again into the outbox, before the new index is in use: a kill in between loses nothing."""
    with transaction.atomic():
        changes = ChangeToRepeat.objects.order_by("pk")
        rows = [IndexChange(target=change.target, object_id=change.object_id) for change in changes]
        IndexChange.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
        changes.delete()


def _end(finished: Rebuild) -> None:
    """Takes out of the outbox what the new index holds by itself."""
    with transaction.atomic():
        IndexChange.objects.filter(is_in_rebuild=True).delete()
        finished.delete()
