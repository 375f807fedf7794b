"""Bodies whose decisions are cited by number, and how the symbols of those are written."""

from collections.abc import Sequence
from dataclasses import dataclass

from documents.symbols.folding import symbol_key


@dataclass(frozen=True, slots=True)
class DecisionBody:
    """A body whose decisions are cited by number.

    heads: how the symbols of its documents begin, ("CTOC/COP",)    noun: what texts call it, "conference"
    resolution, decision: how the symbols of those are written, with {session} and {number}; where brackets stand
    around the session, the printed number has them too
    old: the same for resolutions with a Roman session in brackets    last_old: the last session of those
    sessions: the first and the last that may be meant    most: the highest number that a session reaches
    decisions_from: the number at which a session's decisions begin
    names: the convention or process that it is of, in several languages
    """

    heads: tuple[str, ...]
    noun: str
    resolution: str = ""
    decision: str = ""
    old: str = ""
    sessions: tuple[int, int] = (1, 99)
    most: int = 99
    decisions_from: int = 1
    last_old: int = 0
    names: tuple[str, ...] = ()


# The forms are those of the United Nations Digital Library. The General Assembly numbered its resolutions through
# until its thirtieth session, "1514 (XV)"; the Economic and Social Council numbers by year since 1978. Decisions begin
# at 301 (elections) in the Assembly and at 201 in that Council: "decision 2025/1" is one of a subsidiary body.
UNITED_NATIONS: tuple[DecisionBody, ...] = (
    DecisionBody(
        heads=("A",),
        noun="assembly",
        resolution="A/RES/{session}/{number}",
        decision="A/DEC/{session}/{number}",
        old="A/RES/{number} ({session})",
        sessions=(31, 150),
        most=999,
        decisions_from=301,
        last_old=30,
    ),
    DecisionBody(
        heads=("S",), noun="council", resolution="S/RES/{number} ({session})", sessions=(1946, 2100), most=9999
    ),
    DecisionBody(
        heads=("E",),
        noun="council",
        resolution="E/RES/{session}/{number}",
        decision="E/DEC/{session}/{number}",
        old="E/RES/{number} ({session})",
        sessions=(1978, 2100),
        most=999,
        decisions_from=201,
        last_old=63,
    ),
    DecisionBody(
        heads=("A/HRC",),
        noun="council",
        resolution="A/HRC/RES/{session}/{number}",
        decision="A/HRC/DEC/{session}/{number}",
    ),
    DecisionBody(
        heads=("UNEP/EA",),
        noun="assembly",
        resolution="UNEP/EA.{session}/Res.{number}",
        decision="UNEP/EA.{session}/Dec.{number}",
    ),
)

# The last resolution of the Security Council in some years: a number and its year must go together.
_COUNCIL_YEARS = (
    (1946, 15),
    (1960, 160),
    (1970, 291),
    (1980, 484),
    (1990, 683),
    (2000, 1334),
    (2010, 1966),
    (2020, 2560),
)
_COUNCIL_SLACK = 70
_PACE = 55  # resolutions a year since

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def body_of(symbols: Sequence[str], bodies: Sequence[DecisionBody]) -> DecisionBody | None:
    """The body whose symbols begin like these, the longest beginning first; None for joint documents of several."""
    found = {body for symbol in symbols if (body := _longest(symbol_key(symbol), bodies))}
    return found.pop() if len(found) == 1 else None


def _longest(key: str, bodies: Sequence[DecisionBody]) -> DecisionBody | None:
    fitting = [
        (len(head), place)
        for place, body in enumerate(bodies)
        for head in body.heads
        if key.startswith(head) and not key[len(head) : len(head) + 1].isalnum()
    ]
    return bodies[max(fitting, key=lambda one: (one[0], -one[1]))[1]] if fitting else None


def session_order(session: str) -> int:
    """The number of a session: 9 for "9", "IX" and "S-IX"."""
    numeral = session.rpartition("-")[2]
    if numeral.isdecimal():
        return int(numeral)
    values = [_ROMAN[letter] for letter in numeral]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def goes_with_the_council(number: int, year: int) -> bool:
    """Whether a number and a year go with each other in the Security Council's resolutions."""
    before = max((known for known in _COUNCIL_YEARS if known[0] <= year), default=None)
    if before is None:
        return False
    after = min((known for known in _COUNCIL_YEARS if known[0] > year), default=None)
    pace = (after[1] - before[1]) / (after[0] - before[0]) if after else _PACE
    return abs(number - before[1] - pace * (year - before[0])) <= _COUNCIL_SLACK + pace
