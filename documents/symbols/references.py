"""What a text refers to: documents by symbol, and decisions by number where their body is sure."""

from collections.abc import Iterable
from dataclasses import dataclass

from documents.symbols.decision_bodies import UNITED_NATIONS, DecisionBody
from documents.symbols.decisions import Citing, citing_of, find_decisions
from documents.symbols.finding import FoundSymbol, find_symbols
from documents.symbols.grammar import KNOWN_HEADS
from documents.symbols.series import DEFAULT_SERIES, DecisionSeries, series_table


@dataclass(frozen=True, slots=True)
class SymbolTables:
    """What is known of symbols: decision series with their letters, bodies that number decisions, first parts."""

    series: tuple[DecisionSeries, ...] = DEFAULT_SERIES
    bodies: tuple[DecisionBody, ...] = UNITED_NATIONS
    heads: frozenset[str] = KNOWN_HEADS


DEFAULT_TABLES = SymbolTables()


class ReferenceFinder:
    """Finds what the texts of one document refer to.

    `own` are the symbols of the document, or their keys; `language` the short code of the text's language. Texts that
    are given first tell of which body a decision is that others cite by its number alone.
    """

    def __init__(
        self, own: Iterable[str], language: str = "", tables: SymbolTables = DEFAULT_TABLES, texts: Iterable[str] = ()
    ) -> None:
        self._language = language
        self._heads = tables.heads
        self._table = None if tables.series is DEFAULT_SERIES else series_table(tables.series, language)
        self._citing: Citing = citing_of(tuple(own), texts, tables.bodies)

    def find(self, text: str) -> list[FoundSymbol]:
        """The symbols of a text and the decisions whose body is sure, in their order, without overlaps."""
        symbols = find_symbols(text, self._language, self._table, self._heads)
        decisions = [
            FoundSymbol(one.start, one.end, one.printed, one.canonical, one.key)
            for one in find_decisions(text, self._citing)
            if one.canonical and not any(one.start < symbol.end and symbol.start < one.end for symbol in symbols)
        ]
        return sorted([*symbols, *decisions], key=lambda one: one.start) if decisions else symbols
