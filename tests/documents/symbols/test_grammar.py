"""A symbol is taken apart into its parts, and a string that is none says why."""

import pytest

from documents.symbols.grammar import NotASymbol, SymbolParts, canonical_form, parse_symbol


@pytest.mark.parametrize(
    ("symbol", "parts"),
    [
        ("CTOC/COP/WG.4/2019/6", ("CTOC/COP/WG.4", "2019", "", "6", "")),
        ("A/CONF.230/2025/L.2/Rev.1/Add.2", ("A/CONF.230", "2025", "L", "2", "Rev.1/Add.2")),
        ("S/RES/2770 (2025)", ("S", "", "RES", "2770 (2025)", "")),
        ("A/RES/44/192 B", ("A", "44", "RES", "192 B", "")),
        ("UNEP/MC/COP.6/INF/29", ("UNEP/MC/COP.6", "", "INF", "29", "")),
        ("A/79/876", ("A", "79", "", "876", "")),
        ("MC-3/11", ("MC", "3", "", "11", "")),
        ("ITU-T E.119 (04/2017)", ("ITU-T", "04/2017", "", "E.119", "")),
    ],
)
def test_parts(symbol: str, parts: tuple[str, ...]) -> None:
    assert parse_symbol(symbol) == SymbolParts(canonical_form(symbol), *parts)


def test_a_decision_printed_with_local_letters_is_that_of_its_series() -> None:
    assert parse_symbol("МК-3/11") == parse_symbol("MC-3/11")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("Report", "no slash"),
        ("1/2", "begins with a digit"),
        ("A//1", "nothing between"),
        ("UN/CEFACT", "no number"),
        ("и/или/1", "capital letters"),
        ("СССР/ООН/1970", "no known series"),
        ("E/2025", "without a number"),
        ("ISO/IEC/17025", "standards or laws"),
        ("A/48/what is this/1", "no part of a symbol"),
    ],
)
def test_says_why_a_string_is_no_symbol(text: str, reason: str) -> None:
    with pytest.raises(NotASymbol, match=reason):
        parse_symbol(text)


def test_an_unknown_series_in_another_alphabet_is_no_symbol_unless_it_is_made_known() -> None:
    with pytest.raises(NotASymbol, match="no known series"):
        parse_symbol("ХОР/2030/4")
    assert parse_symbol("ХОР/2030/4", frozenset({"XOP"})).canonical == "XOP/2030/4"


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        ("СТОС/COP/2020/1*", "CTOC/COP/2020/1"),
        ("S/RES/2770(2025)", "S/RES/2770 (2025)"),
        ("A / RES / 70/1", "A/RES/70/1"),
        ("E/ICEF/672(Part I)", "E/ICEF/672(Part I)"),
    ],
)
def test_canonical_form(printed: str, canonical: str) -> None:
    assert canonical_form(printed) == canonical
