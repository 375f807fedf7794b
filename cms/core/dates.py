"""Dates, ranges of dates and whole numbers as official documents of each language print them.

Written out here rather than taken from a library of locales: the documents' forms differ from the everyday ones (Arabic
months under both of their names, "1er" in French, "года" after a Russian year), and a range keeps its month once.
Day and month are joined by a no-break space. Languages may be given by any code that `cms.core.languages` knows.
"""

from collections.abc import Callable
from datetime import date

from cms.core.languages import language as find_language

NBSP = "\u00a0"
EN_DASH = "–"  # also in Arabic: a hyphen between figures changes sides with the word before it, the dash does not

# fmt: off
MONTHS: dict[str, tuple[str, ...]] = {
    "en": ("January", "February", "March", "April", "May", "June",
           "July", "August", "September", "October", "November", "December"),
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin",
           "juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    "es": ("enero", "febrero", "marzo", "abril", "mayo", "junio",
           "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    "ru": ("января", "февраля", "марта", "апреля", "мая", "июня",
           "июля", "августа", "сентября", "октября", "ноября", "декабря"),
    "ar": ("كانون الثاني/يناير", "شباط/فبراير", "آذار/مارس", "نيسان/أبريل", "أيار/مايو", "حزيران/يونيه",
           "تموز/يوليه", "آب/أغسطس", "أيلول/سبتمبر", "تشرين الأول/أكتوبر", "تشرين الثاني/نوفمبر", "كانون الأول/ديسمبر"),
}
# fmt: on

# Between thousands. A space would turn the groups round in Arabic, so it takes the comma.
THOUSANDS = {"en": ",", "fr": "\u202f", "es": NBSP, "ru": NBSP, "ar": ",", "zh": ","}
# Four figures stay together in these languages: "4212", but "12 345".
FOUR_FIGURES_TOGETHER = {"es", "ru"}


def format_date(value: date, language: str) -> str:
    """Return a date in full: "1 July 2020", "1er juillet 2020", "2020年7月1日".

    Raises LookupError for a language that the site does not have.
    """
    code = find_language(language).short
    return f"{_day_month(value, code)}{_year(value, code)}"


def format_date_range(start: date, end: date | None, language: str) -> str:
    """Return a range of dates with what both ends share said once.

    No end, or an end on the same day, gives a single date; a reversed pair is read in the order of the calendar.
    Raises LookupError for a language that the site does not have.
    """
    if end is None or end == start:
        return format_date(start, language)
    start, end = sorted((start, end))
    return _RANGES[find_language(language).short](start, end)


def format_number(value: int, language: str) -> str:
    """Return a whole number with its thousands parted as the language does.

    Raises LookupError for a language that the site does not have.
    """
    code = find_language(language).short
    if code in FOUR_FIGURES_TOGETHER and abs(value) < 10_000:
        return str(value)
    return f"{value:,}".replace(",", THOUSANDS[code])


def _day(value: date, code: str) -> str:
    """Return the day of the month; the first is an ordinal in French."""
    return "1er" if code == "fr" and value.day == 1 else str(value.day)


def _day_month(value: date, code: str) -> str:
    """Return day and month without the year; for Chinese with it, since the year comes first there."""
    if code == "zh":
        return f"{value.year}年{value.month}月{value.day}日"
    of = f"de{NBSP}" if code == "es" else ""
    return f"{_day(value, code)}{NBSP}{of}{MONTHS[code][value.month - 1]}"


def _year(value: date, code: str) -> str:
    """Return what follows the month: the year with the words that belong to it."""
    forms = {"es": f" de {value.year}", "ru": f" {value.year}{NBSP}года", "zh": ""}
    return forms.get(code, f" {value.year}")


def _range_with(code: str, close: str, wide: str) -> Callable[[date, date], str]:
    """Return the function that writes ranges of a language whose year comes last.

    `close` stands between two days of one month, `wide` between two days that each name their month.
    """

    def write(start: date, end: date) -> str:
        last = format_date(end, code)
        if (start.year, start.month) == (end.year, end.month):
            return f"{_day(start, code)}{close}{last}"
        first = _day_month(start, code) if start.year == end.year else format_date(start, code)
        return f"{first}{wide}{last}"

    return write


def _chinese_range(start: date, end: date) -> str:
    """Write a Chinese range: the end leaves out the year, or year and month, that it shares with the start."""
    last = f"{end.day}日"
    if (start.year, start.month) != (end.year, end.month):
        last = f"{end.month}月{last}"
    if start.year != end.year:
        last = f"{end.year}年{last}"
    return f"{_day_month(start, 'zh')}至{last}"


_RANGES: dict[str, Callable[[date, date], str]] = {
    "en": _range_with("en", EN_DASH, EN_DASH),
    "fr": _range_with("fr", EN_DASH, f" {EN_DASH} "),
    "es": _range_with("es", " a ", " a "),
    "ru": _range_with("ru", EN_DASH, f" {EN_DASH} "),
    "ar": _range_with("ar", EN_DASH, f" {EN_DASH} "),
    "zh": _chinese_range,
}
