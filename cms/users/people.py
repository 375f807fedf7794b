"""What people are called, wherever somebody reads of them."""

from typing import Any

# The columns of an account that its name is made of.
NAMES = ("first_name", "last_name", "username")


def called(user: Any) -> str:
    """What a person is called; empty for nobody."""
    return name_from(*(getattr(user, column) for column in NAMES)) if user else ""


def name_from(first: str | None, last: str | None, username: str | None) -> str:
    """As :func:`called`, from the columns ``NAMES``; all None for nobody."""
    return f"{first or ''} {last or ''}".strip() or username or ""
