"""The outbox: changes are noted in the transaction that makes them, and fed to the engine afterwards.

Nothing is lost when the engine is away or the worker is killed: a row leaves the outbox only after the engine took it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django_tasks_db import DatabaseBackend
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from documents.models import LanguageVersion
from search.engines import get_engine
from search.engines.base import EngineError
from search.entries import page_entries, page_entry_id, version_entries, version_entry_id
from search.models import IndexChange

BATCH = 500


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
    IndexChange.objects.bulk_create(rows, batch_size=BATCH)
    connection = transaction.get_connection()
    # One task a transaction is enough, however many notes it holds.
    if not any(callback is enqueue_feed for _sids, callback, *_rest in connection.run_on_commit):
        transaction.on_commit(enqueue_feed)


def enqueue_feed() -> None:
    """Asks the worker to feed the engine, unless a feed waits already: it will find what was noted until it begins."""
    from search.tasks import feed_index  # the task imports this module

    waiting = DBTaskResult.objects.ready().filter(task_path=feed_index.module_path)
    if isinstance(feed_index.get_backend(), DatabaseBackend) and waiting.exists():
        return
    feed_index.enqueue()


@dataclass(frozen=True)
class Fed:
    """What a feed did: entries put in, entries taken out, and why it stopped, if it did."""

    indexed: int = 0
    removed: int = 0
    trouble: str = ""


def feed() -> Fed:
    """Feeds all that waits to the engine, batch by batch. With the engine away the rest stays for the next time."""
    indexed = removed = 0
    while True:
        rows = list(IndexChange.objects.order_by("pk")[:BATCH])
        if not rows:
            return Fed(indexed, removed)
        versions = {row.object_id for row in rows if row.target == IndexChange.Target.VERSION}
        pages = {row.object_id for row in rows if row.target == IndexChange.Target.PAGE}
        entries = [
            *version_entries(LanguageVersion.objects.filter(pk__in=versions)),
            *page_entries(Page.objects.filter(pk__in=pages)),
        ]
        present = {entry.id for entry in entries}
        gone = {version_entry_id(pk) for pk in versions} | {page_entry_id(pk) for pk in pages}
        gone -= present
        try:
            engine = get_engine()
            if entries:
                engine.index(entries)
            if gone:
                engine.delete(sorted(gone))
        except EngineError as error:
            return Fed(indexed, removed, str(error))
        IndexChange.objects.filter(pk__in=[row.pk for row in rows]).delete()
        indexed += len(entries)
        removed += len(gone)
