"""Who may do what with official documents, their language versions and files."""

from collections.abc import Collection
from typing import Any

from cms.processes.permissions import ProcessPermissionPolicy, register_record_policies
from documents.models import DocumentFile, FormerSymbol, LanguageVersion, OfficialDocument, SymbolSeries


class ReleasePolicy(ProcessPermissionPolicy):
    """The policy of what readers may see: what has been released is deleted only by whoever may release it.

    ``versions`` leads from the record to its language versions; empty for a language version itself.
    """

    def __init__(self, model: type[Any], lookup: str, versions: str = "") -> None:
        super().__init__(model, lookup)
        self.versions = versions

    def user_has_any_permission_for_instance(self, user: Any, actions: Collection[str], instance: Any) -> bool:
        others = [action for action in actions if action != "delete"]
        if others and super().user_has_any_permission_for_instance(user, others, instance):
            return True
        if "delete" not in actions or not super().user_has_any_permission_for_instance(user, ["delete"], instance):
            return False
        return not self.is_released(instance) or super().user_has_any_permission_for_instance(
            user, ["publish"], instance
        )

    def is_released(self, instance: Any) -> bool:
        """Whether the record, or a language version of it, is released in the database. One query."""
        state = f"{self.versions}__state" if self.versions else "state"
        stored = self.model._base_manager.filter(pk=instance.pk, **{state: LanguageVersion.State.RELEASED})
        return bool(instance.pk) and stored.exists()


register_record_policies(
    {
        OfficialDocument: ReleasePolicy(OfficialDocument, "process_id", versions="versions"),
        FormerSymbol: ProcessPermissionPolicy(FormerSymbol, "document__process_id"),
        LanguageVersion: ReleasePolicy(LanguageVersion, "document__process_id"),
        DocumentFile: ReleasePolicy(DocumentFile, "version__document__process_id", versions="version"),
        SymbolSeries: ProcessPermissionPolicy(SymbolSeries, "process_id"),
    }
)
