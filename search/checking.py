"""Whether the index holds what the database says, entry by entry, and how what differs is mended."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain

from search.engines import get_engine
from search.engines.base import Engine, Entry
from search.engines.batches import next_batch, sift
from search.engines.grouping import entry_fingerprint
from search.entries import all_entries, entries_of, entry_keys, page_entry_id, version_entry_id
from search.models import IndexChange
from search.outbox import note_pages, note_versions

AT_ONCE = 500  # entries looked at again in one step
LOOKS = 2


@dataclass(frozen=True)
class Differences:
    """The ids of entries that the index lacks, has too many, and has in another state than the database.

    `compared` is the number of entries that the index should hold. What waits in the outbox is no difference.
    """

    compared: int
    missing: tuple[str, ...] = ()
    left_over: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.missing, *self.left_over, *self.stale)


def check() -> Differences:
    """Compares all entries. Ids and fingerprints of the whole index are held in memory: 20 MB for 100,000 entries.

    Raises EngineError when the index cannot be read.
    """
    engine = get_engine()
    held = dict(engine.held())
    compared = 0
    suspects = []
    for entry, fingerprint in _wanted(engine, all_entries()):
        compared += 1
        if held.pop(entry, None) != fingerprint:
            suspects.append(entry)
    return _looked_at_again(engine, compared, [*suspects, *held])


def mend(differences: Differences) -> None:
    """Notes what differs in the outbox, from where it is fed as every change is."""
    versions, pages = entry_keys(differences.ids)
    note_versions(sorted(versions))
    note_pages(sorted(pages))


def still_different(differences: Differences) -> Differences:
    """Those of the differences that are there now and do not wait in the outbox."""
    return _looked_at_again(get_engine(), differences.compared, differences.ids)


def _looked_at_again(engine: Engine, compared: int, suspects: Collection[str]) -> Differences:
    """What still differs of the suspects: the index was read before the database, and both may have changed between.

    The database is read first, then the index, then the outbox, so that a change is missed only if it was made and
    fed in that moment; and twice, so that it would have to happen twice.
    """
    found: dict[str, list[str]] = {}
    for _look in range(LOOKS):
        found = {"missing": [], "left_over": [], "stale": []}
        ordered = sorted(suspects)
        for start in range(0, len(ordered), AT_ONCE):
            for state, entry in _differing(engine, ordered[start : start + AT_ONCE]):
                found[state].append(entry)
        suspects = list(chain.from_iterable(found.values()))
    return Differences(compared, **{state: tuple(ids) for state, ids in found.items()})


def _differing(engine: Engine, ids: Collection[str]) -> Iterator[tuple[str, str]]:
    versions, pages = entry_keys(ids)
    wanted = dict(_wanted(engine, entries_of(versions, pages)))
    held = dict(engine.held(ids))
    waiting = _waiting(versions, pages)
    for entry in ids:
        if entry not in waiting and wanted.get(entry) != held.get(entry):
            yield "missing" if entry not in held else "left_over" if entry not in wanted else "stale", entry


def _wanted(engine: Engine, entries: Iterator[Entry]) -> Iterator[tuple[str, str]]:
    """The ids and fingerprints of those entries that the engine takes."""
    while batch := next_batch(entries):
        accepted, _refused = sift(batch, engine.languages)
        for entry in accepted:
            yield entry.id, entry_fingerprint(entry)


def _waiting(versions: Collection[int], pages: Collection[int]) -> set[str]:
    """The ids of those entries that the outbox names."""
    rows = IndexChange.objects.filter(target=IndexChange.Target.VERSION, object_id__in=versions)
    others = IndexChange.objects.filter(target=IndexChange.Target.PAGE, object_id__in=pages)
    return {
        *map(version_entry_id, rows.values_list("object_id", flat=True)),
        *map(page_entry_id, others.values_list("object_id", flat=True)),
    }
