"""The lines of the parity matrix that are shown: documents and pages with their titles, each language a cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.core.languages import LANGUAGES, Language, joined, language
from cms.localization.assignments.assigned import Assigned, tasks_of
from cms.localization.parity.surveying import PAGES, Row
from cms.localization.states import AT_ONCE, NOTHING_KNOWN, Facts, State
from cms.localization.things import Name, names_of_documents, names_of_pages
from documents.models import OfficialDocument


@dataclass(frozen=True)
class Cell:
    """One thing in one language: its state, what else is to be said of it, and where it is worked on."""

    language: Language
    state: State
    note: str = ""
    url: str = ""
    assigned: Assigned | None = None
    is_overdue: bool = False

    @property
    def who(self) -> str:
        """Who translates it and who revises it; empty where nobody is named."""
        people = [self.assigned.translator, self.assigned.reviser] if self.assigned else []
        return joined(name for name in people if name)

    @property
    def due(self) -> str:
        """Until when, in a word or two; empty without a date."""
        if self.assigned is None or self.assigned.due_on is None:
            return ""
        day = date_format(self.assigned.due_on, "SHORT_DATE_FORMAT")
        return (_("overdue since %(day)s") if self.is_overdue else _("due %(day)s")) % {"day": day}


@dataclass(frozen=True)
class Line:
    """One document or page: what it is called, and its cells."""

    key: UUID
    name: Name
    cells: Sequence[Cell]


def lines(rows: Sequence[Row], kind: str) -> list[Line]:
    """The lines of these documents or pages. At most three queries for every 10,000."""
    names: dict[UUID, Name] = {}
    tasks: dict[UUID, dict[str, Assigned]] = {}
    for start in range(0, len(rows), AT_ONCE):
        part = rows[start : start + AT_ONCE]
        pks = [row.pk for row in part]
        if kind == PAGES:
            names |= names_of_pages(Page.objects.filter(pk__in=pks))
        else:
            names |= names_of_documents(OfficialDocument.objects.filter(pk__in=pks))
        tasks |= tasks_of([row.key for row in part])
    today = timezone.localdate()
    return [
        # It may be gone since it was counted.
        Line(row.key, names.get(row.key, Name()), _cells(row, tasks.get(row.key, {}), today))
        for row in rows
    ]


def _cells(row: Row, tasks: Mapping[str, Assigned], today: date) -> list[Cell]:
    cells = []
    for entry in LANGUAGES:
        facts = row.facts.get(entry.code, NOTHING_KNOWN)
        state, assigned = row.states[entry.code], tasks.get(entry.code)
        is_overdue = assigned is not None and assigned.is_overdue(today)
        cells.append(Cell(entry, state, _note(state, facts), _address(facts), assigned, is_overdue))
    return cells


def _note(state: State, facts: Facts) -> str:
    """What is to be said beside a state: how many texts are done, since when it is outdated, why it is not required."""
    if state == State.NOT_REQUIRED:
        return facts.not_required
    note = ""
    if state in {State.IN_TRANSLATION, State.MACHINE, State.OUTDATED, State.IN_REVIEW} and facts.total:
        note = _("%(done)s of %(total)s") % {"done": facts.done, "total": facts.total}
    if state == State.OUTDATED and facts.since:
        note = _("since %(date)s, %(count)s") % {"date": date_format(facts.since, "SHORT_DATE_FORMAT"), "count": note}
    return note


def _address(facts: Facts) -> str:
    """Where the thing is worked on in this language; empty where there is nothing yet."""
    if facts.translation is not None:
        return reverse("localization:edit_translation", args=[facts.translation])
    return reverse("wagtailadmin_pages:edit", args=[facts.page]) if facts.page else ""


def table(found: Sequence[Line]) -> list[list[str]]:
    """The matrix as the rows of a spreadsheet: one for each document or page, a column for each language."""
    header = [_("Symbol"), _("Title"), _("Language"), *(str(entry.label) for entry in LANGUAGES)]
    return [header, *map(_row, found)]


def _row(line: Line) -> list[str]:
    states = []
    for cell in line.cells:
        more = "; ".join(filter(None, [cell.note, cell.who, cell.due]))
        states.append(f"{cell.state.label} ({more})" if more else str(cell.state.label))
    name = line.name
    written: Any = language(name.language).label if name.language else ""
    return [name.symbol, name.title, str(written), *states]
