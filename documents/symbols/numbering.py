"""What follows from a symbol for others: the document that it changes, its series, and the next number there."""

import re
from collections.abc import Iterable
from dataclasses import replace

from documents.symbols.parts import SymbolParts, parse_symbol
from documents.symbols.reasons import NotASymbol

_CHANGE = "{modification}"
_LAST_CHANGE = re.compile(r"[/ ]?[^/]+$")
_NUMBER = re.compile(r"\d+")


def parent_of(parts: SymbolParts) -> SymbolParts | None:
    """The document that an addition, correction or revision belongs to: A/48/L.2/Rev.1 for A/48/L.2/Rev.1/Add.2.

    None for a document that changes no other.
    """
    if not parts.modification:
        return None
    rest = _LAST_CHANGE.sub("", parts.modification) if "/" in parts.modification else ""
    form = parts.form if rest else parts.form[: parts.form.index(_CHANGE) - 1]
    return replace(parts, modification=rest, form=form)


def change_of(parts: SymbolParts) -> str:
    """What kind of change a symbol announces: "Add", "Corr", "Rev", ...; empty for none."""
    last = parts.modification.rpartition("/")[2]
    return re.split(r"[. ]", last)[0].capitalize()


def series_of(parts: SymbolParts) -> SymbolParts:
    """The series that a symbol counts in: the same parts without number, bracket and change.

    The year of "S/RES/2770 (2025)" goes too: that series counts on through the years.
    """
    form = parts.form.partition("{sequence}")[0] + "{sequence}"
    session = parts.session if "{session}" in form else ""
    return replace(parts, session=session, sequence="", part="", modification="", form=form)


def prefix_of(series: SymbolParts) -> str:
    """How the symbols of a series begin, in canonical form: "CTOC/COP/2020/", "A/C.3/79/L."."""
    return series.canonical


def numbered(series: SymbolParts, number: int) -> SymbolParts:
    """The symbol of this number in a series."""
    return replace(series, sequence=str(number))


def next_number(series: SymbolParts, symbols: Iterable[str]) -> int:
    """The number after the highest that symbols of the series bear; 1 where there is none.

    Symbols of other series, and strings that are no symbols, are left aside.
    """
    highest = 0
    heads = frozenset({series.body.split("/")[0]})
    for symbol in symbols:
        try:
            parts = parse_symbol(symbol, heads)
        except NotASymbol:
            continue
        number = _NUMBER.match(parts.sequence)
        if number and series_of(parts) == series:
            highest = max(highest, int(number[0]))
    return highest + 1
