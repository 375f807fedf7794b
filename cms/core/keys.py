"""Primary keys and UIDs as they stand in addresses and forms, where anything may be written."""

from collections.abc import Iterable
from uuid import UUID

MOST_DIGITS = 18  # longer ones fit no column


def key_in(text: str) -> int | None:
    """The primary key that a text is; None where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None


def keys_in(texts: Iterable[str]) -> list[int]:
    """The primary keys among some texts, in their order; what is none is left out."""
    return [key for key in map(key_in, texts) if key is not None]


def uid_in(text: str) -> UUID | None:
    """The UID that a text is; None where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def uids_in(texts: Iterable[str]) -> list[UUID]:
    """The UIDs among some texts, in their order; what is none is left out."""
    return [uid for uid in map(uid_in, texts) if uid is not None]
