"""The review of an import: a row for each file that is still to be filed, and saving all rows at once."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from cms.meetings.models import AgendaItem, Session
from documents.batches.assessing import Assessment, Assessor
from documents.batches.forms import ItemForm
from documents.models import ImportBatch, ImportItem

PER_PAGE = 50
# Where the reading says how sure it is of what a field shows.
SOURCES = {"symbol": "symbols", "session": "meeting_dates"}


@dataclass(frozen=True)
class Cell:
    """A field of a row, with what the officer should know of how it was read.

    check: whether to look at it: it was concluded, or not found        note: why, in words        line: where it
    stands in the file
    """

    field: Any
    check: bool
    note: str
    line: str


@dataclass(frozen=True)
class Row:
    """One file of the review."""

    item: ImportItem
    form: ItemForm
    cells: list[Cell]
    found: Assessment

    @property
    def needs_work(self) -> bool:
        """Whether it cannot be filed as it stands."""
        return bool(self.found.blocks or self.item.reason or self.form.errors)


def open_items(batch: ImportBatch, number: Any) -> Page[ImportItem]:
    """A page of the files that are still to be filed."""
    return Paginator(batch.items.filter(state__in=ImportItem.OPEN).order_by("pk"), PER_PAGE).get_page(number)


def item_forms(batch: ImportBatch, items: list[ImportItem], data: Any = None) -> list[ItemForm]:
    """A form for each file, bound to what was posted. Two queries, whatever their number."""
    held = Session.objects.filter(working_group__process=batch.process_id).select_related("working_group")
    sessions = [(session.pk, str(session)) for session in held]
    agendas: dict[int, set[str]] = defaultdict(set)
    numbers = AgendaItem.objects.filter(session__working_group__process=batch.process_id)
    for session, number in numbers.values_list("session_id", "number"):
        agendas[session].add(number)
    return [ItemForm(data, item=item, sessions=sessions, agendas=agendas) for item in items]


def save_rows(forms: list[ItemForm]) -> list[ItemForm]:
    """Saves every row that is right, and gives those that are not. One query for each hundred rows.

    A file that was in conflict is looked at anew.
    """
    wrong = [form for form in forms if not form.is_valid()]
    changed = []
    for form in forms:
        if form in wrong:
            continue
        item = form.item
        item.facts = form.facts()
        item.included = form.cleaned_data["included"]
        if item.state == ImportItem.State.CONFLICT:
            item.state, item.reason = ImportItem.State.READY, ""
        changed.append(item)
    ImportItem.objects.bulk_update(changed, ["facts", "included", "state", "reason"], batch_size=100)
    return wrong


def rows_of(batch: ImportBatch, items: list[ImportItem], forms: list[ItemForm]) -> list[Row]:
    """The rows of the review with what was found of each file."""
    found = Assessor(batch, items).assess()
    return [Row(form.item, form, _cells(form), found[form.item.pk]) for form in forms]


def _cells(form: ItemForm) -> list[Cell]:
    sources = form.item.reading.get("sources", {})
    return [
        _cell(form[name], sources.get(SOURCES.get(name, name)) or sources.get(name), form.item.facts.get(name))
        for name in form.fields
        if name != "included"
    ]


def _cell(field: Any, source: dict[str, Any] | None, value: Any) -> Cell:
    """What is said of a field: found and where, concluded, or not found."""
    if source is None:
        unsure = field.name in ("symbol", "language", "title", "date", "session") and not value
        return Cell(field, unsure, _("Not found.") if unsure else "", "")
    if source["confidence"] == "sure":
        missing = field.name == "session" and not value
        return Cell(field, missing, _("Not in the calendar.") if missing else "", source["text"])
    return Cell(field, True, _("Concluded, not printed: please check."), source["text"])
