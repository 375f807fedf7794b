"""Taking TMX files into the translation memory, batch by batch, and what became of each of their units.

A file of the same name and process takes the place of the former one: what both hold stays, what is new is added, what
the newer one lacks is removed. So the same file can be taken again, and work that was cut off is done from the start.
"""

import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from wagtail.log_actions import log
from wagtail.models import Locale

from cms.localization.exchange.memory_reading import MemoryUnit, open_memory, units_in
from cms.localization.foreign import FileRefusedError
from cms.localization.memory.remembering import BATCH, source_rows, sweep
from cms.localization.models import MemoryFile, MemoryTarget
from cms.localization.texts.comparing import text_key
from cms.processes.models import Process
from cms.users.people import language_of

logger = logging.getLogger(__name__)

UNITS_AT_ONCE = 250  # one transaction each
MOST_LINES = 1_000  # kept of a report: what was refused or taken in part
REMOVED = "removed"  # in the counts: pairs of the former file that this one lacks


class Outcome(models.TextChoices):
    """What became of a unit of a file."""

    ADDED = "added", gettext_lazy("Added")
    SAME = "same", gettext_lazy("There already")
    REFUSED = "refused", gettext_lazy("Refused")


@dataclass(frozen=True)
class _Wanted:
    """A pair as the memory is to hold it."""

    key: UUID
    locale_id: int
    text: str


class BusyError(Exception):
    """A file of this name is being taken at this moment."""


@transaction.atomic
def receive(name: str, content: bytes, process: Process | None, access: str, user: Any) -> MemoryFile:
    """Keeps a file that was looked through (``open_memory``), to be taken by :func:`work_through`. Raises BusyError."""
    from cms.localization.tasks import is_stale  # the task imports this module

    found, created = MemoryFile.objects.get_or_create(
        name=name, process=process, defaults={"access": access, "is_at_work": False}
    )
    file: MemoryFile = MemoryFile.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if file.is_at_work and not is_stale(file):
        raise BusyError
    file.access, file.created_by, file.created_at = access, user, timezone.now()
    file.is_at_work, file.done, file.total = True, 0, 0
    file.begun_at = file.moved_at = file.created_at
    file.keep(content)
    file.save()
    log(instance=file, action="wagtail.create" if created else "wagtail.edit", user=user, title=name)
    return file


def work_through(file: MemoryFile) -> int:
    """Takes the pairs of a file; gives how many are new. Does nothing where another worker has taken it.

    The report is written in the language of whoever brought it.
    """
    if not file.content:
        return 0
    with override(language_of(file.created_by)):
        try:
            return _take(file)
        except FileRefusedError as error:
            problem = str(error)
        except Exception:
            logger.exception("The memory file %s could not be taken", file)
            problem = _("It could not be taken: the program failed, and its log says why.")
        MemoryFile.objects.filter(pk=file.pk).update(
            is_at_work=False, content=b"", counts={}, lines=[_line("", "", "", problem)]
        )
    return 0


def _take(file: MemoryFile) -> int:
    locales = {locale.language_code: locale.pk for locale in Locale.objects.all()}
    every = list(units_in(open_memory(file.read()), locales))
    before = set(file.targets.values_list("pk", flat=True))
    seen: set[int] = set()
    counts: Counter[str] = Counter()
    lines: list[dict[str, str]] = []
    added = 0
    file.begin(len(every))
    for start in range(0, len(every), UNITS_AT_ONCE):
        units = every[start : start + UNITS_AT_ONCE]
        wanted = [dict(_wanted(unit, locales)) for unit in units]
        with transaction.atomic():
            there, new = _store(file, wanted)
            seen |= set(there.values())
            added += len(new)
            for unit, its in zip(units, wanted, strict=True):
                pairs = set(its)
                outcome = _outcome(pairs, new)
                new -= pairs  # a unit that the file has twice is there already
                counts[outcome] += 1
                detail = unit.problem or unit.remark
                if detail and len(lines) < MOST_LINES:
                    code = unit.language.code if unit.language else ""
                    lines.append(_line(unit.place, unit.text, code, detail, outcome))
            file.advance(len(units))
    gone = sorted(before - seen)
    for start in range(0, len(gone), BATCH):
        MemoryTarget.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    if gone:
        counts[REMOVED] = len(gone)
        sweep()
    MemoryFile.objects.filter(pk=file.pk).update(
        is_at_work=False, moved_at=timezone.now(), content=b"", counts=dict(counts), lines=lines
    )
    return added


def _line(place: str, text: str, language: str, detail: str, outcome: str = Outcome.REFUSED) -> dict[str, str]:
    """A line of the report as it is kept."""
    return {"place": place, "text": text, "language": language, "outcome": str(outcome), "detail": detail}


def _outcome(pairs: set[_Wanted], new: set[_Wanted]) -> Outcome:
    if not pairs:
        return Outcome.REFUSED
    return Outcome.ADDED if pairs & new else Outcome.SAME


def _wanted(unit: MemoryUnit, locales: dict[str, int]) -> Iterator[tuple[_Wanted, tuple[int, str, str]]]:
    """The pairs of a unit, each with what its source is: locale, language, text."""
    for source, text, target, translated in unit.pairs:
        key = text_key(text, source.code)
        yield _Wanted(key, locales[target.code], translated), (locales[source.code], source.code, text)


def _store(
    file: MemoryFile, units: list[dict[_Wanted, tuple[int, str, str]]]
) -> tuple[dict[_Wanted, int], set[_Wanted]]:
    """Writes the pairs of some units, each with its source (:func:`_wanted`). Some ten queries.

    Gives the keys of those that were there, and the new ones.
    """
    texts: dict[UUID, tuple[int, str, str]] = {}
    wanted: dict[_Wanted, None] = {}
    for unit in units:
        for pair, source in unit.items():
            texts.setdefault(pair.key, source)
            wanted[pair] = None
    there: dict[_Wanted, int] = {}
    keys = list(texts)
    for start in range(0, len(keys), BATCH):
        held = MemoryTarget.objects.filter(file=file, source__key__in=keys[start : start + BATCH])
        for pk, key, locale, text in held.values_list("pk", "source__key", "locale_id", "text"):
            if (one := _Wanted(key, locale, text)) in wanted:
                there[one] = pk
    new = [pair for pair in wanted if pair not in there]
    sources = source_rows({pair.key: texts[pair.key] for pair in new})
    MemoryTarget.objects.bulk_create(
        [
            MemoryTarget(source_id=sources[pair.key], locale_id=pair.locale_id, text=pair.text, file=file)
            for pair in new
        ],
        batch_size=BATCH,
    )
    return there, set(new)


@transaction.atomic
def remove(file: MemoryFile, user: Any) -> None:
    """Takes a file's pairs out of the memory at once; texts left alone are swept up by the worker."""
    from cms.localization.tasks import sweep_memory  # the task imports this package

    log(instance=file, action="wagtail.delete", user=user, title=file.name, deleted=True)
    file.delete()
    transaction.on_commit(partial(sweep_memory.enqueue), robust=True)
