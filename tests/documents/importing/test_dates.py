"""Dates and ranges are read in six languages, and never wrongly."""

import time
from datetime import date

import pytest

from documents.importing.dates import find_dates, parse_date, parse_range

MAY_12 = date(2031, 5, 12)


@pytest.mark.parametrize(
    "text",
    [
        "12 May 2031",
        "May 12, 2031",
        "12th May 2031",
        "12 mai 2031",
        "12 de mayo de 2031",
        "12 мая 2031 года",
        "12 мая 2031 г.",
        "2031年5月12日",
        "二〇三一年五月十二日",
        "12 أيار/مايو 2031",
        "١٢ مايو ٢٠٣١",
        "2031-05-12",
        "12.05.2031",
    ],
)
def test_one_day(text: str) -> None:
    assert parse_date(text) == MAY_12


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("12–16 May 2031", (5, 12), (5, 16)),
        ("from 12 to 16 May 2031", (5, 12), (5, 16)),
        ("May 12-16, 2031", (5, 12), (5, 16)),
        ("29 May–1 June 2031", (5, 29), (6, 1)),
        ("12, 13 and 14 May 2031", (5, 12), (5, 14)),
        ("du 29 mai au 1er juin 2031", (5, 29), (6, 1)),
        ("12 a 16 de mayo de 2031", (5, 12), (5, 16)),
        ("с 12 по 16 мая 2031 года", (5, 12), (5, 16)),
        ("29 мая — 1 июня 2031 года", (5, 29), (6, 1)),
        ("2031年5月29日至6月1日", (5, 29), (6, 1)),
        ("من 12 إلى 16 أيار/مايو 2031", (5, 12), (5, 16)),
    ],
)
def test_ranges(text: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    assert parse_range(text) == (date(2031, *first), date(2031, *last))


def test_a_range_over_the_new_year() -> None:
    assert parse_range("30 ноября 2031 года – 2 января 2032 года") == (date(2031, 11, 30), date(2032, 1, 2))


@pytest.mark.parametrize(
    "text",
    [
        "31 February 2031",
        "9 June6 2025",
        "2 June 19kd",
        "12 May",
        "May 2031",
        "paragraph 12 of 2031",
        "12 Mayo Street 2031",
    ],
)
def test_what_is_no_whole_date_gives_none(text: str) -> None:
    assert parse_date(text) is None


def test_a_sentence_gives_all_its_dates() -> None:
    text = "Доклады за 9–11 октября 2029 года и 13 июля\n2030 года"
    assert [(found.first, found.last) for found in find_dates(text)] == [
        (date(2029, 10, 9), date(2029, 10, 11)),
        (date(2030, 7, 13), None),
    ]


@pytest.mark.parametrize("text", ["1, " * 30_000, "12 May 2020 to " * 3_000, "二〇二〇年" * 20_000, "0" * 100_000])
def test_hostile_text_is_fast(text: str) -> None:
    started = time.process_time()
    find_dates(text)
    assert time.process_time() - started < 8
