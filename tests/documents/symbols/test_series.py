"""Decisions are printed with the letters of each language, and read back from them."""

import pytest

from documents.symbols.parts import parse_symbol
from documents.symbols.series import DecisionSeries, format_in, series_table


@pytest.mark.parametrize(
    ("symbol", "language", "printed"),
    [
        ("MC-3/11", "ru", "МК-3/11"),
        ("БК‑17/22", "ru", "БК-17/22"),
        ("SC-12/23", "ar", "ا س-12/23"),
        ("РК-12/9", "fr", "RC-12/9"),
        ("МК-3/11", "zh-hans", "MC-3/11"),
        ("CTOC/COP/2020/3", "ru", "CTOC/COP/2020/3"),
    ],
)
def test_a_decision_is_printed_with_the_letters_of_the_language(symbol: str, language: str, printed: str) -> None:
    assert format_in(symbol, language) == printed
    assert parse_symbol(printed) == parse_symbol(symbol)


def test_an_editable_table_replaces_the_letters() -> None:
    table = series_table([DecisionSeries("VC", "Vienna Convention", {"ru": ("ВК", "ВEК")})])
    assert format_in("VC-9/2", "ru", table) == "ВК-9/2"
    assert format_in("МК-3/11", "ru", table) == "МК-3/11"
