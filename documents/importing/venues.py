"""Where and when a session meets: "Vienna, 12–16 October 2020", "2020年10月12日至16日，维也纳"."""

import re
from dataclasses import dataclass
from datetime import date

from documents.importing.dates import even_out, find_dates

_SMALL_WORDS = "de la le les los del du des of the and en et y и на г. city"
_SMALL = frozenset(_SMALL_WORDS.split())
_LEAD = re.compile(r"^(?:held (?:in|at)|tenue? à|celebrad[oa] en|from|du|del|с|من|at|in|en|à)\b\s*", re.IGNORECASE)
_EARLIER_DAYS = re.compile(
    r"(?P<day>\d{1,2})(?: ?[-–] ?\d{1,2})? (?:and|et|y|и)$", re.IGNORECASE
)  # "14–18 and 21–23 July"
_TRAIL = re.compile(r"\s*(?:года|год|г\.|from|du|del|с|من)?$")


@dataclass(frozen=True, slots=True)
class VenueLine:
    """A masthead line of place and days. `venue` is empty where only the days are printed."""

    venue: str
    first: date
    last: date


def read_venue(line: str) -> VenueLine | None:
    """The place and days that a whole masthead line states, or None when it says anything else."""
    text = even_out(line).strip(" .;*()")
    found = find_dates(text)
    if len(found) != 1 or len(text) > 120:
        return None
    before = text[: found[0].start].strip(" ,،，;:")
    first = found[0].first
    if (earlier := _EARLIER_DAYS.search(before)) and 0 < int(earlier["day"]) < first.day:
        first = first.replace(day=int(earlier["day"]))
        before = before[: earlier.start()].strip(" ,")
    before = _TRAIL.sub("", _LEAD.sub("", before))
    after = re.sub(r"^(?:года|г\.)", "", text[found[0].end :].strip()).strip(" ,،，;:()")
    venue = (before or after).strip(" ,،，")
    if (before and after) or (venue and not _is_place(venue)):
        return None
    return VenueLine(venue, first, found[0].last or found[0].first)


def _is_place(text: str) -> bool:
    """Whether a text can be a place's name: a few words, each in title case or small, no figures."""
    text = text.removeprefix("г. ")
    if any(character.isdigit() for character in text) or len(text) > 60 or any(mark in text for mark in ':;.“«"'):
        return False
    words = re.split(r"[\s,()،，/-]+", text)
    cased = [word for word in words if word and word[0].lower() != word[0].upper()]
    if not cased:  # Arabic and Chinese
        return len(words) <= 5 and len(text) <= 30
    return (
        len(words) <= 7 and all(word[0].isupper() or word.lower() in _SMALL for word in cased) and cased[0][0].isupper()
    )
