"""Administrators and archive officers keep synonyms and promoted results: both hold for the whole site."""

from typing import Any

from django.db import migrations

GROUPS = ("Administrators", "Archive officers")
RECORDS = ("synonymgroup", "promotedresult")
ACTIONS = ("view", "add", "change", "delete", "lock", "unlock")


def grant(apps: Any, schema_editor: Any) -> None:
    """Gives the rights. Django makes the permissions of a model after all migrations, so they are made here."""
    content_types = apps.get_model("contenttypes", "ContentType").objects
    permissions = apps.get_model("auth", "Permission").objects
    rights = [
        permissions.get_or_create(
            content_type=content_types.get_or_create(app_label="search", model=model)[0],
            codename=f"{action}_{model}",
            defaults={"name": f"Can {action} {model}"},
        )[0]
        for model in RECORDS
        for action in ACTIONS
    ]
    for name in GROUPS:
        apps.get_model("auth", "Group").objects.get_or_create(name=name)[0].permissions.add(*rights)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0002_synonyms_and_promoted_results"),
        ("users", "0003_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
