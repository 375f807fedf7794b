"""Dates, ranges and numbers in six languages. The expected strings show a no-break space as `~`."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.core.dates import format_date, format_date_range, format_number
from cms.core.languages import LANGUAGES

CODES = [entry.code for entry in LANGUAGES]
NBSP = "\u00a0"


def shown(text: str) -> str:
    """The text with its no-break spaces made visible."""
    return text.replace(NBSP, "~")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "1~July 2020"),
        ("fr", "1er~juillet 2020"),
        ("es", "1~de~julio de 2020"),
        ("ru", "1~июля 2020~года"),
        ("ar", "1~تموز/يوليه 2020"),
        ("zh-hans", "2020年7月1日"),
        ("zh", "2020年7月1日"),
    ],
)
def test_date_in_full(language: str, expected: str) -> None:
    assert shown(format_date(date(2020, 7, 1), language)) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "12–16~October 2020"),
        ("fr", "12–16~octobre 2020"),
        ("es", "12 a 16~de~octubre de 2020"),
        ("ru", "12–16~октября 2020~года"),
        ("ar", "12–16~تشرين الأول/أكتوبر 2020"),
        ("zh-hans", "2020年10月12日至16日"),
    ],
)
def test_range_in_one_month_names_the_month_once(language: str, expected: str) -> None:
    assert shown(format_date_range(date(2020, 10, 12), date(2020, 10, 16), language)) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "28~September–2~October 2020"),
        ("fr", "28~septembre – 2~octobre 2020"),
        ("es", "28~de~septiembre a 2~de~octubre de 2020"),
        ("ru", "28~сентября – 2~октября 2020~года"),
        ("ar", "28~أيلول/سبتمبر – 2~تشرين الأول/أكتوبر 2020"),
        ("zh-hans", "2020年9月28日至10月2日"),
    ],
)
def test_range_over_months_names_the_year_once(language: str, expected: str) -> None:
    assert shown(format_date_range(date(2020, 9, 28), date(2020, 10, 2), language)) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "30~December 2019–3~January 2020"),
        ("fr", "30~décembre 2019 – 3~janvier 2020"),
        ("es", "30~de~diciembre de 2019 a 3~de~enero de 2020"),
        ("ru", "30~декабря 2019~года – 3~января 2020~года"),
        ("ar", "30~كانون الأول/ديسمبر 2019 – 3~كانون الثاني/يناير 2020"),
        ("zh-hans", "2019年12月30日至2020年1月3日"),
    ],
)
def test_range_over_years_names_both(language: str, expected: str) -> None:
    assert shown(format_date_range(date(2019, 12, 30), date(2020, 1, 3), language)) == expected


def test_same_month_of_two_years_is_no_single_month() -> None:
    assert shown(format_date_range(date(2019, 5, 2), date(2020, 5, 4), "en")) == "2~May 2019–4~May 2020"
    assert format_date_range(date(2019, 5, 2), date(2020, 5, 4), "zh") == "2019年5月2日至2020年5月4日"


def test_french_first_of_the_month_is_an_ordinal_only_where_it_stands() -> None:
    assert shown(format_date_range(date(2020, 10, 1), date(2020, 10, 11), "fr")) == "1er–11~octobre 2020"
    assert shown(format_date_range(date(2020, 9, 30), date(2020, 10, 1), "fr")) == "30~septembre – 1er~octobre 2020"


@pytest.mark.parametrize("language", CODES)
def test_one_day_is_no_range(language: str) -> None:
    day = date(2020, 10, 12)
    assert format_date_range(day, day, language) == format_date_range(day, None, language) == format_date(day, language)


def test_reversed_range_is_read_in_order() -> None:
    assert shown(format_date_range(date(2020, 10, 16), date(2020, 10, 12), "en")) == "12–16~October 2020"


@pytest.mark.parametrize("language", CODES)
def test_every_month_has_a_name_of_its_own(language: str) -> None:
    assert len({format_date(date(2020, month, 5), language) for month in range(1, 13)}) == 12


@given(start=st.dates(date(1900, 1, 1), date(2100, 1, 1)), days=st.integers(1, 800), language=st.sampled_from(CODES))
def test_a_range_tells_its_last_day_and_never_parts_day_from_month(start: date, days: int, language: str) -> None:
    end = start + timedelta(days=days)
    text = format_date_range(start, end, language)
    assert str(end.year if start.year != end.year else start.year) in text
    assert str(end.day) in text or (end.day == 1 and "1er" in text)
    assert not text.split(" ")[-1].startswith(NBSP)
    if start.year != end.year:
        assert str(start.year) in text


@pytest.mark.parametrize(
    ("language", "thousands", "four"),
    [
        ("en", "350,000", "4,212"),
        ("fr", "350\u202f000", "4\u202f212"),
        ("es", "350~000", "4212"),
        ("ru", "350~000", "4212"),
        ("ar", "350,000", "4,212"),
        ("zh-hans", "350,000", "4,212"),
    ],
)
def test_thousands(language: str, thousands: str, four: str) -> None:
    assert shown(format_number(350_000, language)) == thousands
    assert shown(format_number(4212, language)) == four
    assert format_number(7, language) == "7"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(LookupError):
        format_date(date(2020, 7, 1), "de")
