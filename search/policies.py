"""Who may do what with the editors' part of search: what holds for every search is decided for the whole site."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from wagtail.permissions import policy_registry

from cms.processes.permissions import M, RecordPolicy, register_record_policies
from search.models import PromotedResult, Rebuild, SynonymGroup, UnansweredQuery


class SitePolicy(RecordPolicy):
    """The policy of records that concern every reader of the site: the permissions of the model decide, alone."""

    def user_has_any_permission(self, user: Any, actions: Collection[str]) -> bool:
        return self.holds_everywhere(user, actions)

    def user_has_any_permission_for_instance(self, user: Any, actions: Collection[str], instance: Any) -> bool:
        return self.holds_everywhere(user, actions)

    def narrow(self, queryset: QuerySet[M], user: Any, actions: Collection[str]) -> QuerySet[M]:
        return queryset if self.holds_everywhere(user, actions) else queryset.none()

    def users_with_any_permission(self, actions: Collection[str]) -> QuerySet[Any]:
        by_model = self._get_users_with_any_permission_codenames_filter(self._get_permission_codenames(actions))
        return get_user_model()._default_manager.filter(by_model).distinct()


def may(user: Any, action: str, model: Any) -> bool:
    """Whether a user has a permission for a model of search: "view", "add" and so on."""
    return bool(policy_registry.get_by_type(model).user_has_permission(user, action))


register_record_policies(
    {model: SitePolicy(model) for model in (SynonymGroup, PromotedResult, UnansweredQuery, Rebuild)}
)
