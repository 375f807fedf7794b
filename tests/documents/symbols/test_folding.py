"""A symbol is found however it was printed or typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.symbols.folding import fold_lookalikes, loose_key, symbol_key, symbol_order


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("CTOC/COP/WG.4/2019/6", "CTOC/COP/WG.4/2019/6"),
        ("СТОС/СОР/WG.4/2019/6", "CTOC/COP/WG.4/2019/6"),
        ("ctoc/cop/wg.4/2019/6*", "CTOC/COP/WG.4/2019/6"),
        ("CTOC / COP / WG. 4/2019/6", "CTOC/COP/WG.4/2019/6"),
        ("БК‑17/22", "БK-17/22"),
        ("A/79/876–S/2025/230", "A/79/876-S/2025/230"),
        ("S/RES/2770 (2025)", "S/RES/2770(2025)"),
        ("S/RES/2770_(2025)", "S/RES/2770(2025)"),
        ("E/ICEF/672(Part I)", "E/ICEF/672(PARTI)"),
        ("Ａ／ＲＥＳ／７０／１", "A/RES/70/1"),
        ("A/RES/٧٠/١", "A/RES/70/1"),
        ("\u200eA/RES/70/1\u200f**", "A/RES/70/1"),
        ("", ""),
    ],
)
def test_symbol_key(printed: str, key: str) -> None:
    assert symbol_key(printed) == key


@given(st.text(max_size=60))
def test_folding_a_key_again_changes_nothing(text: str) -> None:
    key = symbol_key(text)
    assert symbol_key(key) == key


@given(st.text(max_size=60))
def test_an_address_with_underscores_has_the_key_of_the_symbol(text: str) -> None:
    assert symbol_key(text.replace(" ", "_")) == symbol_key(text)


@pytest.mark.parametrize("typed", ["ctoc cop wg4 2019 6", "СТОС/СОР/WG.4/2019/6", "CTOC-COP-WG.4-2019-6"])
def test_loose_key_joins_what_people_type(typed: str) -> None:
    assert loose_key(typed) == loose_key("CTOC/COP/WG.4/2019/6")


def test_lookalikes_keep_their_case() -> None:
    assert fold_lookalikes("СОР.6/Рeport") == "COP.6/Peport"


def test_figures_of_symbols_count_as_numbers_in_their_order() -> None:
    symbols = ["CTOC/COP/WG.10/2019/5", "CTOC/COP/2020/10", "СТОС/СОР/WG.2/2020/3", "CTOC/COP/2020/3", "A/51", "1/2"]
    assert sorted(symbols, key=symbol_order) == [
        "1/2",
        "A/51",
        "CTOC/COP/2020/3",
        "CTOC/COP/2020/10",
        "СТОС/СОР/WG.2/2020/3",
        "CTOC/COP/WG.10/2019/5",
    ]
