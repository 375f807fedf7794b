"""What a symbol says of another document: CTOC/COP/2020/3/Corr.1 corrects CTOC/COP/2020/3."""

from dataclasses import dataclass
from typing import Literal

from documents.symbols.numbering import change_of, parent_of
from documents.symbols.parts import parse_symbol
from documents.symbols.reasons import NotASymbol

Change = Literal["corrigendum", "revision", "addendum", "amendment"]

_CHANGES: dict[str, Change] = {"Corr": "corrigendum", "Rev": "revision", "Add": "addendum", "Amend": "amendment"}


@dataclass(frozen=True, slots=True)
class StatedChange:
    """What a symbol announces, and the canonical symbol of the document that it changes."""

    change: Change
    parent: str


def stated_change(symbol: str) -> StatedChange | None:
    """The change that the last part of a symbol announces: X/Rev.1/Add.2 is an addendum to X/Rev.1.

    None where it announces none, or one that is no relation between two documents (Mod., Summary).
    """
    try:
        parts = parse_symbol(symbol)
    except NotASymbol:
        return None
    parent, change = parent_of(parts), _CHANGES.get(change_of(parts))
    return StatedChange(change, parent.canonical) if parent and change else None
