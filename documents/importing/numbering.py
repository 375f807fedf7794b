"""Which numbers at a line's beginning number paragraphs, which head a section, and which count a list."""

import re
import statistics
from collections.abc import Sequence
from typing import Literal, NamedTuple

from documents.importing.marks import is_bold, sure_label
from documents.importing.paragraphs import Paragraph

NumberRole = Literal["paragraph", "restart", "resume", "heading", "item"]

_SENTENCE_END = re.compile(r"[.!?;:,。；：！？，؟؛،…]['\"”»’)\]]*$")
_LONGEST_HEADING = 160  # characters
_LONGEST_BOLD_HEADING = 320
_LONGEST_AGENDA_ITEM = 120
_GAP = 12  # numbers that a damaged text may lack in a row


class _Numbered(NamedTuple):
    place: int
    value: int
    headed: bool


def number_roles(paragraphs: Sequence[Paragraph], is_agenda: bool = False) -> dict[int, NumberRole]:
    """The role of every paragraph that begins with a number, by its place.

    Paragraphs count on from 1; "restart" begins a new count (a draft decision, an annex), "resume" takes the first one
    up again. A short line without a full stop that breaks the count is a "heading"; the items of an agenda are "item".
    """
    numbered = [
        _Numbered(place, paragraph.label.value, looks_like_heading(paragraph))
        for place, paragraph in enumerate(paragraphs)
        if paragraph.label and paragraph.label.style == "number"
    ]
    roles: dict[int, NumberRole] = {}
    main, branch = 0, None  # the last number of the first count, and of the one that began anew inside it
    for order, one in enumerate(numbered):
        role = _role(numbered, order, main, branch)
        if paragraphs[one.place].heading:
            role = "heading"
        elif role is None and sure_label(paragraphs[one.place].text):
            role = "paragraph"  # whatever comes before: a label that the format sets apart is no figure of a sentence
        if role == "resume" or (role == "paragraph" and branch is None):
            main, branch = one.value, None
        elif role in {"restart", "paragraph"}:
            branch = one.value
        if role:
            roles[one.place] = role
    _part_lists(paragraphs, roles, is_agenda)
    _part_quoted_lists(paragraphs, roles)
    return roles


def looks_like_heading(paragraph: Paragraph) -> bool:
    """Whether a paragraph's text is short, begins with a capital and ends no sentence."""
    text = paragraph.plain[paragraph.label.length if paragraph.label else 0 :].strip()
    longest = _LONGEST_BOLD_HEADING if is_bold(paragraph.text) else _LONGEST_HEADING
    if not text or len(text) > longest or _SENTENCE_END.search(text) or text[0] in "[(":
        return False
    return text[0].isupper() or text[0].lower() == text[0].upper()


def _role(numbered: list[_Numbered], order: int, main: int, branch: int | None) -> NumberRole | None:
    one = numbered[order]
    current = main if branch is None else branch
    if one.value == current + 1:
        return "heading" if one.headed and _is_heading_in_count(numbered, order, current) else "paragraph"
    if one.headed:
        return "heading"
    if branch is not None and one.value == main + 1:
        return "resume"
    if one.value == 1:
        return "restart"
    following = numbered[order + 1].value if order + 1 < len(numbered) else None
    starts_late = main == 0 and following == one.value + 1
    if starts_late or (current < one.value <= current + _GAP and following == one.value + 1):
        return "paragraph"
    return None


def _is_heading_in_count(numbered: list[_Numbered], order: int, current: int) -> bool:
    """Whether a short line that bears the very next number is a heading all the same."""
    one = numbered[order]
    for later in numbered[order + 1 :]:
        if later.value == one.value and not later.headed:
            return True  # the real paragraph of that number comes after
        if later.value > one.value:
            break
    following = numbered[order + 1] if order + 1 < len(numbered) else None
    return current == 0 and (following is None or following.value != 2 or following.headed)


def _part_quoted_lists(paragraphs: Sequence[Paragraph], roles: dict[int, NumberRole]) -> None:
    """Turns a short count that a paragraph announces ("the following agenda:") into a list, where the paragraphs' own
    count goes on after it."""
    places = sorted(place for place, role in roles.items() if role != "heading")
    for order, start in enumerate(places):
        if not order or roles[start] != "restart" or not _announces(paragraphs[start - 1]):
            continue
        before = paragraphs[places[order - 1]].label
        run: list[int] = []
        for place in places[order:]:
            label = paragraphs[place].label
            goes_on = bool(before and label and label.value == before.value + 1)
            if roles[place] == "resume" or (run and goes_on and _parts_list(paragraphs, place)):
                if _median_length(paragraphs, run) < _LONGEST_AGENDA_ITEM:
                    roles[place] = "resume"
                    roles.update(dict.fromkeys(run, "item"))
                break
            if run and roles[place] != "paragraph":
                break
            run.append(place)


def _announces(paragraph: Paragraph) -> bool:
    return paragraph.plain.rstrip().endswith((":", "："))


def _parts_list(paragraphs: Sequence[Paragraph], place: int) -> bool:
    """Whether a number that could go on a list begins a paragraph after it: a heading stands before, or it is long."""
    above = paragraphs[place - 1]
    headed = above.heading or bool(above.label and above.label.style in {"roman_capital", "capital"})
    return (headed and looks_like_heading(above)) or len(paragraphs[place].plain) > _LONGEST_AGENDA_ITEM


def _median_length(paragraphs: Sequence[Paragraph], places: Sequence[int]) -> float:
    return statistics.median(len(paragraphs[place].plain) for place in places)


def _part_lists(paragraphs: Sequence[Paragraph], roles: dict[int, NumberRole], is_agenda: bool) -> None:
    """Turns runs of numbered headings without text between them into list items, and an agenda's items too."""
    headed = [place for place, role in roles.items() if role == "heading" and not paragraphs[place].heading]
    for place in headed:
        neighbours = [near for near in (place - 1, place + 1) if near in roles and roles[near] in {"heading", "item"}]
        if neighbours and not any(paragraphs[near].heading for near in neighbours):
            roles[place] = "item"
    counted = [place for place, role in roles.items() if role in {"paragraph", "restart", "resume"}]
    if is_agenda and counted and _median_length(paragraphs, counted) < _LONGEST_AGENDA_ITEM:
        for place in counted:
            roles[place] = "item"
