"""Terms between a file and the glossary: what a file says of a term."""

import uuid
from dataclasses import dataclass

MOST_BYTES = 10 * 1024 * 1024
MOST_ENTRIES = 20_000


@dataclass(frozen=True)
class EntryName:
    """A name as a file gives it: Django's code of its language, the name, and its use (``TermName.Use``)."""

    language: str
    text: str
    use: str


@dataclass(frozen=True)
class Entry:
    """A term as a file gives it. ``place`` says where in the file, ``ignored`` in sentences what of it is not taken."""

    place: str
    names: tuple[EntryName, ...]
    uid: uuid.UUID | None = None
    source: str = ""
    note: str = ""
    ignored: tuple[str, ...] = ()
