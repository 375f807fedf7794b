"""A symbol is taken apart into its parts and put together again, in the families of many secretariats."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.symbols.parts import SymbolParts, parse_symbol, parse_symbols

# Symbol, and its body, session, section, nature, number, part, change.
FAMILIES = [
    ("CTOC/COP/WG.4/2019/6", ("CTOC/COP/WG.4", "2019", "", "", "6", "", "")),
    ("CTOC/COP/RES/9/1", ("CTOC/COP", "9", "", "RES", "1", "", "")),
    ("UNEP/MC/COP.6/INF/29", ("UNEP/MC/COP", "6", "", "INF", "29", "", "")),
    ("UNEP/CHW.17/22", ("UNEP/CHW", "17", "", "", "22", "", "")),
    ("UNEP/FAO/RC/COP.12/INF/3/Rev.1", ("UNEP/FAO/RC/COP", "12", "", "INF", "3", "", "Rev.1")),
    ("UNEP/POPS/POPRC.19/7/Add.1-3", ("UNEP/POPS/POPRC", "19", "", "", "7", "", "Add.1-3")),
    ("UNEP/OzL.Conv.12(II)/9", ("UNEP/OzL.Conv", "12(II)", "", "", "9", "", "")),
    ("MC-3/11", ("MC", "3", "", "", "11", "", "")),
    ("KP/2017/Plenary/Administrative Decision 1", ("KP", "2017", "Plenary", "Administrative Decision", "1", "", "")),
    ("KP/2022/Plenary/AD 3", ("KP", "2022", "Plenary", "AD", "3", "", "")),
    ("CCM/CONF/2020/WP.1", ("CCM/CONF", "2020", "", "WP", "1", "", "")),
    ("CCM/MSP/2014/6", ("CCM/MSP", "2014", "", "", "6", "", "")),
    ("APLC/MSP.14/2015/1", ("APLC/MSP.14", "2015", "", "", "1", "", "")),
    ("TPNW/MSP/2025/11/Rev.1", ("TPNW/MSP", "2025", "", "", "11", "", "Rev.1")),
    ("ITU-T E.119 (04/2017)", ("ITU-T", "04/2017", "", "", "E.119", "", "")),
    ("ITU-R BO.600-1", ("ITU-R", "", "", "", "BO.600-1", "", "")),
    ("A/C.3/79/L.12", ("A/C.3", "79", "", "L", "12", "", "")),
    ("A/RES/48/161", ("A", "48", "", "RES", "161", "", "")),
    ("A/RES/44/192 B", ("A", "44", "", "RES", "192", "B", "")),
    ("A/RES/1874 (S-IV)", ("A", "S-IV", "", "RES", "1874", "", "")),
    ("A/ES-10/1029", ("A", "ES-10", "", "", "1029", "", "")),
    ("A/79/876", ("A", "79", "", "", "876", "", "")),
    ("A/80/6 (Sect. 1)/Corr.1", ("A", "80", "", "", "6", "Sect. 1", "Corr.1")),
    ("A/CONF.230/2025/L.2/Rev.1/Add.2", ("A/CONF.230", "2025", "", "L", "2", "", "Rev.1/Add.2")),
    ("A/HRC/WG.6/7/ITA/1", ("A/HRC/WG.6", "7", "ITA", "", "1", "", "")),
    ("S/RES/2770 (2025)", ("S", "2025", "", "RES", "2770", "", "")),
    ("S/PRST/2025/3", ("S", "2025", "", "PRST", "3", "", "")),
    ("S/23501", ("S", "", "", "", "23501", "", "")),
    ("E/CN.4/149", ("E/CN.4", "", "", "", "149", "", "")),
    ("E/ICEF/672 (Part II)/Add.1", ("E/ICEF", "", "", "", "672", "Part II", "Add.1")),
    ("CEDAW/C/CAF/CO/6", ("CEDAW/C/CAF", "", "", "CO", "6", "", "")),
    ("ICCD/COP(8)/CST/INF.1", ("ICCD/COP", "8", "CST", "INF", "1", "", "")),
    ("NPT/CONF.2020/PC.I/1", ("NPT/CONF", "2020", "PC.I", "", "1", "", "")),
    ("WIPO/GRTKF/IC/47/1 PROV. 2", ("WIPO/GRTKF/IC", "47", "", "", "1", "", "PROV. 2")),
    ("A/RES/217 (III) A", ("A", "III", "", "RES", "217", "A", "")),
    ("A/CONF.151/26/Rev.1 (Vol. I)", ("A/CONF.151", "", "", "", "26", "Vol. I", "Rev.1")),
    ("A/HRC/WGAD/2022/45", ("A/HRC/WGAD", "2022", "", "", "45", "", "")),
    ("A/CN.9/WG.II/WP.227", ("A/CN.9/WG.II", "", "", "WP", "227", "", "")),
    ("S/PV.9500 (Resumption 1)", ("S", "", "", "PV", "9500", "Resumption 1", "")),
    ("CCPR/C/130/D/2728/2016", ("CCPR/C", "130", "", "D", "2728/2016", "", "")),
    ("ST/SG/AC.10/1/Rev.23 (Vol. I)", ("ST/SG/AC.10", "", "", "", "1", "Vol. I", "Rev.23")),
    ("ECE/TRANS/WP.29/2023/45", ("ECE/TRANS/WP.29", "2023", "", "", "45", "", "")),
    ("FCCC/CP/2023/11/Add.1", ("FCCC/CP", "2023", "", "", "11", "", "Add.1")),
    ("CBD/COP/DEC/15/4", ("CBD/COP", "15", "", "DEC", "4", "", "")),
    ("ISBA/27/C/21/Add.1", ("ISBA", "27", "C", "", "21", "", "Add.1")),
    ("HSP/HA.2/4", ("HSP/HA", "2", "", "", "4", "", "")),
    ("UNEP/EA.5/L.8/Rev.1", ("UNEP/EA", "5", "", "L", "8", "", "Rev.1")),
    ("UNEP/CMS/Resolution 12.20", ("UNEP/CMS", "", "", "Resolution", "12.20", "", "")),
    ("TD/541/Add.2", ("TD", "", "", "", "541", "", "Add.2")),
    ("TD/B/EX(74)/2", ("TD/B/EX", "74", "", "", "2", "", "")),
    ("TD/B(S-XXVIII)/2", ("TD/B", "S-XXVIII", "", "", "2", "", "")),
    ("DP/FPA/CPD/KEN/9", ("DP/FPA/CPD/KEN", "", "", "", "9", "", "")),
    ("IDB.50/12", ("IDB", "50", "", "", "12", "", "")),
    ("GC(63)/RES/10", ("GC", "63", "", "RES", "10", "", "")),
    ("GOV/2023/57", ("GOV", "2023", "", "", "57", "", "")),
    ("A76/33", ("A", "76", "", "", "33", "", "")),
    ("EB152/29", ("EB", "152", "", "", "29", "", "")),
    ("EB150/CONF./3 Rev.1", ("EB", "150", "CONF.", "", "3", "", "Rev.1")),
    ("MEPC 80/17/Add.1", ("MEPC", "80", "", "", "17", "", "Add.1")),
    ("MSC.1/Circ.1638", ("MSC.1", "", "", "Circ", "1638", "", "")),
    ("MC.DEC/3/19", ("MC", "19", "", "DEC", "3", "", "")),
    ("PC.JOUR/1296", ("PC", "", "", "JOUR", "1296", "", "")),
    ("PC.DEL/1819/20/Rev.2", ("PC", "20", "", "DEL", "1819", "", "Rev.2")),
    ("G/TBT/N/USA/2001", ("G/TBT/N/USA", "", "", "", "2001", "", "")),
    ("WO/GA/49/21", ("WO/GA", "49", "", "", "21", "", "")),
    ("A/48/L.21/Rev.1/Amend.1/Corr.2", ("A", "48", "", "L", "21", "", "Rev.1/Amend.1/Corr.2")),
]


def _values(parts: SymbolParts) -> tuple[str, ...]:
    return parts.body, parts.session, parts.section, parts.nature, parts.sequence, parts.part, parts.modification


@pytest.mark.parametrize(("symbol", "values"), FAMILIES, ids=[symbol for symbol, _values in FAMILIES])
def test_parts_of_a_symbol_and_the_symbol_of_its_parts(symbol: str, values: tuple[str, ...]) -> None:
    parts = parse_symbol(symbol)
    assert _values(parts) == values
    assert parts.canonical == symbol


def test_two_symbols_in_one_masthead() -> None:
    assert [(one.body, one.session, one.sequence) for one in parse_symbols("A/79/876–S/2025/230")] == [
        ("A", "79", "876"),
        ("S", "2025", "230"),
    ]
    assert parse_symbols("МК-3/11") == (parse_symbol("MC-3/11"),)


@pytest.mark.parametrize("printed", ["МК-3/11", "МК‑3/11", "ا م - 3/11", "MC-3/11"])
def test_a_decision_printed_with_local_letters_is_that_of_its_series(printed: str) -> None:
    assert parse_symbol(printed).canonical == "MC-3/11"


number = st.integers(1, 9999).map(str)
session = st.one_of(
    st.integers(1, 120).map(str),
    st.integers(1946, 2030).map(str),
    st.sampled_from(["S-30", "ES-11", "IX", "S-IV"]),
)
body = st.lists(st.sampled_from(["COP", "WG.4", "C.3", "CONF.230", "AC.109", "TRADE", "HRC", "Sub.2"]), max_size=3).map(
    lambda bodies: "/".join(["A", *bodies])
)
nature = st.sampled_from(["L", "INF", "WP", "CRP", "SR", "PV"])
change = st.tuples(st.sampled_from(["Add", "Corr", "Rev", "Amend"]), st.integers(1, 30)).map(
    lambda change: f"{change[0]}.{change[1]}"
)
plain = st.builds(SymbolParts, body=body, session=session, sequence=number, form=st.just("{body}/{session}/{sequence}"))
FORMS = st.one_of(
    plain,
    st.builds(
        lambda parts, nature: replace(parts, nature=nature, form="{body}/{session}/{nature}.{sequence}"), plain, nature
    ),
    st.builds(
        lambda parts, nature: replace(parts, nature=nature, form="{body}/{session}/{nature}/{sequence}"), plain, nature
    ),
    st.builds(
        lambda parts, nature: replace(parts, nature=nature, form="{body}/{nature}/{session}/{sequence}"),
        plain,
        st.sampled_from(["RES", "DEC"]),
    ),
    st.builds(
        lambda parts, country: replace(parts, section=country, form="{body}/{session}/{section}/{sequence}"),
        plain,
        st.sampled_from(["ITA", "FRA"]),
    ),
    st.builds(
        lambda parts, name, meeting: replace(
            parts, body=f"UNEP/{name}", session=str(meeting), form="{body}.{session}/{sequence}"
        ),
        plain,
        st.sampled_from(["MC/COP", "CHW", "OzL.Pro", "EA"]),
        st.integers(1, 30),
    ),
    st.builds(
        lambda parts, year: replace(
            parts, body="S", nature="RES", session=str(year), form="{body}/{nature}/{sequence} ({session})"
        ),
        plain,
        st.integers(1946, 2030),
    ),
    st.builds(
        lambda parts, meeting: replace(
            parts, body="MC", session=str(meeting), sequence="7", form="{body}-{session}/{sequence}"
        ),
        plain,
        st.integers(1, 30),
    ),
)


@given(FORMS)
def test_taking_apart_what_was_put_together_gives_the_same_parts(parts: SymbolParts) -> None:
    assert parse_symbol(parts.canonical) == parts


@given(FORMS.filter(lambda parts: parts.body != "MC"), st.lists(change, min_size=1, max_size=3))
def test_changes_are_taken_apart_and_put_together(parts: SymbolParts, changes: list[str]) -> None:
    changed = replace(parts, modification="/".join(changes), form=parts.form + "/{modification}")
    assert parse_symbol(changed.canonical) == changed


@given(FORMS, st.sampled_from(["Part I", "Vol. II", "Introduction"]))
def test_brackets_are_taken_apart_and_put_together(parts: SymbolParts, bracket: str) -> None:
    if parts.body == "MC" or "({session})" in parts.form:
        return
    changed = replace(parts, part=bracket, form=parts.form + " ({part})")
    assert parse_symbol(changed.canonical) == changed


@given(st.sampled_from([symbol for symbol, _values in FAMILIES]), st.sampled_from(["", " ", "*", "**"]))
def test_putting_together_what_was_taken_apart_gives_the_canonical_form(symbol: str, around: str) -> None:
    assert parse_symbol(around.strip("*") + symbol + around).canonical == symbol
