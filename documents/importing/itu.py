"""Recommendations of the International Telecommunication Union, whose covers are cells and no masthead."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from documents.importing.cleaning import Line
from documents.importing.dates import parse_date
from documents.importing.marks import strip_marks
from documents.importing.model import Masthead
from documents.importing.source import Table

_SECTOR = re.compile(r"(?:Rec\.\s+)?(?:ITU|UIT|МСЭ)[-\u2011](?P<sector>[TRDТ])")
_NUMBER = re.compile(r"(?P<number>[A-Z]{1,2}\.\d{1,5}(?:\.\d{1,4})*(?:-\d{1,2})?)")
_MONTH = re.compile(r"\((?:(?P<m1>\d\d)/(?P<y1>\d{4})|(?P<y2>\d{4})/(?P<m2>\d\d))\)")
_NAMED = re.compile(
    r"(?:recommendation|recommandation|recomendación|рекомендация|التوصية|建议书)\s+(?:ITU|UIT|МСЭ)[-\u2011][TRDТ]\s+"
    r"(?P<number>[A-Z]{1,2}\.\d[\d.]*(?:-\d{1,2})?)",
    re.IGNORECASE,
)
_COVER_LINES = 60
_TITLE_LINES = 4
# Each language prints the day of approval in its own order: 2017-04-07, 07-04-2017, 07.04.2017.
_DATE = re.compile(r"(?P<y1>(?:1[89]|20)\d\d)-(?P<m1>\d\d)-(?P<d1>\d\d)|(?P<d2>\d\d)[-.](?P<m2>\d\d)[-.](?P<y2>20\d\d)")


def complete(masthead: Masthead, lines: list[Line], tables: Sequence[Table] = ()) -> Masthead:
    """The masthead with the facts of a recommendation's cover, when the document is one; otherwise as it was."""
    cover = [strip_marks(cell).strip() for line in lines[:_COVER_LINES] for _, cell in line.cells()]
    named = next((match for line in lines if (match := _NAMED.fullmatch(strip_marks(line.text)))), None)
    sector = next((match for cell in cover if (match := _SECTOR.match(cell))), None)
    if not named or not sector or masthead.symbols:
        return masthead
    number = named["number"].rstrip(".")
    if not any(number in cell for cell in cover):
        return masthead
    month = next((match for cell in cover if (match := _MONTH.fullmatch(cell.strip()) or _MONTH.search(cell))), None)
    symbol = f"ITU-{sector['sector'].replace('Т', 'T')} {number}"  # the Russian letter looks the same
    year_month = (int(month["y1"] or month["y2"]), int(month["m1"] or month["m2"])) if month else None
    canonical = f"{symbol} ({year_month[1]:02d}/{year_month[0]})" if year_month else symbol
    return replace(
        masthead,
        symbols=(canonical,),
        symbols_printed=(symbol,),
        title=_title(lines, number) or masthead.title,
        kind="recommendation",
        date=masthead.date or _approval([*_rows(tables), *(line.text for line in lines)], number, year_month),
    )


def _title(lines: list[Line], number: str) -> str:
    """The lines under the recommendation's name, up to a gap. The name on the cover has none under it."""
    for place, line in enumerate(lines):
        named = _NAMED.fullmatch(strip_marks(line.text))
        if named and named["number"].rstrip(".") == number:
            title: list[str] = []
            for following in lines[place + 1 : place + 1 + _TITLE_LINES]:
                if following.page != line.page or (title and following.blanks):
                    break
                title.append(strip_marks(following.text))
            if title:
                return " ".join(title)
    return ""


def _rows(tables: Sequence[Table]) -> Iterator[str]:
    """Each row of the tables as one line."""
    for table in tables:
        for row in table.rows:
            yield "   ".join(strip_marks(cell.text) for cell in row)


def _approval(lines: Sequence[str], number: str, year_month: tuple[int, int] | None) -> date | None:
    """The day of approval from the history table: the one of the cover's month."""
    for line in lines:
        if number not in line:
            continue
        for printed in _DATE.finditer(line):
            year, month, day = (printed[f"{part}1"] or printed[f"{part}2"] for part in "ymd")
            found = parse_date(f"{year}-{month}-{day}")
            if found and (year_month is None or (found.year, found.month) == year_month):
                return found
    return None
