"""The facts that a row of a table of metadata gives of a file. They win over what was read in it."""

import datetime
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from cms.core.languages import language
from cms.core.visibility import Access
from cms.meetings.models import Session
from cms.processes.models import Process
from documents.importing.agenda import in_latin_letters, item_numbers
from documents.importing.filing import Facts, document_with, process_of
from documents.importing.metadata import BEYOND, Row
from documents.models import OfficialDocument

YES, NO = ("yes", "true", "1"), ("no", "false", "0")


class RowError(Exception):
    """A cell that cannot be understood; the message is one plain sentence that names the column."""


def with_row(facts: Facts, row: Row) -> Facts:
    """The facts with those of the row in place of what was read. Raises RowError. Four queries at most."""
    given = {name: value for name, value in row.items() if value}
    if BEYOND in given:
        beyond = given[BEYOND][:80]
        raise RowError(
            f"The row has more cells than the table has columns: “{beyond}”. Is a cell with commas unquoted?"
        )
    changes: dict[str, Any] = {name: given[name] for name in ("symbol", "title") if name in given}
    for name in ("language", "original_language"):
        if name in given:
            changes[name] = _language(name, given[name])
    for name, choices in CHOICES.items():
        if name in given:
            changes[name] = _choice(name, given[name], choices)
    if "date" in given:
        changes["date"] = _date("date", given["date"])
    if "agenda_items" in given:
        changes["agenda_items"] = _items(given["agenda_items"])
    if "released" in given:
        changes |= _release(given["released"])
    process = _process(facts, given)
    session = _session(process, given["session"]) if "session" in given else facts.session
    if session is not None and process is not None and session.working_group.process_id != process.pk:
        session = None  # what was read led to a session of another process
    return replace(facts, process=process, session=session, **changes)


CHOICES: dict[str, Any] = {
    "kind": OfficialDocument.Kind,
    "distribution": OfficialDocument.Distribution,
    "access": Access,
}


def _language(column: str, value: str) -> str:
    try:
        return language(value).code
    except LookupError as error:
        codes = ", ".join(code for code, _name in settings.LANGUAGES)
        raise RowError(f"Column “{column}”: “{value}” is no language of this site. Write {codes}.") from error


def _choice(column: str, value: str, choices: Any) -> str:
    wanted = value.lower().replace(" ", "_")
    if wanted not in choices.values:
        raise RowError(f"Column “{column}”: “{value}” is none of {', '.join(choices.values)}.")
    return wanted


def _date(column: str, value: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(value)
    except ValueError as error:
        raise RowError(f"Column “{column}”: “{value}” is no date. Write it as 2020-07-01.") from error


def _items(value: str) -> tuple[str, ...]:
    numbers = tuple(in_latin_letters(number) for number in item_numbers(value))
    if not numbers:
        raise RowError(f"Column “agenda_items”: “{value}” holds no numbers. Write them as 3, 4 (b).")
    return numbers


def _release(value: str) -> dict[str, Any]:
    """Yes is now; a day is its beginning; a moment is that moment, also one to come."""
    if value.lower() in (*YES, *NO):
        return {"released": value.lower() in YES, "released_at": None}
    try:
        moment = parse_datetime(value)
    except ValueError:
        moment = None
    if moment is None or "T" not in value.upper().replace(" ", "T"):
        day = _date("released", value)
        moment = datetime.datetime.combine(day, datetime.time())
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    return {"released": True, "released_at": moment}


def _process(facts: Facts, given: dict[str, str]) -> Process | None:
    """The process of the row, else the one given for all, else that of the row's symbol."""
    if "process" in given:
        process = Process.objects.filter(code=given["process"]).first()
        if process is None:
            raise RowError(f"Column “process”: there is no process “{given['process']}”.")
        return process
    if facts.process is None and "symbol" in given:
        known = document_with(given["symbol"])
        return known.process if known else process_of(given["symbol"])
    return facts.process


def _session(process: Process | None, value: str) -> Session:
    """The session named by the codes of its body and its own, "cop/12"."""
    body, _slash, code = value.rpartition("/")
    found = Session.objects.filter(working_group__process=process, code=code).select_related("working_group")
    session = found.filter(working_group__code=body).first() if process and body else None
    if session is None:
        raise RowError(f"Column “session”: there is no session “{value}”. Name it as body/session, by their codes.")
    return session
