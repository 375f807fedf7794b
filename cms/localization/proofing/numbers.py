"""Numbers and dates: those of the source stand in the translation, however its language writes them."""

import re
from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.core.dates import format_date
from cms.core.languages import joined
from cms.localization.proofing.findings import Finding, Kind, Severity
from cms.localization.proofing.number_words import written_numbers
from documents.importing.dates import FoundDate, even_out, find_dates, find_months

# A number above this is written in figures in every language; one below may have been written out.
SMALL = 100

# In this order: groups of thousands are put together, dotted chains taken apart (5.1.2), "3.5" and "3,5" are the same.
_NUMBER = re.compile(
    r"(?P<groups>(?<![\d.,])[1-9]\d{0,2}(?P<by>[ '’٬,.])\d{3}(?:(?P=by)\d{3}){0,4})"
    r"(?P<rest>[.,٫]\d{1,9})?(?!\d|[.,]\d)"
    # A chain is no group: "5.100.2" has three numbers.
    r"|(?P<chain>\d{1,4}(?:\.\d{1,4}){2,}|\d{1,4}(?:,\d{1,4}){2,})(?!\d)"
    r"|(?P<plain>\d{1,18})(?:[.,٫](?P<decimals>\d{1,9}))?"
)
# fmt: off
_SCALES = {
    "thousand": 3, "mille": 3, "milliers": 3, "mil": 3, "тысяч": 3, "тыс": 3, "الف": 3, "ألف": 3, "آلاف": 3,
    "million": 6, "millón": 6, "millon": 6, "миллион": 6, "млн": 6, "مليون": 6, "ملايين": 6,
    "milliard": 9, "billion": 9, "mil millones": 9, "миллиард": 9, "млрд": 9, "مليار": 9, "بليون": 9, "بلايين": 9,
    "十万": 5, "百万": 6, "千万": 7, "万亿": 12, "万": 4, "亿": 8, "千": 3, "百": 2,
}
# fmt: on
_SCALE = re.compile(r" ?(?:de )?(" + "|".join(sorted(_SCALES, key=len, reverse=True)) + ")", re.IGNORECASE)


_YEAR = re.compile(r"(?:1[89]|20)\d\d|年")


@dataclass(frozen=True)
class Number:
    """A number as printed, and all values that it may have: "1.5 million" is also 1,500,000."""

    printed: str
    values: frozenset[Decimal]

    @property
    def is_small(self) -> bool:
        """Whether it may just as well be written out."""
        return min(self.values) <= SMALL and not any(value % 1 for value in self.values)


@dataclass(frozen=True)
class _Facts:
    """Dates and numbers of a text without symbols."""

    text: str
    dates: tuple[FoundDate, ...]

    @cached_property
    def days(self) -> set[date]:
        """All days that are printed in full, the ends of ranges among them."""
        return {day for found in self.dates for day in _days(found)}

    def mentions(self, day: date) -> bool:
        """Whether day, month and year stand somewhere: in "7 and 8 July and 9 July 2020" only one is found."""
        figures = {int(number) for number in re.findall(r"(?<!\d)\d{1,4}(?!\d)", self.text)}
        months = find_months(self.text) | {int(month) for month in re.findall(r"(\d{1,2}) ?月", self.text)}
        return day.month in months and {day.day, day.year} <= figures

    @cached_property
    def all_numbers(self) -> list[Number]:
        """The numbers, those of dates among them."""
        return _numbers(self.text)

    def numbers(self, said: Collection[FoundDate]) -> list[Number]:
        """The numbers outside these dates."""
        if not said:
            return self.all_numbers
        text = self.text
        for found in said:  # as long as it was, so that the next one stands where it stood
            text = text[: found.start] + " " * (found.end - found.start) + text[found.end :]
        return _numbers(text)


@lru_cache(maxsize=4096)
def _facts(text: str) -> _Facts:
    even = even_out(text)
    return _Facts(even, tuple(find_dates(even)) if _YEAR.search(even) else ())


@lru_cache(maxsize=2048)
def _written(text: str) -> frozenset[Decimal]:
    return frozenset(map(Decimal, written_numbers(text)))


def number_findings(source: str, target: str) -> list[Finding]:
    """Dates and numbers that one text has and the other lacks. Both are without codes and symbols."""
    of_source, of_target = _facts(source), _facts(target)
    missing = {day for day in of_source.days - of_target.days if not of_target.mentions(day)}
    extra = {day for day in of_target.days - of_source.days if not of_source.mentions(day)}
    if missing and extra:
        said = of_source.dates, of_target.dates
        return [_date_finding(missing, extra), *_compared(of_source, of_target, *said)]
    # A day that one text prints in full and the other in some other way is compared by its numbers.
    said_source = tuple(found for found in of_source.dates if _days(found) <= of_target.days)
    said_target = tuple(found for found in of_target.dates if _days(found) <= of_source.days)
    return _compared(of_source, of_target, said_source, said_target)


