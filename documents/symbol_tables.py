"""What the database knows of symbols, ready for the plain code that finds and reads them."""

from collections import defaultdict
from collections.abc import Iterable

from django.core.cache import cache

from cms.processes.models import Process, ProcessPage, WorkingGroup
from documents.models.series import SymbolSeries
from documents.symbols.decision_bodies import UNITED_NATIONS, DecisionBody
from documents.symbols.decision_words import noun_in
from documents.symbols.grammar import KNOWN_HEADS
from documents.symbols.references import SymbolTables

KEPT_FOR = 600  # seconds
_KEY = "symbol-tables"


def symbol_tables() -> SymbolTables:
    """The edited series of decisions, the bodies that number them, and the first parts of symbols.

    Kept for ten minutes or until one of them is edited (`documents.signals`); four queries otherwise.
    """
    kept: SymbolTables | None = cache.get(_KEY)
    if kept is None:
        kept = _read_tables()
        cache.set(_KEY, kept, KEPT_FOR)
    return kept


def forget_tables() -> None:
    """Lets the tables be read anew."""
    cache.delete(_KEY)


def _read_tables() -> SymbolTables:
    series = SymbolSeries.objects.select_related("process")
    return SymbolTables(
        series=series.decision_series(),
        bodies=(*UNITED_NATIONS, *_decision_bodies(series)),
        heads=KNOWN_HEADS | known_heads(),
    )


def known_heads() -> frozenset[str]:
    """The first parts of the symbols of every process: "CTOC" of CTOC/COP. One query."""
    heads = Process.objects.values_list("symbol_heads", flat=True)
    return frozenset(head.split("/")[0].upper() for several in heads for head in several if head)


def _decision_bodies(table: Iterable[SymbolSeries]) -> list[DecisionBody]:
    """The governing bodies whose decisions are cited by number, one for each process with such a series.

    Two queries. What texts call the body is told by its working name.
    """
    series: defaultdict[Process, dict[str, str]] = defaultdict(dict)
    for one in table:
        if one.cited_by_number:
            series[one.process][one.kind] = f"{one.letters}/{{session}}/{{number}}"
    if not series:
        return []
    governing = WorkingGroup.objects.filter(process__in=series, kind=WorkingGroup.Kind.GOVERNING_BODY)
    nouns = {group.process_id: noun_in(group.name) for group in governing}
    titles = defaultdict(set)
    for process, title in ProcessPage.objects.filter(process__in=series).values_list("process", "title"):
        titles[process].add(title)
    return [
        DecisionBody(
            heads=tuple(process.symbol_heads),
            noun=nouns.get(process.pk, ""),
            resolution=forms.get(SymbolSeries.Kind.RESOLUTION, ""),
            decision=forms.get(SymbolSeries.Kind.DECISION, ""),
            names=tuple(sorted(titles[process.pk])),
        )
        for process, forms in series.items()
    ]
