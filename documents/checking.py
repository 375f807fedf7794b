"""Saying that a language version has been compared with a corrigendum."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.log_actions import log
from wagtail.permissions import policy_registry

from documents.models import CorrectionCheck, DocumentRelation, LanguageVersion


@require_POST
def check_correction(request: HttpRequest, correction_id: int, version_id: int) -> HttpResponse:
    """Takes a language version off the list of those to be checked; its history says who checked it."""
    versions = LanguageVersion.objects.select_related("document__process")
    version = get_object_or_404(versions, pk=version_id)
    corrections = DocumentRelation.objects.select_related("source")
    correction = get_object_or_404(
        corrections, pk=correction_id, kind=DocumentRelation.Kind.CORRIGENDUM, target=version.document_id
    )
    user: Any = request.user
    policy: Any = policy_registry.get_by_type(LanguageVersion)
    if not policy.user_has_permission_for_instance(user, "change", version):
        raise PermissionDenied
    with transaction.atomic():
        _check, is_new = CorrectionCheck.objects.get_or_create(
            correction=correction, version=version, defaults={"checked_by": user}
        )
        if is_new:
            log(
                instance=version,
                action="documents.check_correction",
                user=user,
                data={"corrigendum": str(correction.source)},
            )
    messages.success(
        request,
        _("“%(version)s” has been checked after %(corrigendum)s.")
        % {"version": version, "corrigendum": correction.source},
    )
    return redirect(get_valid_next_url_from_request(request) or "correction_checks")
