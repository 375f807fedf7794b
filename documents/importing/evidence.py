"""Where the values of a masthead stand in the text, and how sure they are.

A value is *sure* where a line of the masthead prints it as such values are printed: the date in its column, the session
in a line of its own. It is *likely* where it was concluded: the language from the words of the text, the kind from the
symbol, an agenda item from the text of a letter.
"""

import re
from collections.abc import Callable, Iterable

from documents.importing import masthead_words as words
from documents.importing.agenda import read_agenda
from documents.importing.cleaning import Line
from documents.importing.dates import parse_date
from documents.importing.kinds import kind_of_line
from documents.importing.marks import strip_marks
from documents.importing.model import Found, Masthead
from documents.importing.sessions import read_session
from documents.importing.venues import read_venue

_HEAD_LINES = 110  # lines from the top within which a masthead ends
_LONGEST = 200  # characters of a line that are kept
_BEFORE_DATE = re.compile(r"^[^\d:：]{1,20}[:：]\s*")
_BEGINNING = 12  # characters by which a title's first line is known

Test = Callable[[str], object]


def find_evidence(head: Masthead, lines: list[Line]) -> dict[str, Found]:
    """Each value that the masthead has, by its field's name ("symbols", "date", "agenda_items", ...)."""
    tests: dict[str, list[Test]] = {
        "symbols": [_ends_with(printed) for printed in head.symbols_printed[:1]],
        "date": [lambda text: parse_date(_BEFORE_DATE.sub("", text, count=1)) == head.date],
        "distribution": [words.DISTRIBUTION_LABEL.search, lambda text: words.distribution_code(text.strip("* "))],
        "language": [words.is_language_line, words.is_language_only],
        "original_language": [words.ORIGINAL_LABEL.match],
        "title": [_begins(head.title)],
        "session": [lambda text: _session_label(text) == head.session_label],
        "venue": [_is_venue(head)],
        "meeting_dates": [_is_venue(head)],
        "agenda_items": [read_agenda],
        "job_number": [lambda text: bool(head.job_number) and str(head.job_number) in text],
    }
    cells = list(_cells(lines))
    found = {name: _look(cells, checks) for name, checks in tests.items() if getattr(head, name)}
    if head.kind:
        found["kind"] = _kind(head, cells)
    return found


def _cells(lines: list[Line]) -> Iterable[tuple[Line, str]]:
    """The head's lines and their columns, each with its text as read."""
    for line in lines[:_HEAD_LINES]:
        whole = strip_marks(line.text).strip("#* ")
        yield line, whole
        for _, cell in line.cells():
            if (text := strip_marks(cell).strip("#* ")) != whole:
                yield line, text


def _look(cells: list[tuple[Line, str]], checks: list[Test]) -> Found:
    """The first cell that one of the checks takes: sure there, only likely where there is none."""
    for line, text in cells:
        if any(check(text) for check in checks):
            return Found("sure", line.page + 1, line.number, strip_marks(line.text)[:_LONGEST])
    return Found("likely")


def _kind(head: Masthead, cells: list[tuple[Line, str]]) -> Found:
    """The kind is sure where the line of who presents the paper, or the title, begins by naming it."""
    for text in (head.presented_by, head.title):
        if text and kind_of_line(text) == head.kind:
            return _look(cells, [_begins(text)])
    return Found("likely")


def _ends_with(printed: str) -> Test:
    return lambda text: text.replace("*", "").rstrip().endswith(printed)


def _begins(title: str) -> Test:
    """Whether a line is where the title begins: the whole of it, or its first line."""
    wanted = " ".join(title.split())

    def check(text: str) -> bool:
        plain = " ".join(text.split()).rstrip("*")
        return bool(plain) and (plain.startswith(wanted) or (len(plain) >= _BEGINNING and wanted.startswith(plain)))

    return check


def _session_label(text: str) -> str:
    session = read_session(text)
    return session.label if session else ""


def _is_venue(head: Masthead) -> Test:
    def check(text: str) -> bool:
        venue = read_venue(text)
        return venue is not None and (venue.first, venue.last) == head.meeting_dates

    return check
