"""The roles over the whole site: administrators, archive officers, translators of each language, readers.

Rights over pages beyond the root, and the groups of each process, follow when the pages appear (cms.users.roles,
cms.processes.roles). Wagtail's own two groups reach over all pages and languages; they lose their rights, and go where
nobody is in them.
"""

from typing import Any

from django.db import migrations

RECORDS = {
    "processes": ("process", "workinggroup", "party", "membership", "office"),
    "meetings": ("session", "agendaitem", "venue"),
    "documents": ("officialdocument", "formersymbol", "languageversion", "documentfile", "symbolseries"),
}
RECORD_ACTIONS = ("view", "add", "change", "delete", "publish", "lock", "unlock")
# Processes and bodies are set up by administrators; an archive officer files what belongs to them.
NOT_FOR_OFFICERS = {("processes", "process", "add"), ("processes", "process", "delete")}
SITE_MODELS = {
    "users": ("user",),
    "auth": ("group",),
    "wagtailcore": ("site", "locale", "workflow", "task"),
    "wagtailredirects": ("redirect",),
}
FILES = {"wagtailimages": "image", "wagtaildocs": "document"}
TRANSLATORS = ("English", "French", "Spanish", "Russian", "Arabic", "Chinese")
PAGE_ACTIONS = ("add", "change", "publish", "bulk_delete", "lock", "unlock")


def create_roles(apps: Any, schema_editor: Any) -> None:
    group_model = apps.get_model("auth", "Group")
    access = _permission(apps, "wagtailadmin", "admin", "access", codename="access_admin")

    administrators = group_model.objects.get_or_create(name="Administrators")[0]
    administrators.permissions.add(
        access,
        *_record_permissions(apps, set()),
        *(
            _permission(apps, app, model, action)
            for app, models in SITE_MODELS.items()
            for model in models
            for action in ("add", "change", "delete")
        ),
    )
    _grant_files(apps, administrators, ("add", "change", "delete", "choose"))
    _grant_collections(apps, administrators)
    _grant_root(apps, administrators)

    officers = group_model.objects.get_or_create(name="Archive officers")[0]
    officers.permissions.add(access, *_record_permissions(apps, NOT_FOR_OFFICERS))
    _grant_files(apps, officers, ("add", "choose"))

    for language in TRANSLATORS:
        translators = group_model.objects.get_or_create(name=f"Translators: {language}")[0]
        translators.permissions.add(access)
        _grant_files(apps, translators, ("choose",))

    group_model.objects.get_or_create(name="Readers of restricted papers")
    _disarm_default_groups(apps)


def _permission(apps: Any, app_label: str, model: str, action: str, codename: str = "") -> Any:
    """The permission row, made here where Django has not made it yet (it does so after all migrations)."""
    content_type = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )[0]
    return apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type,
        codename=codename or f"{action}_{model}",
        defaults={"name": f"Can {action} {model}"},
    )[0]


def _record_permissions(apps: Any, without: set[tuple[str, str, str]]) -> list[Any]:
    return [
        _permission(apps, app, model, action)
        for app, models in RECORDS.items()
        for model in models
        for action in RECORD_ACTIONS
        if (app, model, action) not in without
    ]


def _grant_files(apps: Any, group: Any, actions: tuple[str, ...]) -> None:
    root = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    for app_label, model in FILES.items():
        for action in actions:
            apps.get_model("wagtailcore", "GroupCollectionPermission").objects.get_or_create(
                group=group, collection=root, permission=_permission(apps, app_label, model, action)
            )


def _grant_collections(apps: Any, group: Any) -> None:
    root = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    for action in ("add", "change", "delete"):
        apps.get_model("wagtailcore", "GroupCollectionPermission").objects.get_or_create(
            group=group, collection=root, permission=_permission(apps, "wagtailcore", "collection", action)
        )


def _grant_root(apps: Any, group: Any) -> None:
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    for action in PAGE_ACTIONS:
        apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
            group=group, page=root, permission=_permission(apps, "wagtailcore", "page", action)
        )


def _disarm_default_groups(apps: Any) -> None:
    for group in apps.get_model("auth", "Group").objects.filter(name__in=["Editors", "Moderators"]):
        apps.get_model("wagtailcore", "GroupPagePermission").objects.filter(group=group).delete()
        apps.get_model("wagtailcore", "GroupCollectionPermission").objects.filter(group=group).delete()
        group.permissions.clear()
        if not group.user_set.exists():
            group.delete()
    # Submitting for translation is decided page by page and language by language, never by one right for all.
    submit = apps.get_model("auth", "Permission").objects.filter(codename="submit_translation")
    for permission in submit:
        permission.group_set.clear()


class Migration(migrations.Migration):
    dependencies = [
        ("users", "0002_publisher_approval"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]

    operations = [migrations.RunPython(create_roles, migrations.RunPython.noop)]
