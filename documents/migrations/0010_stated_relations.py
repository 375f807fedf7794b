from collections.abc import Iterator
from typing import Any

from django.db import migrations

from documents.symbols.changes import stated_change
from documents.symbols.folding import symbol_key

BATCH = 1_000


def stated(documents: Any) -> Iterator[tuple[Any, str]]:
    """The documents whose symbols name a parent, with the kind of change."""
    for document in documents.iterator(chunk_size=BATCH):
        change = stated_change(document.symbol)
        if change:
            document.parent_key = symbol_key(change.parent)
            yield document, change.change


def relate(apps: Any, schema_editor: Any) -> None:
    """Relates the documents that are there to those that their symbols say they correct, revise or add to."""
    OfficialDocument = apps.get_model("documents", "OfficialDocument")
    FormerSymbol = apps.get_model("documents", "FormerSymbol")
    DocumentRelation = apps.get_model("documents", "DocumentRelation")
    found = list(stated(OfficialDocument.objects.exclude(symbol=None).only("pk", "symbol")))
    OfficialDocument.objects.bulk_update([document for document, _kind in found], ["parent_key"], batch_size=BATCH)
    for start in range(0, len(found), BATCH):
        batch = found[start : start + BATCH]
        keys = [document.parent_key for document, _kind in batch]
        parents = dict(FormerSymbol.objects.filter(symbol_key__in=keys).values_list("symbol_key", "document_id"))
        parents |= dict(OfficialDocument.objects.filter(symbol_key__in=keys).values_list("symbol_key", "pk"))
        DocumentRelation.objects.bulk_create(
            [
                DocumentRelation(source_id=document.pk, target_id=parents[document.parent_key], kind=kind)
                for document, kind in batch
                if parents.get(document.parent_key, document.pk) != document.pk
            ],
            ignore_conflicts=True,
        )


class Migration(migrations.Migration):
    dependencies = [("documents", "0009_relations")]

    operations = [migrations.RunPython(relate, migrations.RunPython.noop)]