def _compared(
    of_source: _Facts, of_target: _Facts, said_source: Collection[FoundDate], said_target: Collection[FoundDate]
) -> list[Finding]:
    """What the numbers outside the dates lack in the whole of the other text."""
    all_source, all_target = of_source.all_numbers, of_target.all_numbers
    missing = _lacking(of_source.numbers(said_source), all_source, all_target, of_target.text)
    extra = _lacking(of_target.numbers(said_target), all_target, all_source, of_source.text)
    return _number_findings(missing, extra)


def _days(found: FoundDate) -> set[date]:
    """The day, or the two between which the others lie."""
    return {found.first, found.last or found.first}


def _numbers(text: str) -> list[Number]:
    found = []
    for match in _NUMBER.finditer(text):
        if match["chain"]:
            found += [Number(part, frozenset({Decimal(part)})) for part in re.findall(r"\d+", match["chain"])]
            continue
        if match["groups"]:
            whole, rest = re.sub(r"\D", "", match["groups"]), (match["rest"] or "")[1:]
        else:
            whole, rest = match["plain"], match["decimals"] or ""
        value = Decimal(f"{whole}.{rest or 0}").normalize()
        scale = _SCALE.match(text, match.end())
        values = {value} if scale is None else {value, value.scaleb(_SCALES[scale[1].lower()]).normalize()}
        found.append(Number(match[0], frozenset(values)))
    return found


def _lacking(numbers: Sequence[Number], own: Sequence[Number], others: Sequence[Number], text: str) -> list[Number]:
    """Those of the numbers that the other text has neither in figures nor written out, each once."""
    there = {value for number in others for value in number.values}
    left = [number for number in numbers if not number.values & there]
    if left:
        mine = {value for number in own for value in number.values}
        written = _written(text)
        left = [
            number
            for number in left
            if not number.values & written and not any(_said_otherwise(value, mine, there) for value in number.values)
        ]
    return list(dict.fromkeys(left))


def _said_otherwise(value: Decimal, own: Set[Decimal], others: Set[Decimal]) -> bool:
    """Whether the other text says the same in its own way.

    "1990s" is "années 90", "3 p.m." is "15 h", and "9.30" is "9 h 30"; both ways round.
    """
    if value % 1:
        return any(time <= others for time in _times(value)) or _mirrored(value) in others
    decade = value >= 1900 and value % 10 == 0 and value % 100 in others
    century = value < 100 and value % 10 == 0 and bool({value + 1900, value + 2000} & others)
    hour = (12 < value < 24 and value - 12 in others) or (value < 12 and value + 12 in others)
    return (
        decade
        or century
        or hour
        or any(value in time <= own for other in others if other % 1 for time in _times(other))
    )


def _mirrored(value: Decimal) -> Decimal:
    """5.1 as Arabic texts often print the number of a section: 1.5."""
    whole, _point, rest = str(value).partition(".")
    return Decimal(f"{rest}.{whole}").normalize()


def _times(value: Decimal) -> tuple[set[Decimal], set[Decimal]]:
    """Hours and minutes of a time that is printed with a point, before noon and after."""
    hours, minutes = value // 1, value % 1 * 100
    return {hours, minutes}, {hours + 12, minutes}


def _number_findings(missing: Sequence[Number], extra: Sequence[Number]) -> list[Finding]:
    if not missing and not extra:
        return []
    sure = any(not number.is_small for number in missing) or len(missing) == len(extra)
    source, target = joined(n.printed for n in missing), joined(n.printed for n in extra)
    if missing and extra:
        sentence = _("Numbers differ: %(source)s in the source, %(target)s here.")
    elif missing:
        sentence = _("Missing from the translation: %(source)s")
    else:
        sentence = _("Not in the source: %(target)s")
    severity = Severity.ERROR if sure else Severity.WARNING
    return [Finding(Kind.NUMBER, severity, sentence % {"source": source, "target": target}, f"{source}/{target}")]


def _date_finding(missing: Collection[date], extra: Collection[date]) -> Finding:
    language = get_language() or settings.LANGUAGE_CODE
    source, target = (joined(format_date(day, language) for day in sorted(days)) for days in (missing, extra))
    sentence = _("Dates differ: %(source)s in the source, %(target)s here.") % {"source": source, "target": target}
    return Finding(Kind.DATE, Severity.ERROR, sentence, f"{min(missing)}/{min(extra)}")
