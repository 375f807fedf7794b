"""Marks by which it is seen whether anybody has changed what an import made."""

import hashlib
import json
from typing import Any

from documents.models import OfficialDocument, ReportPage

# Fields that change without anybody changing the record, or with another that is looked at.
NO_FACTS = frozenset({"latest_revision_id", "sort_order"}) | frozenset(
    {"added_at", "added_by_id", "pages", "picture", "replaced_at", "replaced_sha256"}
)


def mark_of(record: Any) -> str:
    """A digest of what the database says of a record: its fields, and the agenda items of a document.

    For a web edition, the newest revision and whether it is live: every change makes a revision. One or two queries.
    """
    if isinstance(record, ReportPage):
        page = ReportPage.objects.filter(pk=record.pk).values_list("latest_revision_id", "live", "locked").first()
        return _digest(list(page or ()))
    fields = [field.attname for field in record._meta.concrete_fields if field.attname not in NO_FACTS]
    row = type(record)._base_manager.filter(pk=record.pk).values_list(*fields).first()
    values = [plain_value(value) for value in row or ()]
    if isinstance(record, OfficialDocument):
        values.append(sorted(record.agenda_items.values_list("pk", flat=True)))
    return _digest(values)


def plain_value(value: Any) -> Any:
    """A field's value as JSON can hold it."""
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def _digest(values: list[Any]) -> str:
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()
