"""The session that a masthead names: its number and its line as printed, in six languages."""

import re
from dataclasses import dataclass

from documents.importing.dates import FoundDate, even_out, find_dates
from documents.importing.ordinals import parse_ordinal

# What a session is called. A numbered plenary meeting of a council ("9847th meeting") is no session, so meetings and
# conferences count only with a number in words, and only in the forms that name a whole gathering.
_SESSION = re.compile(
    r"\b(?:session|series of meetings|série de réunions|serie de reuniones|серия заседаний"
    r"|sesión|per[ií]odo (?:\w+ )?de sesiones|сесси[яию])\b",
    re.IGNORECASE,
)
_GATHERING = re.compile(
    r"\b(?:(?:review|preparatory) (?:conference|meeting|committee)|meeting|(?:conference|assembly|congress)(?= of|$)"
    r"|réunion|conférence d['’]examen|(?:conférence|assemblée) des"
    r"|reunión|conferencia de examen|(?:conferencia|asamblea) de los"
    r"|совещани[ея]|(?:обзорная )?конференция|ассамблея)\b",
    re.IGNORECASE,
)
# The part of a session that is meant is counted too: "Second part of the thirtieth session".
_BEFORE = re.compile(
    r"^(?:(?:resumed|reconvened|reprise de la|возобновленная)"
    r"|\w+ (?:(?:part|day|week|segment) of (?:the|its)|(?:partie|journée) de (?:la|sa)|parte de(?:l| la| su)"
    r"|часть))\s+",
    re.IGNORECASE,
)
_RECORD = re.compile(r"(?:简要|逐字)记录")  # "第41次会议简要记录" is a title
_CHINESE = re.compile(
    r"^(?P<number>第[一二三四五六七八九十百零〇\d]{1,8})(?:届|次|期)[^，。；]{0,14}?(?:会议|常会|大会|届会)"
)
_ARABIC = re.compile(r"^(?:الدورة|الاجتماع|المؤتمر الاستعراضي|مؤتمر الأطراف)\s+(?P<rest>.+)$")
_YEARLY = re.compile(
    r"^(?:\w+ ){0,3}(?:session|session de|сессия|período de sesiones(?: \w+)? de)\b.{0,12}\b(?:19|20)\d\d\b"
    r"|^(?:19|20)\d\d (?:\w+ ){0,2}session\b|^(?:19|20)\d\d年(?:\w{0,6})会议|^دورة (?:\w+ )?(?:عام )?(?:19|20)\d\d"
    r"|^(?:\S+ ){1,3}(?:year|année|año|год)$|^السنة \w+|^第?[一二三四五六七八九十]+年$",
    re.IGNORECASE,
)
_AT_ITS = re.compile(
    r"(?:at its|à sa|en su|на (?:его|её|ее|своей|своем)|في دورته(?:ا|م)?)\s+(?P<rest>[^.;]{4,160})"
    r"|(?P<chinese>第[^，。]{1,9}届会议)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A line that names a session. `number` is None where it is named by its year only ("2025 session").

    `after` is what stands in the same line after a session's number and name: ", Vienna, 8–17 April 2003".
    """

    number: int | None
    label: str
    after: str = ""


def read_session(line: str) -> SessionLine | None:
    """The session that a masthead line begins by naming ("Twenty-sixth session", "الدورة العاشرة"), or None."""
    label = " ".join(line.split()).rstrip(" ,;.*")
    if not label or len(label) > 140 or label[0].islower() or _RECORD.search(label):
        return None
    if _YEARLY.match(label):
        return SessionLine(None, label)
    number = _session_number(_BEFORE.sub("", label))
    noun = _SESSION.search(label)
    return SessionLine(number, label, label[noun.end() :] if noun else "") if number else None


def session_in_note(note: str) -> tuple[SessionLine, FoundDate | None] | None:
    """The session that a footnote names as that of adoption, and the dates it gives in brackets.

    "Adopted by the Committee at its eighty-seventh session (29 January–16 February 2024)".
    """
    note = even_out(note)
    match = _AT_ITS.search(note)
    if not match:
        return None
    named = match["rest"] or match["chinese"]
    number = _session_number(named) or _leading_ordinal(named.split("(")[0].split(), longest=5)
    if not number:
        return None
    dates = find_dates(note[match.start() : match.end() + 80])
    return SessionLine(number, named.split("(")[0].strip()), dates[0] if dates else None


def _session_number(text: str) -> int | None:
    if match := _CHINESE.match(text):
        return parse_ordinal(match["number"])
    if match := _ARABIC.match(text):
        return _leading_ordinal(match["rest"].split(), longest=5)
    noun = _SESSION.search(text)
    words = text[: noun.start()].split() if noun else []
    number = _leading_ordinal(words) if len(words) <= 8 else None
    if number:
        return number
    gathering = _GATHERING.search(text)
    words = text[: gathering.start()].split() if gathering else []
    if words and len(words) <= 6 and not words[0][0].isdigit():
        return _leading_ordinal(words)
    return None


def _leading_ordinal(words: list[str], longest: int = 4) -> int | None:
    """The ordinal that the longest possible run of first words spells."""
    for length in range(min(longest, len(words)), 0, -1):
        if number := parse_ordinal(" ".join(words[:length]).strip(" ,،")):
            return number
    return None
