"""What does not match between two language versions of one document. Plain data in, plain data out."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from documents.importing.agenda import in_latin_letters
from documents.importing.model import DocumentReading

# Blocks whose labels are the same in every language; unlabelled ones may be parted differently by each reader.
LABELLED = ("paragraph", "operative", "lettered", "heading", "annex")

DifferenceKind = Literal["missing", "footnotes", "tables", "date", "session", "agenda_items"]


@dataclass(frozen=True, slots=True)
class Outline:
    """What languages of a document must share.

    language: Django's code or the short one, as the caller likes        paragraphs: printed labels by anchor, in order
    footnotes: how many        tables: how many        date, session, agenda_items: of the masthead; None or empty where
    not read
    """

    language: str
    paragraphs: Mapping[str, str]
    footnotes: int
    tables: int = 0
    date: datetime.date | None = None
    session: int | None = None
    agenda_items: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The outline under keys that :func:`outline_from_json` reads."""
        return {
            "language": self.language,
            "paragraphs": dict(self.paragraphs),
            "footnotes": self.footnotes,
            "tables": self.tables,
            "date": self.date.isoformat() if self.date else None,
            "session": self.session,
            "agenda_items": list(self.agenda_items),
        }


def outline_from_json(data: Mapping[str, Any]) -> Outline:
    """The outline that `Outline.as_json` gave."""
    return Outline(
        data["language"],
        data["paragraphs"],
        data["footnotes"],
        data["tables"],
        datetime.date.fromisoformat(data["date"]) if data["date"] else None,
        data["session"],
        tuple(data["agenda_items"]),
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that does not match.

    kind: "missing" paragraphs are in one language only; of the others the two languages say different things
    language: the language that lacks the paragraphs; empty for the other kinds
    first, second: what each language has: labels of paragraphs, numbers of footnotes, dates
    """

    kind: DifferenceKind
    first: str
    second: str
    language: str = ""


def outline_of(reading: DocumentReading) -> Outline:
    """The outline of what was read from a file."""
    head = reading.masthead
    return Outline(
        reading.language,
        labels_by_anchor((block.kind, block.anchor, block.label) for block in reading.blocks),
        len(reading.footnotes),
        sum(block.kind == "table" for block in reading.blocks),
        head.date,
        head.session,
        tuple(item.number for item in head.agenda_items),
    )


def labels_by_anchor(blocks: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """Printed labels by anchor, out of (kind, anchor, label) of blocks in their order; labelled ones only."""
    return {anchor: label for kind, anchor, label in blocks if kind in LABELLED and label}


def compare(first: Outline, second: Outline) -> tuple[Difference, ...]:
    """What does not match between two languages; nothing where all does. A value that one lacks is no difference."""
    found: list[Difference] = []
    for one, other in ((first, second), (second, first)):
        missing = [label for anchor, label in one.paragraphs.items() if anchor not in other.paragraphs]
        if missing and other.paragraphs:
            labels = _shortened(missing)
            found.append(
                Difference("missing", labels if one is first else "", labels if one is second else "", other.language)
            )
    pairs: list[tuple[DifferenceKind, Any, Any]] = [
        ("footnotes", first.footnotes, second.footnotes),
        ("tables", first.tables, second.tables),
        ("date", first.date, second.date),
        ("session", first.session, second.session),
        ("agenda_items", _listed(first.agenda_items), _listed(second.agenda_items)),
    ]
    for kind, one_value, other_value in pairs:
        is_count = kind in ("footnotes", "tables")
        if one_value != other_value and (is_count or (one_value and other_value)):
            found.append(Difference(kind, str(one_value), str(other_value)))
    return tuple(found)


def _listed(items: tuple[str, ...]) -> str:
    return ", ".join(sorted(in_latin_letters(item) for item in items))


_MOST_NAMED = 12


def _shortened(labels: list[str]) -> str:
    """The labels one after the other, the last of a long list as their number: "4, 5, (a), +31"."""
    named = [f"{label} ×{count}" if count > 1 else label for label, count in Counter(labels).items()]
    more = len(named) - _MOST_NAMED
    return ", ".join([*named[:_MOST_NAMED], *([f"+{more}"] if more > 0 else [])])
