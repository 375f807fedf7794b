"""A string that is no symbol says why."""

import pytest

from documents.symbols.grammar import canonical_form, split_joint
from documents.symbols.parts import parse_symbol
from documents.symbols.reasons import NotASymbol


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
        ("СССР/1970", "the oldest series only"),
        ("E/2025", "without a number"),
        ("ISO/IEC/17025", "standards or laws"),
        ("A/48/what is this/1", "no part of a symbol"),
        ("A/79/876-S/2025/230", "two symbols in one: A/79/876, S/2025/230"),
    ],
)
def test_says_why_a_string_is_no_symbol(text: str, reason: str) -> None:
    with pytest.raises(NotASymbol, match=reason):
        parse_symbol(text)


def test_an_unknown_series_in_another_alphabet_is_no_symbol_unless_it_is_made_known() -> None:
    with pytest.raises(NotASymbol, match="no known series"):
        parse_symbol("ХОР/2030/4")
    assert parse_symbol("ХОР/2030/4", frozenset({"XOP"})).canonical == "XOP/2030/4"


def test_a_series_made_known_may_have_two_parts() -> None:
    with pytest.raises(NotASymbol, match="the oldest series only"):
        parse_symbol("TEST/4")
    assert parse_symbol("TEST/4", frozenset({"TEST"})).sequence == "4"


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


def test_a_joint_document_has_two_symbols() -> None:
    assert split_joint("A/79/876-S/2025/230") == ["A/79/876", "S/2025/230"]
    assert split_joint("DP-FPA/2025/1") == ["DP-FPA/2025/1"]
