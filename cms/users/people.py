"""What people are called, and the language in which they work."""

from typing import Any

from django.conf import settings
from wagtail.users.models import UserProfile

# The columns of an account that its name is made of.
NAMES = ("first_name", "last_name", "username")


def called(user: Any) -> str:
    """What a person is called; empty for nobody."""
    return name_from(*(getattr(user, column) for column in NAMES)) if user else ""


def name_from(first: str | None, last: str | None, username: str | None) -> str:
    """As :func:`called`, from the columns ``NAMES``; all None for nobody."""
    return f"{first or ''} {last or ''}".strip() or username or ""


def language_of(user: Any) -> str:
    """The language in which a person works in the administration; the site's for nobody. One query.

    It is the present one for a person who chose none.
    """
    if user is None:
        return settings.LANGUAGE_CODE
    profile = UserProfile.objects.filter(user=user).first() or UserProfile()
    language: str = profile.get_preferred_language()
    return language
