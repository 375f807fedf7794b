"""Marks by which it is seen whether anybody has changed what an import made."""

import hashlib
import json
from typing import Any

from django.db.models import Q, QuerySet

from documents.models import DocumentRelation, ImportItem, OfficialDocument, ReportPage

# Fields that change without anybody changing the record, or with another that is looked at.
NO_FACTS = frozenset({"latest_revision_id", "sort_order"}) | frozenset(
    {"added_at", "added_by_id", "pages", "picture", "replaced_at", "replaced_sha256"}
)
# What hangs on a document and would go with it, or lose it. Relations are asked for where it is undone.
HANGING = ("agenda_items", "former_symbols", "governed_sessions")


def mark_of(record: Any) -> str:
    """A digest of what the database says of a record: its fields, and for a document what hangs on it.

    For a web edition, the newest revision and whether it is live: every change makes a revision. One query, five for a
    document.
    """
    if isinstance(record, ReportPage):
        page = ReportPage.objects.filter(pk=record.pk).values_list("latest_revision_id", "live", "locked").first()
        return _digest(list(page or ()))
    fields = [field.attname for field in record._meta.concrete_fields if field.attname not in NO_FACTS]
    row = type(record)._base_manager.filter(pk=record.pk).values_list(*fields).first()
    values = [plain_value(value) for value in row or ()]
    if isinstance(record, OfficialDocument):
        record = OfficialDocument.objects.get(pk=record.pk)  # the one at hand may hold rows of its own
        values += [sorted(getattr(record, name).order_by().values_list("pk", flat=True)) for name in HANGING]
    return _digest(values)


def row_mark(item: ImportItem) -> str:
    """A short digest of a row of the review as it is stored."""
    return hashlib.sha256(json.dumps(item.facts, sort_keys=True).encode()).hexdigest()[:16]


def relations_of(document: OfficialDocument) -> QuerySet[DocumentRelation]:
    """The relations of a document, in both directions."""
    return DocumentRelation.objects.filter(Q(source=document) | Q(target=document))


def plain_value(value: Any) -> Any:
    """A field's value as JSON can hold it."""
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def _digest(values: list[Any]) -> str:
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()
