"""Symbols and decisions are found in text of six languages, and what only looks like one is not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.symbols.finding import find_symbols
from documents.symbols.series import DecisionSeries, series_table


def canonical(text: str, language: str = "") -> list[str]:
    return [found.canonical for found in find_symbols(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("contained in document UNEP/MC/COP.6/INF/29.", ["UNEP/MC/COP.6/INF/29"]),
        ("доклад (СТОС/СОР/WG.4/2019/6 и СТОС/СОР/WG.4/2020/4)", ["CTOC/COP/WG.4/2019/6", "CTOC/COP/WG.4/2020/4"]),
        ("voir A/42/521-S/19085, annexe", ["A/42/521-S/19085"]),
        ("la resolución S/RES/2770 (2025), de 24 de enero", ["S/RES/2770 (2025)"]),
        ("载于文件A/CN.9/1173和Add.1。", ["A/CN.9/1173", "A/CN.9/1173/Add.1"]),
        ("في الوثيقة A/HRC/54/77، الفقرة 87", ["A/HRC/54/77"]),
        ("see A/48/826, Add.1 and Add.2", ["A/48/826", "A/48/826/Add.1", "A/48/826/Add.2"]),
        ("resolutions A/RES/44/192 B, of 21 December", ["A/RES/44/192 B"]),
        ("E/ICEF/672 (Part I) and S/23501", ["E/ICEF/672 (Part I)", "S/23501"]),
        ("ICCD/COP(8)/CST/INF.1", ["ICCD/COP(8)/CST/INF.1"]),
        ("решением КР/2017/Plenary/Administrative Decision 1, принятым", ["KP/2017/Plenary/Administrative Decision 1"]),
        ("Рекомендация МСЭ-T E.119 (04/2017)", ["ITU-T E.119 (04/2017)"]),
        ("E/2025/26*-E/CN.5/2025/6*", ["E/2025/26", "E/CN.5/2025/6"]),
        ("в документе UNEP/OzL.Pro.33/1 и UNEP/OzL.Conv.12(II)/9", ["UNEP/OzL.Pro.33/1", "UNEP/OzL.Conv.12(II)/9"]),
        ("WIPO/GRTKF/IC/47/1 PROV. 2", ["WIPO/GRTKF/IC/47/1 PROV. 2"]),
        ("approved (KP/2022/Plenary/AD 3).", ["KP/2022/Plenary/AD 3"]),
        ("see INFCIRC/1072", ["INFCIRC/1072"]),
        ("A/AC.237/18 (Part II)/Add.1 and Corr.1", ["A/AC.237/18 (Part II)/Add.1", "A/AC.237/18 (Part II)/Corr.1"]),
        ("resolution A/RES/217 (III) A, of 1948", ["A/RES/217 (III) A"]),
        ("as noted in document EB152/29 and in A76/33 Rev.1.", ["EB152/29", "A76/33 Rev.1"]),
        ("resolution GC(62)/RES/6 (see GC(63)/21)", ["GC(62)/RES/6", "GC(63)/21"]),
        ("set out in MEPC 80/17/Add.1 and MSC.1/Circ.1638", ["MEPC 80/17/Add.1", "MSC.1/Circ.1638"]),
        ("Decision MC.DEC/3/19 (PC.JOUR/1296)", ["MC.DEC/3/19", "PC.JOUR/1296"]),
        ("UNEP/CMS/Resolution 12.20, annex", ["UNEP/CMS/Resolution 12.20"]),
        ("在第BC-14/1号决定中", ["BC-14/1"]),
    ],
)
def test_finds_symbols(text: str, expected: list[str]) -> None:
    assert canonical(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "СССР/1970",
        "и/или, МОМ/УВКБ",
        "UN/CEFACT and UN/LOCODE",
        "15/07/2020",
        "1/2 of the 24/7 service",
        "E/2025",
        "https://www.itu.int/ITU-T/2020/1 and user@a/1/2.org",
        "Regulation EU/2016/679",
        "ISO/IEC/17025",
        "km/h, HIV/AIDS",
        "Закон № 22.015",
        "S/Закон/5",
        "+41 22 917 12 34/56",
        "COM/2002/0455 and L 119/1",
        "C:/Users/A/1 or /var/log/A/2020/1",
        "TCP/IP, TLS/SSL 1.2, AC/DC 12",
        "A4/2, F/A-18, PM2.5/PM10, Q1/2020",
        "the 2019/20 season, 24/7 and w/o 3/4",
        "MC.DECAY/3 and III 2/3",
    ],
)
def test_finds_nothing_in_what_only_looks_like_a_symbol(text: str) -> None:
    assert canonical(text) == []


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("В решениях МК-3/11, МК-4/9 и БК‑17/22", "ru", ["MC-3/11", "MC-4/9", "BC-17/22"]),
        ("РК-12/9 и СК-12/23, соответственно", "ru", ["RC-12/9", "SC-12/23"]),
        ("المقرر ا ب - 14/12", "ar", ["BC-14/12"]),
        ("decision MC-3/11, see also SC-12/23.", "en", ["MC-3/11", "SC-12/23"]),
        ("МК-3/11", "en", []),
        ("ТМК-3/11 и МК-3/11/2", "ru", []),
    ],
)
def test_finds_decisions_by_the_letters_of_their_series(text: str, language: str, expected: list[str]) -> None:
    assert canonical(text, language) == expected


def test_a_caller_may_bring_another_series_table() -> None:
    table = series_table([DecisionSeries("VC", "Vienna Convention", {"ru": ("ВК",)})], "ru")
    assert [found.canonical for found in find_symbols("решение ВК-9/2 и МК-3/11", "ru", table)] == ["VC-9/2"]


def test_what_is_printed_stays_as_printed() -> None:
    text = "доклад СТОС/СОР/WG.4/2019/6."
    (found,) = find_symbols(text)
    assert text[found.start : found.end] == found.printed == "СТОС/СОР/WG.4/2019/6"
    assert found.key == "CTOC/COP/WG.4/2019/6"


@given(st.text(alphabet="AСТS/.12 ()-–ab,*", max_size=80))
def test_finds_lie_in_order_and_print_what_stands_there(text: str) -> None:
    last = 0
    for found in find_symbols(text):
        assert last <= found.start < found.end
        assert text[found.start : found.end] == found.printed
        last = found.end


@pytest.mark.parametrize("text", ["A/" * 50_000, "A/1/2 and Add.1, " * 3_000, "СТОС" * 50_000, "/" * 100_000])
def test_hostile_text_is_fast(text: str) -> None:
    started = time.process_time()
    find_symbols(text)
    assert time.process_time() - started < 8
