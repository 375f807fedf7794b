"""Links of segments are named by what they are (``cms.localization.texts.naming``) instead of by their position.

Texts in the work of translators are renamed with their translations, so that these stay theirs.
"""

import json
import uuid
from typing import Any

from django.db import migrations

from cms.localization.texts.naming import names_of, renamed

# As wagtail-localize's `String._get_data_hash` has it.
NAMESPACE = uuid.UUID("59ed7d1c-7eb5-45fa-9c8b-7a7057ed56d7")


def name_links(apps: Any, schema_editor: Any) -> None:
    models = {
        name: apps.get_model("wagtail_localize", name) for name in ("String", "StringSegment", "StringTranslation")
    }
    segments = models["StringSegment"].objects
    translations = models["StringTranslation"].objects
    linked = segments.exclude(attrs__in=["", "null", "{}"]).select_related("string")
    for segment in linked.order_by("pk").iterator():
        before = segment.string
        attrs = json.loads(segment.attrs) or {}
        names = names_of(attrs)
        data = renamed(before.data, names)
        if data == before.data:
            continue
        string, _created = models["String"].objects.get_or_create(
            locale_id=before.locale_id, data_hash=uuid.uuid5(NAMESPACE, data), defaults={"data": data}
        )
        twins = segments.filter(context=segment.context_id, string=before).exclude(pk=segment.pk)
        taken = translations.filter(translation_of=string, context=segment.context_id).values("locale")
        rows = translations.filter(translation_of=before, context=segment.context_id).exclude(locale__in=taken)
        for row in list(rows):
            if twins.exists():  # the same words with other links at the same place take the same translation
                row.pk = None
            row.translation_of, row.data = string, renamed(row.data, names)
            row.save()
        segment.string, segment.attrs = string, json.dumps({names[old]: values for old, values in attrs.items()})
        segment.save(update_fields=["string", "attrs"])


class Migration(migrations.Migration):
    dependencies = [
        ("localization", "0005_submissions"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]

    operations = [migrations.RunPython(name_links, migrations.RunPython.noop)]
