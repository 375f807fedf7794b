"""Processes that have their groups already get one more: those who coordinate its translation."""

from typing import Any

from django.db import migrations, models


def create_coordinators(apps: Any, schema_editor: Any) -> None:
    """Makes the group beside the publishers', with entry to the administration and the right to lock pages."""
    groups = apps.get_model("auth", "Group").objects
    roles = apps.get_model("processes", "ProcessRole").objects
    page_rights = apps.get_model("wagtailcore", "GroupPagePermission").objects
    for publishers in list(roles.filter(role="publisher").select_related("group", "process")):
        coordinators = groups.get_or_create(name=f"Coordinators: {publishers.process.code}")[0]
        coordinators.permissions.add(*publishers.group.permissions.filter(codename="access_admin"))
        roles.get_or_create(process=publishers.process, role="coordinator", defaults={"group": coordinators})
        rights = page_rights.filter(group=publishers.group, permission__codename__in=["lock_page", "unlock_page"])
        for right in rights:
            page_rights.get_or_create(group=coordinators, page_id=right.page_id, permission_id=right.permission_id)


class Migration(migrations.Migration):
    dependencies = [
        ("processes", "0003_reference_in_languages"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.AlterField(
            "processrole",
            "role",
            models.CharField(
                choices=[
                    ("editor", "Editors"),
                    ("publisher", "Publishers"),
                    ("coordinator", "Coordinators"),
                    ("reader", "Readers of restricted papers"),
                ],
                max_length=20,
                verbose_name="role",
            ),
        ),
        migrations.RunPython(create_coordinators, migrations.RunPython.noop),
    ]
