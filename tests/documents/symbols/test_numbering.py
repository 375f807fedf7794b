"""What follows from a symbol: what it changes, its series, the next number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.symbols.numbering import change_of, next_number, numbered, parent_of, prefix_of, series_of
from documents.symbols.parts import parse_symbol


@pytest.mark.parametrize(
    ("symbol", "parent", "change"),
    [
        ("A/48/L.2/Rev.1/Add.2", "A/48/L.2/Rev.1", "Add"),
        ("A/48/L.2/Rev.1", "A/48/L.2", "Rev"),
        ("CTOC/COP/2020/3/Corr.1", "CTOC/COP/2020/3", "Corr"),
        ("E/ICEF/672 (Part II)/Add.1", "E/ICEF/672 (Part II)", "Add"),
        ("WIPO/GRTKF/IC/47/1 PROV. 2", "WIPO/GRTKF/IC/47/1", "Prov"),
        ("A/48/L.2", None, ""),
    ],
)
def test_the_document_that_a_change_belongs_to(symbol: str, parent: str | None, change: str) -> None:
    parts = parse_symbol(symbol)
    found = parent_of(parts)
    assert (found.canonical if found else None, change_of(parts)) == (parent, change)
    assert found is None or parse_symbol(found.canonical) == found


@pytest.mark.parametrize(
    ("symbol", "prefix", "seventh"),
    [
        ("CTOC/COP/2020/3/Add.1", "CTOC/COP/2020/", "CTOC/COP/2020/7"),
        ("A/C.3/79/L.12", "A/C.3/79/L.", "A/C.3/79/L.7"),
        ("MC-3/11", "MC-3/", "MC-3/7"),
        ("UNEP/MC/COP.6/INF/29", "UNEP/MC/COP.6/INF/", "UNEP/MC/COP.6/INF/7"),
        ("KP/2017/Plenary/AD 3", "KP/2017/Plenary/AD ", "KP/2017/Plenary/AD 7"),
    ],
)
def test_series(symbol: str, prefix: str, seventh: str) -> None:
    series = series_of(parse_symbol(symbol))
    assert prefix_of(series) == prefix
    assert numbered(series, 7).canonical == seventh
    assert series_of(numbered(series, 7)) == series


def test_the_next_number_counts_its_own_series_alone() -> None:
    series = series_of(parse_symbol("CTOC/COP/2020/1"))
    symbols = ["CTOC/COP/2020/3", "CTOC/COP/2020/L.77", "CTOC/COP/2020/INF/30", "not one", "CTOC/COP/2022/40"]
    assert next_number(series, []) == 1
    assert next_number(series, symbols) == 4
    assert next_number(series, [*symbols, "CTOC/COP/2020/10/Add.1", "СТОС/СОР/2020/9"]) == 11


def test_the_next_number_of_a_series_with_two_parts() -> None:
    series = series_of(parse_symbol("TEST/4", frozenset({"TEST"})))
    assert numbered(series, next_number(series, ["TEST/4", "TEST/9"])).canonical == "TEST/10"


@given(st.sets(st.integers(1, 500)))
def test_the_next_number_is_free(numbers: set[int]) -> None:
    series = series_of(parse_symbol("A/C.3/79/L.1"))
    taken = {numbered(series, one).canonical for one in numbers}
    assert numbered(series, next_number(series, taken)).canonical not in taken
