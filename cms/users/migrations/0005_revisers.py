"""The revisers of each language: beside its translators, with the same entry and files, to change its pages."""

from typing import Any

from django.db import migrations

LANGUAGES = ("English", "French", "Spanish", "Russian", "Arabic", "Chinese")


def create_revisers(apps: Any, schema_editor: Any) -> None:
    """Makes the groups, and gives them the pages of languages that have their home page already."""
    groups = apps.get_model("auth", "Group").objects
    page_rights = apps.get_model("wagtailcore", "GroupPagePermission").objects
    file_rights = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    for language in LANGUAGES:
        translators = groups.get_or_create(name=f"Translators: {language}")[0]
        revisers = groups.get_or_create(name=f"Revisers: {language}")[0]
        revisers.permissions.add(*translators.permissions.filter(codename="access_admin"))
        for right in file_rights.filter(group=translators, permission__codename__startswith="choose_"):
            file_rights.get_or_create(
                group=revisers, collection_id=right.collection_id, permission_id=right.permission_id
            )
        for right in page_rights.filter(group=translators, permission__codename="change_page"):
            page_rights.get_or_create(group=revisers, page_id=right.page_id, permission_id=right.permission_id)


class Migration(migrations.Migration):
    dependencies = [("users", "0004_workflow")]

    operations = [migrations.RunPython(create_revisers, migrations.RunPython.noop)]
