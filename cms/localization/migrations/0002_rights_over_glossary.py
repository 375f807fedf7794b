"""Administrators keep the terms of the whole site, and those of every process."""

from typing import Any

from django.db import migrations

ACTIONS = ("view", "add", "change", "delete", "lock", "unlock")


def grant(apps: Any, schema_editor: Any) -> None:
    """Gives the rights. Django makes the permissions of a model after all migrations, so they are made here."""
    content_types = apps.get_model("contenttypes", "ContentType").objects
    permissions = apps.get_model("auth", "Permission").objects
    rights = [
        permissions.get_or_create(
            content_type=content_types.get_or_create(app_label="localization", model="term")[0],
            codename=f"{action}_term",
            defaults={"name": f"Can {action} term"},
        )[0]
        for action in ACTIONS
    ]
    apps.get_model("auth", "Group").objects.get_or_create(name="Administrators")[0].permissions.add(*rights)


class Migration(migrations.Migration):
    dependencies = [
        ("localization", "0001_memory_and_glossary"),
        ("users", "0003_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
