"""What established a body is cited in each language: the words that were there become those of its process's own."""

from collections.abc import Callable
from typing import Any

from django.db import migrations, models

import cms.core.fields


def keep_words(apps: Any, schema_editor: Any) -> None:
    """Puts the words of each body under the main language of its process."""
    bodies = apps.get_model("processes", "WorkingGroup").objects.exclude(old_reference="").select_related("process")
    for body in bodies:
        body.established_by_reference = {body.process.main_language: body.old_reference}
        body.save(update_fields=["established_by_reference"])
    _rewrite_history(apps, lambda value, code: {code: value} if value else {}, str)


def keep_one_wording(apps: Any, schema_editor: Any) -> None:
    """Goes back to one wording: that of the process's main language, else any."""
    for body in apps.get_model("processes", "WorkingGroup").objects.select_related("process"):
        words = body.established_by_reference
        body.old_reference = words.get(body.process.main_language) or next(iter(words.values()), "")
        body.save(update_fields=["old_reference"])
    _rewrite_history(apps, lambda value, code: value.get(code) or next(iter(value.values()), ""), dict)


def _rewrite_history(apps: Any, rewrite: Callable[[Any, str], Any], old_form: type) -> None:
    """Puts the earlier versions of bodies into the new form too, so that they can still be looked at."""
    languages = {
        str(pk): code
        for pk, code in apps.get_model("processes", "WorkingGroup").objects.values_list("pk", "process__main_language")
    }
    revisions = apps.get_model("wagtailcore", "Revision").objects.filter(
        content_type__app_label="processes", content_type__model="workinggroup", object_id__in=languages
    )
    for revision in revisions:
        value = revision.content.get("established_by_reference")
        if isinstance(value, old_form):
            revision.content["established_by_reference"] = rewrite(value, languages[revision.object_id])
            revision.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [("processes", "0002_initial"), ("wagtailcore", "0098_apitoken")]

    operations = [
        migrations.RenameField("workinggroup", "established_by_reference", "old_reference"),
        migrations.AddField(
            "workinggroup",
            "established_by_reference",
            cms.core.fields.NamesField(
                blank=True,
                default=dict,
                help_text="That decision as it is cited, such as resolution 7/1. Used where the archive does not hold it.",
                verbose_name="mandate reference",
            ),
        ),
        migrations.RunPython(keep_words, keep_one_wording),
        # With a default, so that the way back can make the column again.
        migrations.AlterField(
            "workinggroup", "old_reference", models.CharField(blank=True, default="", max_length=120)
        ),
        migrations.RemoveField("workinggroup", "old_reference"),
    ]
