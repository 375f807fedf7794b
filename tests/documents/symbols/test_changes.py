"""What a symbol says of another document."""

import pytest

from documents.symbols.changes import StatedChange, stated_change


@pytest.mark.parametrize(
    ("symbol", "change", "parent"),
    [
        ("CTOC/COP/2020/3/Corr.1", "corrigendum", "CTOC/COP/2020/3"),
        ("A/48/L.2/Rev.1", "revision", "A/48/L.2"),
        ("A/48/L.2/Rev.1/Add.2", "addendum", "A/48/L.2/Rev.1"),
        ("UNEP/MC/COP.6/INF/29/Add.1", "addendum", "UNEP/MC/COP.6/INF/29"),
        ("A/520/Rev.15/Amend.2", "amendment", "A/520/Rev.15"),
    ],
    ids=["corrigendum", "revision", "addendum to a revision", "information document", "amendment"],
)
def test_the_last_part_of_a_symbol_names_the_parent(symbol: str, change: str, parent: str) -> None:
    assert stated_change(symbol) == StatedChange(change, parent)


@pytest.mark.parametrize("symbol", ["CTOC/COP/2020/3", "MC-3/11", "no symbol", ""])
def test_other_symbols_state_nothing(symbol: str) -> None:
    assert stated_change(symbol) is None
