"""Whose release bundles are, and what may be put into them. Releasing goes by each item (``standings.refused_to``)."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from cms.localization.models import ReleaseBundle
from cms.localization.roles import processes_coordinated
from cms.processes.permissions import RecordPolicy, processes_for
from documents.models import OfficialDocument
from documents.models.documents import OfficialDocumentQuerySet


def _policy() -> RecordPolicy:
    policy: RecordPolicy = policy_registry.get_by_type(OfficialDocument)
    return policy


def bundles_of(user: Any) -> QuerySet[ReleaseBundle]:
    """Those that the user may look at and put together: of processes that they edit or coordinate, and the own ones."""
    if _policy().holds_everywhere(user, ["change"]):
        return ReleaseBundle.objects.all()
    return ReleaseBundle.objects.filter(Q(process__in=_processes(user)) | Q(created_by=user))


def _processes(user: Any) -> frozenset[int]:
    """The processes that the user edits or coordinates. One query, and the user's rights."""
    return processes_for(user, ["change"]) | set(processes_coordinated(user).values_list("pk", flat=True))


def may_bundle(user: Any) -> bool:
    """Whether the user may put bundles together at all."""
    return _policy().holds_everywhere(user, ["change"]) or bool(_processes(user))


def own_documents(user: Any) -> OfficialDocumentQuerySet:
    """The documents of processes that the user edits or coordinates."""
    documents: OfficialDocumentQuerySet = OfficialDocument.objects.all()
    if _policy().holds_everywhere(user, ["change"]):
        return documents
    return documents.filter(process__in=_processes(user))


def own_keys(keys: Iterable[UUID], user: Any) -> list[UUID]:
    """Those of the keys that are of documents or pages which are the user's to work on, in their order. Three queries.

    A page is for whoever may change, publish or, as coordinators, lock it in some language.
    """
    wanted = list(keys)
    own = set(own_documents(user).filter(uid__in=wanted).order_by().values_list("uid", flat=True))
    pages = PagePermissionPolicy().instances_user_has_any_permission_for(user, {"change", "publish", "lock"})
    documents = OfficialDocument.objects.filter(uid__in=wanted).values_list("uid", flat=True)
    pages = pages.filter(translation_key__in=wanted).exclude(translation_key__in=documents)
    own |= set(pages.order_by().values_list("translation_key", flat=True))
    return [key for key in dict.fromkeys(wanted) if key in own]
