"""Where and when a session meets: "Vienna, 12–16 October 2020", "2020年10月12日至16日，维也纳"."""

import re
from dataclasses import dataclass
from datetime import date

from documents.importing.dates import even_out, find_dates
from documents.importing.kinds import kind_of_line

_SMALL_WORDS = """de la le les los del du des da do dos d l of the and en et y на г. city el al as ar hybrid híbrida
    hybride"""
_SMALL = frozenset(_SMALL_WORDS.split())
_LEAD = re.compile(r"^(?:held (?:in|at)|tenue? à|celebrad[oa] en|from|du|del|с|من|at|in|en|à)\b\s*", re.IGNORECASE)
_EARLIER_DAYS = re.compile(
    r"(?P<day>\d{1,2})(?: ?[-–] ?\d{1,2})? (?:and|et|y|и)$", re.IGNORECASE
)  # "14–18 and 21–23 July"
_ONLINE = re.compile(
    r"on-?line|virtual(?:ly| meeting)?|en ligne|par visioconférence|réunion virtuelle|en línea|reunión virtual"
    r"|онлайн|в (?:онлайновом|виртуальном|дистанционном) (?:режиме|формате)|в режиме онлайн|виртуальное совещание"
    r"|عبر الإنترنت|اجتماع افتراضي|线上|在线|网上",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(r"(?:St|Mt|г|[A-ZА-Я])\.(?:[A-ZА-Я]\.)*")
# What stands before a date and is neither a place nor a kind of paper: "Reissued 4 May 2020", "2020年4月2日大会决议".
_NO_PLACE = re.compile(
    r"(?:adopted|approved|issued|reissued|revised|updated|published|submitted|received|transmitted|prepared|status"
    r"|version|adoptée?s?|approuvée?s?|publiée?s?|révisée?s?|mise? à jour|aprobad[oa]s?|adoptad[oa]s?|publicad[oa]s?"
    r"|revisad[oa]s?|actualizad[oa]s?|принят\w*|утвержден\w*|пересмотрен\w*|обновлен\w*|опубликован\w*|по состоянию"
    r"|اعتمد|صدر)\b|.*(?:决议|决定|通过|报告|说明|大会|会议|印发|修订)$",
    re.IGNORECASE,
)
_TRAIL = re.compile(r"(?:^|[\s,،]+)(?:le|el|года|год|г\.|from|du|del|с|من)$")


@dataclass(frozen=True, slots=True)
class VenueLine:
    """A masthead line of place and days. `venue` is empty where only the days are printed.

    `is_bracketed` says that the days stand alone in brackets: as often the period that a report covers.
    """

    venue: str
    first: date
    last: date
    is_bracketed: bool = False


def read_venue(line: str) -> VenueLine | None:
    """The place and days that a whole masthead line states, or None when it says anything else."""
    whole = even_out(line).strip(" .;*")
    text = whole.strip("() ")
    found = find_dates(text)
    if len(found) != 1 or len(text) > 120 or text[: found[0].start].rstrip().endswith((":", "：")):
        return None
    before = text[: found[0].start].strip(" ,،，;:")
    first = found[0].first
    if (earlier := _EARLIER_DAYS.search(before)) and 0 < int(earlier["day"]) < first.day:
        first = first.replace(day=int(earlier["day"]))
        before = before[: earlier.start()].strip(" ,")
    if not _ONLINE.fullmatch(before):
        before = _TRAIL.sub("", _LEAD.sub("", before))
    after = re.sub(r"^(?:года|г\b\.?)", "", text[found[0].end :].strip()).strip(" ,،，;:()")
    venue = (before or after).strip(" ,،，")
    if (before and after) or (venue and not _is_place(venue)):
        return None
    return VenueLine(venue, first, found[0].last or found[0].first, not venue and whole.startswith("("))


def _is_place(text: str) -> bool:
    """Whether a text can be a place's name: a few words, each in title case or small, no figures."""
    if _ONLINE.fullmatch(text):
        return True
    text = _ABBREVIATION.sub(lambda match: match[0].replace(".", ""), text.removeprefix("г. "))
    if any(character.isdigit() for character in text) or len(text) > 60 or any(mark in text for mark in ':;.“«"'):
        return False
    if _NO_PLACE.match(text) or kind_of_line(text):
        return False
    words = re.split(r"[\s,()،，/’'-]+", text)
    cased = [word for word in words if word and word[0].lower() != word[0].upper()]
    if cased and all(word.lower() in _SMALL for word in cased):
        return False  # "Le 30 mai 2008"
    if not cased:  # Arabic and Chinese
        return len(words) <= 5 and len(text) <= 30
    return (
        len(words) <= 7 and all(word[0].isupper() or word.lower() in _SMALL for word in cased) and cased[0][0].isupper()
    )
