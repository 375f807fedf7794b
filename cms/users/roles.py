"""The groups that hold rights over the whole site, and how a group gets its rights over pages and files.

The migrations of this app make the groups. Rights over pages are given when the pages appear: the translators' and the
revisers' group of a language get its pages with that language's home page (``home.signals``), the groups of a process
get theirs with the process's pages (``cms.processes.signals``).
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from cms.core import languages

ADMINISTRATORS = "Administrators"
ARCHIVE_OFFICERS = "Archive officers"
READERS = "Readers of restricted papers"

CHOOSE_FILES = ("wagtailimages.choose_image", "wagtaildocs.choose_document")
ADD_FILES = ("wagtailimages.add_image", "wagtaildocs.add_document")

# Group names are stable and in English, whatever language the installation speaks.
_ENGLISH = {"en": "English", "fr": "French", "es": "Spanish", "ru": "Russian", "ar": "Arabic", "zh-hans": "Chinese"}


def translators_name(language: str) -> str:
    """The name of the translators' group of a language, "Translators: French". Takes any code of the language."""
    return f"Translators: {_ENGLISH[languages.language(language).code]}"


def revisers_name(language: str) -> str:
    """The name of the revisers' group of a language, "Revisers: French". Takes any code of the language."""
    return f"Revisers: {_ENGLISH[languages.language(language).code]}"


def permission(name: str) -> Permission:
    """The permission with this full name, "wagtailadmin.access_admin"; made if it is not there yet.

    Django makes the permissions of a model after all migrations have run, so whoever needs one earlier makes it.
    """
    app_label, codename = name.split(".")
    action, _underscore, model = codename.rpartition("_")
    content_type = ContentType.objects.get_or_create(
        app_label=app_label, model="admin" if codename == "access_admin" else model
    )[0]
    found, _new = Permission.objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": f"Can {action} {model}"}
    )
    return found


def group_with(name: str, permissions: Iterable[str] = (), files: Iterable[str] = ()) -> Group:
    """The group of this name, holding these permissions and these rights over the root collection of files."""
    group, _new = Group.objects.get_or_create(name=name)
    group.permissions.add(*(permission(full_name) for full_name in permissions))
    root = Collection.get_first_root_node()
    for full_name in files if root else ():
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission(full_name))
    return group


def grant_over_page(group: Group, page: Page, actions: Iterable[str]) -> None:
    """Gives a group rights over a page and all below it: "add", "change", "publish", "lock", "unlock"."""
    for action in actions:
        GroupPagePermission.objects.get_or_create(
            group=group, page_id=page.pk, permission=permission(f"wagtailcore.{action}_page")
        )


def grant_translators(home: Page) -> None:
    """Gives the translators of a language their language's pages. Rights over words only: records do not follow."""
    name = translators_name(home.locale.language_code)
    group = group_with(name, ["wagtailadmin.access_admin"], CHOOSE_FILES)
    grant_over_page(group, home, ("add", "change"))


def grant_revisers(home: Page) -> None:
    """Gives the revisers of a language its pages to change. What they may approve is asked when they review."""
    group = group_with(revisers_name(home.locale.language_code), ["wagtailadmin.access_admin"], CHOOSE_FILES)
    grant_over_page(group, home, ("change",))
