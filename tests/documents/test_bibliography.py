"""Citations for reference managers: what BibTeX and RIS say of a document."""

import re
from dataclasses import replace
from datetime import date

import pytest

from documents.bibliography import Reference, bibtex, ris

REPORT = Reference(
    key="CTOC-COP-2020-3",
    title="Доклады рабочих групп",
    language="ru",
    author="Конференция участников",
    institution="Процесс",
    kind="Записка",
    symbol="CTOC/COP/2020/3",
    date=date(2020, 7, 1),
    url="https://example.org/documents/CTOC/COP/2020/3",
)


def test_bibtex() -> None:
    assert bibtex(REPORT) == (
        "@techreport{CTOC-COP-2020-3,\n"
        "  author = {{Конференция участников}},\n"
        "  title = {{Доклады рабочих групп}},\n"
        "  institution = {{Процесс}},\n"
        "  type = {Записка},\n"
        "  number = {CTOC/COP/2020/3},\n"
        "  year = {2020},\n"
        "  month = jul,\n"
        "  day = {1},\n"
        "  language = {ru},\n"
        "  url = {https://example.org/documents/CTOC/COP/2020/3},\n"
        "}\n"
    )


def test_ris() -> None:
    assert ris(REPORT).split("\r\n") == [
        "TY  - RPRT",
        "TI  - Доклады рабочих групп",
        "AU  - Конференция участников,",
        "PB  - Процесс",
        "M3  - Записка",
        "SN  - CTOC/COP/2020/3",
        "PY  - 2020",
        "DA  - 2020/07/01",
        "LA  - ru",
        "UR  - https://example.org/documents/CTOC/COP/2020/3",
        "ER  - ",
        "",
    ]


def test_what_is_not_known_is_left_out() -> None:
    bare = replace(REPORT, symbol="", date=None)
    assert not re.search(r"number|year|month|day", bibtex(bare))
    assert not re.search(r"^(SN|PY|DA)", ris(bare), re.MULTILINE)


@pytest.mark.parametrize(
    ("title", "escaped"),
    [
        ("Costs: 5 % & $3 #1_a", r"Costs: 5 \% \& \$3 \#1\_a"),
        ("} , author = {evil", r"\textbraceright{} , author = \textbraceleft{}evil"),
        (r"\input{/etc/passwd}", r"\textbackslash{}input\textbraceleft{}/etc/passwd\textbraceright{}"),
        ("a~b^c", r"a\textasciitilde{}b\textasciicircum{}c"),
        ("two\nlines\r\nand\tmore\x00", "two lines and more"),
    ],
    ids=["signs", "braces", "command", "accents", "lines"],
)
def test_no_title_breaks_out_of_bibtex(title: str, escaped: str) -> None:
    entry = bibtex(replace(REPORT, title=title))
    assert f"  title = {{{{{escaped}}}}},\n" in entry
    assert entry.count("{") == entry.count("}")
    assert len(entry.splitlines()) == len(bibtex(REPORT).splitlines())


@pytest.mark.parametrize("title", ["a\nER  - \nTY  - BOOK", "a\r\nER  - ", "a\u2028ER  - "], ids=["n", "rn", "u2028"])
def test_no_title_makes_a_record_of_its_own_in_ris(title: str) -> None:
    record = ris(replace(REPORT, title=title))
    assert len(record.splitlines()) == len(ris(REPORT).splitlines())
    assert record.count("\r\nER  - \r\n") == 1
