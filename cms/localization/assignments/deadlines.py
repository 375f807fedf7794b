"""When a translation should be ready: counted backwards from the session, by the rule of the process."""

from datetime import date, timedelta

from cms.meetings.models import Session
from cms.processes.models import Process

SATURDAY = 5


def proposed_date(process: Process, session: Session | None, filed_on: date | None, today: date) -> date | None:
    """The date that is proposed for the translation of a document of the process; never a Saturday or Sunday.

    Weeks before the session opens; days after filing for papers filed once it has begun, and days from today where the
    date of the rule is over. None without a session that is still to end: then nothing is pressing.
    """
    opens = session.starts_on if session else None
    if session is None or opens is None or (session.ends_on or opens) < today:
        return None
    days = timedelta(days=process.translation_days)
    if filed_on is not None and filed_on >= opens:
        found = _next_working_day(filed_on + days)
    else:
        found = _last_working_day(opens - timedelta(weeks=process.translation_weeks))
    return found if found >= today else _next_working_day(today + days)


def _last_working_day(day: date) -> date:
    """The day, or the Friday before it."""
    return day - timedelta(days=max(day.weekday() - SATURDAY + 1, 0))


def _next_working_day(day: date) -> date:
    """The day, or the Monday after it."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day
