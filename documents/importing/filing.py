"""Which facts of a reading are filed, and where in the records it belongs. Reads the database, writes nothing."""

import datetime
from dataclasses import dataclass
from typing import Any

from cms.core.languages import from_short
from cms.core.visibility import Access
from cms.meetings.models import Session
from cms.processes.models import Process, WorkingGroup
from documents.importing.agenda import in_latin_letters
from documents.importing.model import DocumentReading
from documents.models import OfficialDocument
from documents.symbols.folding import symbol_key


@dataclass(frozen=True)
class Facts:
    """What is filed of one file: read from it, corrected by an officer, or given beside it in a table.

    language, original_language: Django's codes, empty where not known        agenda_items: numbers, as "4 (b)"
    printed_symbol: the symbol with other letters, where this language prints it so
    released: whether readers see it, from ``released_at`` on (None: at once)
    """

    symbol: str = ""
    language: str = ""
    title: str = ""
    date: datetime.date | None = None
    kind: str = OfficialDocument.Kind.OTHER
    distribution: str = ""
    original_language: str = ""
    access: str = Access.PUBLIC
    process: Process | None = None
    session: Session | None = None
    agenda_items: tuple[str, ...] = ()
    job_number: str = ""
    printed_symbol: str = ""
    released: bool = False
    released_at: datetime.datetime | None = None


def facts_of(reading: DocumentReading, process: Process | None, *, released: bool = False) -> Facts:
    """What a reading says, as far as the database knows what it speaks of.

    The process is the one given, else that of the document with this symbol, else the one whose symbols begin so.
    """
    head = reading.masthead
    symbol = head.symbols[0] if head.symbols else ""
    known = document_with(symbol)
    process = process or (known.process if known else process_of(symbol))
    printed = head.symbols_printed[0] if head.symbols_printed else ""
    return Facts(
        symbol=symbol,
        language=from_short(reading.language) or "",
        title=head.title,
        date=head.date,
        kind=head.kind or OfficialDocument.Kind.OTHER,
        distribution=_choice(head.distribution, OfficialDocument.Distribution),
        original_language=_original(head.original_language),
        process=process,
        session=session_of(process, body_of(process, symbol), reading) if process else None,
        agenda_items=tuple(in_latin_letters(item.number) for item in head.agenda_items),
        job_number=head.job_number or "",
        printed_symbol=printed if printed != symbol else "",
        released=released,
    )


def document_with(symbol: str) -> OfficialDocument | None:
    """The document that bears this symbol, however it is printed. One query."""
    key = symbol_key(symbol)
    return OfficialDocument.objects.select_related("process").filter(symbol_key=key).first() if key else None


def process_of(symbol: str) -> Process | None:
    """The process whose symbols begin like this one; None where there is none or more than one."""
    key = symbol_key(symbol)
    if not key:
        return None
    found = {
        process
        for process in Process.objects.all()
        if any(_begins(key, symbol_key(head)) for head in process.symbol_heads)
    }
    return found.pop() if len(found) == 1 else None


def body_of(process: Process, symbol: str) -> WorkingGroup | None:
    """The body whose symbol head is the longest that the symbol begins with."""
    return body_among(WorkingGroup.objects.filter(process=process).exclude(symbol_head=""), symbol)


def body_among(groups: Any, symbol: str) -> WorkingGroup | None:
    """The one of these bodies whose symbol head is the longest that the symbol begins with."""
    key = symbol_key(symbol)
    fitting = [group for group in groups if _begins(key, symbol_key(group.symbol_head))]
    return max(fitting, key=lambda group: len(group.symbol_head), default=None)


def _begins(key: str, head: str) -> bool:
    """Whether a symbol's key begins with the head, as whole parts: CTOC/COP is no head of CTOC/COPX/1."""
    return bool(head) and key.startswith(head) and (len(key) == len(head) or not key[len(head)].isalnum())


def session_of(process: Process, group: WorkingGroup | None, reading: DocumentReading) -> Session | None:
    """The session that the masthead names, if the database knows it: by its days, else by its body and number."""
    head = reading.masthead
    sessions = Session.objects.filter(working_group__process=process)
    if group is not None:
        sessions = sessions.filter(working_group=group)
    if head.meeting_dates:
        start, end = head.meeting_dates
        return _only(sessions.filter(starts_on=start, ends_on=end))
    if head.session and group is not None:
        return _only(sessions.filter(number=head.session))
    return None


def _only(sessions: Any) -> Session | None:
    """The one session of a query set; None where there are several, since a wrong session is worse than none."""
    found = list(sessions[:2])
    return found[0] if len(found) == 1 else None


def _choice(value: str | None, choices: Any) -> str:
    """The value where it is one of the choices, "other" where the masthead says something else, empty where nothing."""
    if not value:
        return ""
    return value if value in choices.values else "other"


def _original(value: str | None) -> str:
    """The original language where it is one official language; a document may have two, and then it stays open."""
    return (from_short(value) or "") if value else ""
