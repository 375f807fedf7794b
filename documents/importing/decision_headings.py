"""Documents that print a numbered decision alone: "BC-14/12: Amendments to Annexes II, VIII and IX"."""

import re
from dataclasses import dataclass

from documents.importing.cleaning import Line
from documents.importing.marks import strip_marks
from documents.symbols.finding import find_symbols
from documents.symbols.series import default_table

_KIND = re.compile(r"^(?:decision|décision|decisión|решение|مقرر|المقرر|决定|第)\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[:：.]|[—–-](?=\s))\s*")
_HEAD_LINES = 30  # lines from the top within which such a heading stands


@dataclass(frozen=True, slots=True)
class DecisionHeading:
    """The place of the line that names a decision, its symbol as printed and canonical, and its title's beginning."""

    place: int
    printed: str
    canonical: str
    title: str


def decision_heading(lines: list[Line]) -> DecisionHeading | None:
    """The decision that a document is, from the line that names it by its series, number and title.

    None where there is no such line, or several: a list of decisions is no decision.
    """
    found = [heading for place, line in enumerate(lines) if (heading := _read(place, line))]
    return found[0] if len(found) == 1 and found[0].place < _HEAD_LINES else None


def _read(place: int, line: Line) -> DecisionHeading | None:
    text = _KIND.sub("", strip_marks(line.text).lstrip("#* "), count=1)
    number = default_table().pattern.match(text)
    between = _BETWEEN.match(text, number.end()) if number else None
    if not number or not between or not text[between.end() :]:
        return None
    return DecisionHeading(place, number[0], find_symbols(number[0])[0].canonical, text[between.end() :])
