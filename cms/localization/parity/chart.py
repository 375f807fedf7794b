"""The chart of the parity matrix: for each process and language a bar of what is ready, in work and missing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.core.languages import LANGUAGES, Language
from cms.localization.parity.surveying import Row, states_by
from cms.localization.states import READY, State
from cms.processes.models import Process

FULL = 1_000  # the width of a bar, in units of its picture


@dataclass(frozen=True)
class Band:
    """A part of a bar: the states that it stands for together."""

    name: str
    label: Promise
    states: frozenset[State]


BANDS = (
    Band("ready", _("Ready"), READY),
    Band("outdated", _("Outdated"), frozenset({State.OUTDATED})),
    Band("in-work", _("In work"), frozenset({State.IN_REVIEW, State.IN_TRANSLATION, State.MACHINE})),
    Band("missing", _("Not started"), frozenset({State.NOT_STARTED})),
    Band("not-required", _("Not required"), frozenset({State.NOT_REQUIRED})),
)


@dataclass(frozen=True)
class Piece:
    """A band of one bar: where it begins and how wide it is, in units, and how many things it stands for."""

    band: Band
    start: str
    width: str
    count: int


@dataclass(frozen=True)
class Bar:
    """One process in one language."""

    language: Language
    pieces: Sequence[Piece]
    ready: int
    required: int


@dataclass(frozen=True)
class BarLine:
    """One process, or what belongs to none where ``process`` is empty."""

    process: str
    bars: Sequence[Bar]


def chart(rows: Sequence[Row]) -> list[BarLine]:
    """The bars of these documents or pages by process, in the order of their names; last what has none. One query."""
    counted = dict(states_by(rows, "process"))
    names = dict(Process.objects.filter(pk__in=[pk for pk in counted if pk]).values_list("pk", "name"))
    order = sorted(counted, key=lambda pk: (pk is None, names.get(pk or 0, "").casefold()))
    return [
        BarLine(names.get(pk or 0, ""), [_bar(entry, counted[pk][entry.code]) for entry in LANGUAGES]) for pk in order
    ]


def _bar(entry: Language, counted: Counter[State]) -> Bar:
    total = counted.total()
    pieces, before = [], 0
    for band in BANDS:
        count = sum(counted[state] for state in band.states)
        if count:
            start, end = before * FULL // total, (before + count) * FULL // total
            # As text: the page's language must not write figures its own way here.
            pieces.append(Piece(band, str(start), str(max(end - start, 1)), count))
            before += count
    ready = sum(counted[state] for state in READY)
    return Bar(entry, pieces, ready, total - counted[State.NOT_REQUIRED])
