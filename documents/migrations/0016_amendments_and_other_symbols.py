from typing import Any

from django.db import migrations, models

from documents.symbols.changes import stated_change
from documents.symbols.folding import symbol_key

BATCH = 1_000


def relate(apps: Any, schema_editor: Any) -> None:
    """Relates the amendments that are there to the documents that their symbols say they amend."""
    OfficialDocument = apps.get_model("documents", "OfficialDocument")
    FormerSymbol = apps.get_model("documents", "FormerSymbol")
    DocumentRelation = apps.get_model("documents", "DocumentRelation")
    found = []
    for document in OfficialDocument.objects.filter(symbol_key__contains="/AMEND.").only("pk", "symbol"):
        change = stated_change(document.symbol)
        if change and change.change == "amendment":
            document.parent_key = symbol_key(change.parent)
            found.append(document)
    OfficialDocument.objects.bulk_update(found, ["parent_key"], batch_size=BATCH)
    for start in range(0, len(found), BATCH):
        batch = found[start : start + BATCH]
        keys = [document.parent_key for document in batch]
        parents = dict(FormerSymbol.objects.filter(symbol_key__in=keys).values_list("symbol_key", "document_id"))
        parents |= dict(OfficialDocument.objects.filter(symbol_key__in=keys).values_list("symbol_key", "pk"))
        DocumentRelation.objects.bulk_create(
            [
                DocumentRelation(source_id=document.pk, target_id=parents[document.parent_key], kind="amendment")
                for document in batch
                if parents.get(document.parent_key, document.pk) != document.pk
            ],
            ignore_conflicts=True,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0015_order_by_symbol"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="formersymbol",
            options={
                "ordering": ["sort_order"],
                "verbose_name": "other symbol",
                "verbose_name_plural": "other symbols",
            },
        ),
        migrations.AlterField(
            model_name="documentrelation",
            name="kind",
            field=models.CharField(
                choices=[
                    ("corrigendum", "Corrigendum to"),
                    ("revision", "Revision of"),
                    ("addendum", "Addendum to"),
                    ("amendment", "Amendment to"),
                    ("supersedes", "Supersedes"),
                    ("answers", "Answers"),
                    ("annex", "Annex of"),
                ],
                max_length=12,
                verbose_name="relation",
            ),
        ),
        migrations.AlterField(
            model_name="formersymbol",
            name="symbol",
            field=models.CharField(max_length=120, verbose_name="other symbol"),
        ),
        migrations.RunPython(relate, migrations.RunPython.noop),
    ]
