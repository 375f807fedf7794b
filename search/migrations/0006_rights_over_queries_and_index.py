"""Who keeps synonyms sees and forgets queries without results, and looks at the index; administrators rebuild it."""

from typing import Any

from django.db import migrations

OFFICERS = ("view_unansweredquery", "delete_unansweredquery", "view_rebuild")
ADMINISTRATORS = (*OFFICERS, "add_rebuild")


def grant(apps: Any, schema_editor: Any) -> None:
    """Gives the rights. Django makes the permissions of a model after all migrations, so they are made here."""
    for name, codenames in (("Administrators", ADMINISTRATORS), ("Archive officers", OFFICERS)):
        group = apps.get_model("auth", "Group").objects.get_or_create(name=name)[0]
        group.permissions.add(*(_permission(apps, codename) for codename in codenames))


def _permission(apps: Any, codename: str) -> Any:
    action, _underscore, model = codename.partition("_")
    content_type = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label="search", model=model)[
        0
    ]
    return apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": f"Can {action} {model}"}
    )[0]


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0005_queries_without_results"),
        ("users", "0003_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
