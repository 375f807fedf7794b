"""Recommendations of the International Telecommunication Union, whose covers are cells and no masthead."""

import re
from dataclasses import replace
from datetime import date

from documents.importing.cleaning import Line
from documents.importing.dates import parse_date
from documents.importing.marks import strip_marks
from documents.importing.model import Masthead

_SECTOR = re.compile(r"(?:ITU|UIT|МСЭ)-(?P<sector>[TRD])")
_NUMBER = re.compile(r"(?P<number>[A-Z]{1,2}\.\d{1,5}(?:\.\d{1,4})*(?:-\d{1,2})?)")
_MONTH = re.compile(r"\((?:(?P<m1>\d\d)/(?P<y1>\d{4})|(?P<y2>\d{4})/(?P<m2>\d\d))\)")
_NAMED = re.compile(
    r"(?:recommendation|recommandation|recomendación|рекомендация|التوصية|建议书)\s+(?:ITU|UIT|МСЭ)-[TRD]\s+"
    r"(?P<number>[A-Z]{1,2}\.\d[\d.]*(?:-\d{1,2})?)",
    re.IGNORECASE,
)
_COVER_LINES = 60
_TITLE_LINES = 4
_ISO_DATE = re.compile(r"(?:1[89]|20)\d\d-\d\d-\d\d")


def complete(masthead: Masthead, lines: list[Line]) -> Masthead:
    """The masthead with the facts of a recommendation's cover, when the document is one; otherwise as it was."""
    cover = [cell for line in lines[:_COVER_LINES] for _, cell in line.cells()]
    named = next((match for line in lines if (match := _NAMED.fullmatch(strip_marks(line.text)))), None)
    sector = next((match for cell in cover if (match := _SECTOR.match(cell))), None)
    if not named or not sector or masthead.symbols:
        return masthead
    number = named["number"].rstrip(".")
    if not any(number in cell for cell in cover):
        return masthead
    month = next((match for cell in cover if (match := _MONTH.fullmatch(cell.strip()) or _MONTH.search(cell))), None)
    symbol = f"ITU-{sector['sector']} {number}"
    year_month = (int(month["y1"] or month["y2"]), int(month["m1"] or month["m2"])) if month else None
    canonical = f"{symbol} ({year_month[1]:02d}/{year_month[0]})" if year_month else symbol
    return replace(
        masthead,
        symbols=(canonical,),
        symbols_printed=(symbol,),
        title=_title(lines, number) or masthead.title,
        kind="recommendation",
        date=masthead.date or _approval(lines, number, year_month),
    )


def _title(lines: list[Line], number: str) -> str:
    """The lines under the recommendation's name, up to a gap."""
    for place, line in enumerate(lines):
        named = _NAMED.fullmatch(strip_marks(line.text))
        if named and named["number"].rstrip(".") == number:
            title: list[str] = []
            for following in lines[place + 1 : place + 1 + _TITLE_LINES]:
                if title and following.blanks:
                    break
                title.append(strip_marks(following.text))
            return " ".join(title)
    return ""


def _approval(lines: list[Line], number: str, year_month: tuple[int, int] | None) -> date | None:
    """The day of approval from the history table: the one of the cover's month."""
    for line in lines:
        if number not in line.text:
            continue
        for iso in _ISO_DATE.findall(line.text):
            found = parse_date(iso)
            if found and (year_month is None or (found.year, found.month) == year_month):
                return found
    return None
