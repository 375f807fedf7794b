"""A person's open tasks as a calendar (RFC 5545), at an address that needs no account and can be taken back."""

import secrets
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.localization.assignments.lists import Entry
from cms.localization.models import CalendarKey, TranslationTask

SALT = "localization.calendar"
# Priorities as RFC 5545, 3.8.1.9, numbers them: 1 is the highest, 5 in the middle, 9 the lowest.
PRIORITIES = {1: 9, 2: 5, 3: 3, 4: 1}
LONGEST_LINE = 75  # octets, RFC 5545, 3.1


def calendar_path(user: Any) -> str:
    """The address of the user's calendar. It stays the same until :func:`renew` is called."""
    key = CalendarKey.objects.filter(user=user).values_list("key", flat=True).first() or renew(user)
    return reverse("task_calendar", args=[signing.Signer(salt=SALT).sign_object([user.pk, key])])


def renew(user: Any) -> str:
    """Gives the user a new key, with which the former address stops working."""
    key = secrets.token_urlsafe(24)
    try:
        CalendarKey.objects.update_or_create(user=user, defaults={"key": key})
    except IntegrityError:  # a second click at the same moment
        CalendarKey.objects.filter(user=user).update(key=key)
    return key


def owner(token: str) -> Any:
    """The user whose calendar a token opens; None for whatever is no valid token, or whose account is closed."""
    try:
        pk, key = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found = CalendarKey.objects.filter(user=pk, key=key).select_related("user").first()
    user = found.user if found else None
    return user if user and user.is_active and user.has_perm("wagtailadmin.access_admin") else None


def calendar(entries: Iterable[Entry], user: Any) -> str:
    """The tasks that have a date, each as an event of that day. What the user may not know of has no name."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Plenary//Translation tasks//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(_('Translation'))}",
    ]
    for entry in entries:
        due_on = entry.task.due_on
        if due_on is not None:
            lines += _event(entry, due_on, user)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(entry: Entry, due_on: date, user: Any) -> list[str]:
    task = entry.task
    label = _("Translate into %(language)s") if task.translator_id == user.pk else _("Revise %(language)s")
    summary = f"{label % {'language': entry.language}}: {entry.title}"
    host = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    details = [f"DESCRIPTION:{_escaped(task.note)}"] if entry.name and task.note else []
    return [
        "BEGIN:VEVENT",
        f"UID:task-{task.pk}@{host.split('//')[-1].partition(':')[0]}",
        f"DTSTAMP:{timezone.now():%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{due_on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{due_on + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(summary)}",
        *details,
        f"PRIORITY:{PRIORITIES[TranslationTask.Priority(task.priority)]}",
        "TRANSP:TRANSPARENT",
        f"URL:{host}{entry.url or reverse('localization:my_work')}",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    """A text as a value: RFC 5545, 3.3.11."""
    for character in ("\\", ";", ","):
        text = text.replace(character, f"\\{character}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> str:
    """A line broken into pieces of at most 75 octets, none in the middle of a character."""
    pieces, size = [""], 0
    for character in line:
        octets = len(character.encode())
        if size + octets > LONGEST_LINE:
            pieces.append(" ")
            size = 1
        pieces[-1] += character
        size += octets
    return "\r\n".join(pieces)
