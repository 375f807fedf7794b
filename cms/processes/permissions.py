"""Who may do what with a record: asked of the record, not of its type.

Rights over facts come from two places:

- permissions of the model, held over all processes (administrators, archive officers);
- rights over the page of the record's process **in the process's main language**: whoever may change that page may
  change the process's records, whoever may publish it may release its documents.

A right given at the home page of a language is a right over words, not over facts: translators hold it, and it does
not count here. Rights given higher (the root, which holds all languages) or lower (the list of processes, a process)
do.
"""

from collections.abc import Collection, Iterable
from typing import Any, TypeVar

from django.contrib.auth import get_user_model
from django.db.models import F, Model, Q, QuerySet
from wagtail.models import GroupPagePermission
from wagtail.permission_policies.base import BaseDjangoAuthPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import register_permission_policy

M = TypeVar("M", bound=Model)

# What a right over the process's page means for its records.
PAGE_RIGHTS = {
    "view": "change_page",
    "add": "change_page",
    "change": "change_page",
    "delete": "change_page",
    "publish": "publish_page",
    "lock": "lock_page",
    "unlock": "unlock_page",
}
# Home pages, one per language, are the children of the root.
LANGUAGE_DEPTH = 2


def processes_for(user: Any, actions: Iterable[str]) -> frozenset[int]:
    """The processes over whose main page the user holds the right to any of the actions.

    Two queries for the first question about a user, none after that: the answer is kept on the user, who lives as
    long as the request. Superusers get an empty set, like anybody without a page right: policies ask for them first.
    """
    rights = _rights(user)
    wanted = {PAGE_RIGHTS[action] for action in actions if action in PAGE_RIGHTS}
    return frozenset(process for right in wanted for process in rights.get(right, ()))


def _rights(user: Any) -> dict[str, set[int]]:
    """Processes by page right ("change_page"), for one user."""
    rights: dict[str, set[int]] | None = getattr(user, "_plenary_process_rights", None)
    if rights is None:
        rights = {}
        grants = [
            grant
            for grant in PagePermissionPolicy().get_cached_permissions_for_user(user)
            if grant.page.depth != LANGUAGE_DEPTH
        ]
        pages = _main_pages() if grants else []
        for grant in grants:
            found = {process for path, process in pages if path.startswith(grant.page.path)}
            rights.setdefault(grant.permission.codename, set()).update(found)
        user._plenary_process_rights = rights
    return rights


def _main_pages() -> list[tuple[str, int]]:
    """Tree path and process of every process page in its process's main language. One query."""
    from cms.processes.models import ProcessPage  # policies are registered while apps are loading

    pages = ProcessPage.objects.filter(alias_of=None, locale__language_code=F("process__main_language"))
    return list(pages.values_list("path", "process_id"))


class RecordPolicy(BaseDjangoAuthPermissionPolicy):
    """What all policies of records share: rights over the whole type come from the model's permissions."""

    asks_the_record = True

    def holds_everywhere(self, user: Any, actions: Iterable[str]) -> bool:
        """Whether the user holds one of the actions over every record of the type."""
        if not user.is_active or user.is_anonymous:
            return False
        return user.is_superuser or any(user.has_perm(self._get_permission_name(action)) for action in actions)

    def user_has_permission(self, user: Any, action: str) -> bool:
        return self.user_has_any_permission(user, [action])

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def instances_user_has_any_permission_for(self, user: Any, actions: Collection[str]) -> QuerySet[Any]:
        return self.narrow(self.model._default_manager.all(), user, actions)

    def narrow(self, queryset: QuerySet[M], user: Any, actions: Collection[str]) -> QuerySet[M]:
        """Those records of the query set with which the user may take one of the actions."""
        raise NotImplementedError


class ProcessPermissionPolicy(RecordPolicy):
    """The policy of records that belong to a process.

    ``lookup`` leads from the model to the process's primary key: ``process_id``,
    ``session__working_group__process_id``, or ``pk`` for the process itself.
    """

    def __init__(self, model: type[Model] | str, lookup: str) -> None:
        super().__init__(model)
        self.lookup = lookup

    def user_has_any_permission(self, user: Any, actions: Collection[str]) -> bool:
        return self.holds_everywhere(user, actions) or bool(processes_for(user, actions))

    def user_has_any_permission_for_instance(self, user: Any, actions: Collection[str], instance: Any) -> bool:
        """Asks about the process that the record has in the database, and about the one it would get.

        A process changed in a form and not yet saved must not open somebody else's record.
        """
        if self.holds_everywhere(user, actions):
            return True
        allowed = processes_for(user, actions)
        if not allowed or (instance.pk and self.stored_process(instance) not in allowed):
            return False
        return self.process_of(instance) in allowed

    def process_of(self, instance: Any) -> int | None:
        """The primary key of the process that the record at hand belongs to, saved or not."""
        value = instance
        for part in self.lookup.split("__"):
            value = getattr(value, part, None)
            if value is None:
                return None
        return int(value)

    def stored_process(self, instance: Any) -> int | None:
        """The same as the database has it. One query."""
        stored: int | None = self.model._base_manager.filter(pk=instance.pk).values_list(self.lookup, flat=True).first()
        return stored

    def narrow(self, queryset: QuerySet[M], user: Any, actions: Collection[str]) -> QuerySet[M]:
        if self.holds_everywhere(user, actions):
            return queryset
        return queryset.filter(**{f"{self.lookup}__in": processes_for(user, actions)})

    def users_with_any_permission(self, actions: Collection[str]) -> QuerySet[Any]:
        codenames = {PAGE_RIGHTS[action] for action in actions if action in PAGE_RIGHTS}
        groups = GroupPagePermission.objects.filter(permission__codename__in=codenames).exclude(
            page__depth=LANGUAGE_DEPTH
        )
        by_model = self._get_users_with_any_permission_codenames_filter(self._get_permission_codenames(actions))
        by_page = Q(is_active=True, groups__in=groups.values("group"))
        return get_user_model()._default_manager.filter(by_model | by_page).distinct()


class SharedRecordPolicy(RecordPolicy):
    """The policy of records that belong to no process: parties and venues.

    Everybody in the administration may look them up and choose them. Whoever edits any process may add and correct
    them, since memberships and sessions need them. Deleting and locking take the model's permission.
    """

    def user_has_any_permission(self, user: Any, actions: Collection[str]) -> bool:
        if self.holds_everywhere(user, actions):
            return True
        if "view" in actions and user.has_perm("wagtailadmin.access_admin"):
            return True
        return bool({"add", "change"} & set(actions)) and bool(processes_for(user, ["change"]))

    def user_has_any_permission_for_instance(self, user: Any, actions: Collection[str], instance: Any) -> bool:
        return self.user_has_any_permission(user, actions)

    def narrow(self, queryset: QuerySet[M], user: Any, actions: Collection[str]) -> QuerySet[M]:
        return queryset if self.user_has_any_permission(user, actions) else queryset.none()

    def users_with_any_permission(self, actions: Collection[str]) -> QuerySet[Any]:
        by_model = self._get_users_with_any_permission_codenames_filter(self._get_permission_codenames(actions))
        return get_user_model()._default_manager.filter(by_model).distinct()


def register_record_policies(policies: dict[type[Model], RecordPolicy]) -> None:
    """Registers the policies of an app's records. Called when the app is ready, before anybody asks for one."""
    for model, policy in policies.items():
        register_permission_policy(model, policy)
