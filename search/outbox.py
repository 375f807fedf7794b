"""The outbox: changes are noted in the transaction that makes them, and fed to the engine afterwards.

Nothing is lost when the engine is away or the worker is killed: a row leaves the outbox only after the engine took it.
"""

import logging
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction

from search.engines import get_engine
from search.engines.base import EngineError, Entry
from search.entries import entries_of, page_entry_id, version_entry_id
from search.file_texts import lengths
from search.models import IndexChange
from search.rebuilding import keep_for_rebuild
from search.task_states import is_due
from search.troubles import note_trouble

logger = logging.getLogger(__name__)

# Rows fed in one step. Their texts are held in memory together, and other feeds wait until the step is done.
BATCH = 100
# Characters of files fed in one step; a single one may be longer.
MOST_FED = 10_000_000


class _Notes(threading.local):
    """How many times this thread has noted something, and up to which of these a feed was asked for."""

    made = 0
    asked = 0


_notes = _Notes()


def note_versions(keys: Iterable[int]) -> None:
    """Notes language versions, by primary key, to be indexed again (or taken out)."""
    _note(IndexChange.Target.VERSION, keys)


def note_pages(keys: Iterable[int]) -> None:
    """Notes pages, by primary key, to be indexed again (or taken out)."""
    _note(IndexChange.Target.PAGE, keys)


def _note(target: str, keys: Iterable[int]) -> None:
    rows = [IndexChange(target=target, object_id=key) for key in dict.fromkeys(keys)]
    if not rows:
        return
    IndexChange.objects.bulk_create(rows, batch_size=500)
    _notes.made += 1
    number = _notes.made

    def ask_for_feed() -> None:
        # The first of a transaction's calls stands for all: the feed will find what the later ones noted.
        if number > _notes.asked:
            _notes.asked = _notes.made
            enqueue_feed()

    # Robust: what the editor did is saved by then, and no trouble of search may say otherwise.
    transaction.on_commit(ask_for_feed, robust=True)


def enqueue_feed() -> None:
    """Asks the worker to feed the engine, unless a feed waits already: it will find what was noted until it begins."""
    from search.tasks import feed_index  # the task imports this module

    if not is_due(feed_index):
        feed_index.enqueue()


@dataclass(frozen=True)
class Fed:
    """What a feed did: entries put in, entries taken out, and why it stopped, if it did."""

    indexed: int = 0
    removed: int = 0
    trouble: str = ""


def feed() -> Fed:
    """Feeds all that waits to the engine, batch by batch. With the engine away the rest stays for the next time.

    Several feeds may run at the same time: the engine reads a batch from the database when it is that batch's turn.
    """
    indexed = removed = 0
    while rows := _bearable(IndexChange.objects.order_by("pk")[:BATCH]):
        ids = [
            *map(version_entry_id, _keys(rows, IndexChange.Target.VERSION)),
            *map(page_entry_id, _keys(rows, IndexChange.Target.PAGE)),
        ]
        try:
            report = get_engine().index(_entries(rows), replacing=ids)
        except EngineError as error:
            note_trouble(str(error))
            return Fed(indexed, removed, str(error))
        for entry, reason in report.refused:
            logger.warning("%s: %s", entry, reason)
            note_trouble(f"{entry}: {reason}")
        IndexChange.objects.filter(pk__in=[row.pk for row in rows]).delete()
        indexed += report.indexed
        removed += len(report.removed)
    return Fed(indexed, removed)


def _bearable(rows: Iterable[IndexChange]) -> list[IndexChange]:
    """The first of the rows, as many as can be held in memory with the texts of their files; one at least."""
    rows = list(rows)
    needed = lengths(_keys(rows, IndexChange.Target.VERSION))
    room = MOST_FED
    taken: list[IndexChange] = []
    for row in rows:
        room -= needed.pop(row.object_id, 0) if row.target == IndexChange.Target.VERSION else 0
        if taken and room < 0:
            break
        taken.append(row)
    return taken


def _entries(rows: Sequence[IndexChange]) -> Iterator[Entry]:
    """The entries that a batch of changes concerns, once it is this writer's turn."""
    keep_for_rebuild(rows)
    yield from entries_of(_keys(rows, IndexChange.Target.VERSION), _keys(rows, IndexChange.Target.PAGE))


def _keys(rows: Iterable[IndexChange], target: str) -> set[int]:
    return {row.object_id for row in rows if row.target == target}
