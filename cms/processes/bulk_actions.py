"""Deleting several records at once: only those that the user may delete, and naming no others."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.functional import classproperty
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.log_actions import log
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.models import get_snippet_models

from cms.core.models import Record
from cms.processes.dependents import dependents_of
from cms.processes.record_views import is_locked_for, why_protected


class DeleteRecords(DeleteBulkAction):
    """Takes the place of Wagtail's action for records, which lists the titles of any records asked for."""

    template_name = "processes/admin/confirm_bulk_delete.html"

    @classproperty
    def models(self) -> list[type[Record]]:
        return [model for model in get_snippet_models() if issubclass(model, Record)]

    def get_all_objects_in_listing_query(self, parent_id: Any) -> Any:
        own = self.permission_policy.instances_user_has_any_permission_for(self.request.user, ["delete"])
        return own.values_list("pk", flat=True)

    @classmethod
    def get_queryset(cls, model: type[Record], object_ids: Any) -> list[Any]:
        """The records with these keys. None found is no error: the page then says that there is nothing to do."""
        keys = [key for key in object_ids if str(key).isdecimal()]
        return list(model._default_manager.filter(pk__in=keys))

    def get_actionable_objects(self) -> tuple[list[Any], dict[str, list[Any]]]:
        objects, _others = super().get_actionable_objects()
        # Titles of records that are not the user's are not the user's to read.
        return objects, {"items_with_no_access": []}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        records = self.get_actionable_objects()[0]
        context["dependents"] = dependents_of(self.model, [record.pk for record in records])
        context["deletion_notes"] = self.model.deletion_notes(records)
        return context

    def check_perm(self, snippet: Any) -> bool:
        return super().check_perm(snippet) and not is_locked_for(snippet, self.request.user)

    def prepare_action(self, objects: Any, objects_without_access: Any) -> None:
        """Wagtail answers with "no permission" where something else needs a record. Deleting says which, below."""

    @classmethod
    def execute_action(cls, objects: list[Any], user: Any = None, **kwargs: Any) -> tuple[int, int]:
        """Deletes each record by itself, so that one that others need does not keep the rest."""
        deleted = 0
        for record in objects:
            try:
                with transaction.atomic():
                    log(instance=record, action="wagtail.delete", user=user, deleted=True)
                    record.delete()
                deleted += 1
            except ProtectedError as error:
                messages.error(kwargs["self"].request, why_protected(record, error))
        return deleted, 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        if not num_parent_objects:
            return None
        return ngettext("%(count)d record deleted.", "%(count)d records deleted.", num_parent_objects) % {
            "count": num_parent_objects
        }
