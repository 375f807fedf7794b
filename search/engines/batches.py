"""What goes into an index: entries cleaned, those that cannot go in put aside, and a rebuild's stream in batches."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from search.engines.analysis import clean
from search.engines.base import Engine, Entry, IndexReport

# Entries stored in one step. Measured: 500 took the embedded engine twice the time, for merging many small parts.
REBUILD_BATCH = 4_000
_BATCH_TEXT = 20_000_000  # characters, after which a batch is closed whatever its number of entries


def sift(entries: Iterable[Entry], languages: Sequence[str]) -> tuple[list[Entry], tuple[tuple[str, str], ...]]:
    """The entries that can be taken in, cleaned, and the ids of the others with the reason."""
    accepted = []
    refused = []
    for entry in entries:
        if entry.language in languages:
            accepted.append(_cleaned(entry))
        else:
            refused.append((entry.id, f"The search index has no language {entry.language!r}."))
    return accepted, tuple(refused)


def next_batch(stream: Iterator[Entry]) -> list[Entry]:
    """The next entries of a rebuild, few enough to be held in memory with their texts; none at the end."""
    batch = []
    characters = 0
    for entry in islice(stream, REBUILD_BATCH):
        batch.append(entry)
        characters += len(entry.text) + sum(len(passage.text) for passage in entry.passages)
        if characters > _BATCH_TEXT:
            break
    return batch


def rebuild_in_one_go(engine: Engine, entries: Iterable[Entry], progress: Callable[[int], None] | None) -> IndexReport:
    """Builds an engine's index anew from all entries, without a way to go on after a failure."""
    indexed = 0
    refused: list[tuple[str, str]] = []
    stream = iter(entries)
    with engine.building() as new:
        new.start()
        while batch := next_batch(stream):
            report = new.add(batch)
            indexed += report.indexed
            refused += report.refused
            if progress:
                progress(indexed + len(refused))
        new.finish()
    return IndexReport(indexed, tuple(refused))


def _cleaned(entry: Entry) -> Entry:
    """The entry with its shown text cleaned of what cannot be seen or stored."""
    title, text = clean(entry.title), clean(entry.text)
    passages = tuple(
        passage if (cleaned := clean(passage.text)) == passage.text else replace(passage, text=cleaned)
        for passage in entry.passages
    )
    if (title, text, passages) == (entry.title, entry.text, entry.passages):
        return entry  # nearly always, and copying it takes longer than the rest of this
    return replace(entry, title=title, text=text, passages=passages)
