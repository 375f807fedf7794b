"""Who may import documents: whoever may add documents to the process."""

from typing import Any

from django.db.models import QuerySet
from wagtail.permissions import policy_registry

from cms.processes.models import Process
from cms.processes.permissions import processes_for
from documents.models import ImportBatch, OfficialDocument
from documents.models.imports import ImportBatchQuerySet


def processes_to_import_into(user: Any) -> QuerySet[Process]:
    """The processes to which the user may add documents."""
    policy = policy_registry.get_by_type(OfficialDocument)
    if policy.holds_everywhere(user, ["add"]):
        return Process.objects.all()
    return Process.objects.filter(pk__in=processes_for(user, ["add"]))


def may_import(user: Any, process: Process) -> bool:
    """Whether the user may add documents to the process: asked of a document that is not saved."""
    policy = policy_registry.get_by_type(OfficialDocument)
    return bool(policy.user_has_permission_for_instance(user, "add", OfficialDocument(process=process)))


def may_import_at_all(user: Any) -> bool:
    """Whether there is any process to which the user may add documents."""
    return bool(policy_registry.get_by_type(OfficialDocument).user_has_permission(user, "add"))


def batches_of(user: Any) -> ImportBatchQuerySet:
    """The imports into processes to which the user may add documents."""
    return ImportBatch.objects.filter(process__in=processes_to_import_into(user))
