"""Who may do what with the glossary."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from cms.localization.models import Term
from cms.processes.models import Process
from cms.processes.permissions import M, ProcessPermissionPolicy, processes_for, register_record_policies

WRITING = frozenset({"add", "change", "delete"})


class GlossaryPolicy(ProcessPermissionPolicy):
    """Everybody in the administration may look terms up. Whoever publishes for a process keeps its terms.

    Terms without a process hold for every text of the site: the permissions of the model decide, alone.
    """

    def user_has_any_permission(self, user: Any, actions: Collection[str]) -> bool:
        if self._may_look(user, actions) or self.holds_everywhere(user, actions):
            return True
        return super().user_has_any_permission(user, _as_publisher(actions))

    def user_has_any_permission_for_instance(self, user: Any, actions: Collection[str], instance: Any) -> bool:
        if self._may_look(user, actions) or self.holds_everywhere(user, actions):
            return True
        return super().user_has_any_permission_for_instance(user, _as_publisher(actions), instance)

    def narrow(self, queryset: QuerySet[M], user: Any, actions: Collection[str]) -> QuerySet[M]:
        if self._may_look(user, actions) or self.holds_everywhere(user, actions):
            return queryset
        return super().narrow(queryset, user, _as_publisher(actions))

    def _may_look(self, user: Any, actions: Collection[str]) -> bool:
        return "view" in actions and user.is_active and user.has_perm("wagtailadmin.access_admin")


def _as_publisher(actions: Collection[str]) -> list[str]:
    """The actions, with the right to publish in place of those that write."""
    return ["publish" if action in WRITING else action for action in actions if action != "view"]


def processes_with_glossary(user: Any) -> QuerySet[Process]:
    """The processes whose terms the user keeps."""
    policy = GlossaryPolicy(Term, "process_id")
    if policy.holds_everywhere(user, ["add"]):
        return Process.objects.all()
    return Process.objects.filter(pk__in=processes_for(user, ["publish"]))


def keeps_general_terms(user: Any) -> bool:
    """Whether the user keeps the terms of the whole site."""
    return GlossaryPolicy(Term, "process_id").holds_everywhere(user, ["add"])


register_record_policies({Term: GlossaryPolicy(Term, "process_id")})
