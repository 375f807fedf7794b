"""Texts that were translated before states were kept: a person's are confirmed, a machine's are the machine's."""

from typing import Any

from django.db import migrations

AT_ONCE = 1_000


def give_states(apps: Any, schema_editor: Any) -> None:
    StringTranslation = apps.get_model("wagtail_localize", "StringTranslation")
    SegmentReview = apps.get_model("localization", "SegmentReview")
    batch = []
    for pk, kind in StringTranslation.objects.filter(review=None).values_list("pk", "translation_type").iterator():
        batch.append(SegmentReview(translation_id=pk, state="machine" if kind == "machine" else "confirmed"))
        if len(batch) == AT_ONCE:
            SegmentReview.objects.bulk_create(batch)
            batch = []
    SegmentReview.objects.bulk_create(batch)


class Migration(migrations.Migration):
    dependencies = [("localization", "0003_states_and_history_of_texts")]

    operations = [migrations.RunPython(give_states, migrations.RunPython.noop)]
