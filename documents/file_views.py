"""Files of documents as visitors fetch them: each through the gate, the earlier ones for those who may edit."""

import logging
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail.permissions import policy_registry
from wagtail.wagtail_hooks import require_wagtail_login

from cms.core.visibility import viewer_for
from documents.files import CONTENT_TYPES, disposition
from documents.models import DocumentFile, LanguageVersion, ReplacedFile
from documents.serving import StoredFile, stored_response

logger = logging.getLogger(__name__)


@require_safe
def serve_file(request: HttpRequest, uid: UUID, name: str) -> HttpResponseBase:
    """Serves a file to whoever may read its language version, or may edit its record. Anything else is not found."""
    file = get_object_or_404(DocumentFile.objects.select_related("version__document"), uid=uid)
    refusal = _refusal(request, file)
    if refusal is not None:
        return refusal
    content_type = CONTENT_TYPES[file.format]
    return _serve(request, file.file, StoredFile(content_type, disposition(file), file.sha256, file.added_at))


@require_safe
def serve_picture(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Serves the picture of a file's first page to whoever may have the file."""
    file = get_object_or_404(DocumentFile.objects.select_related("version__document").exclude(picture=""), uid=uid)
    refusal = _refusal(request, file)
    if refusal is not None:
        return refusal
    return _serve(request, file.picture, StoredFile("image/webp", "inline", f"{file.sha256}-picture", None))


@require_safe
def serve_replaced(request: HttpRequest, uid: UUID, pk: int) -> HttpResponseBase:
    """Serves what a file was before it was replaced, to whoever may edit it. Anything else is not found."""
    files = ReplacedFile.objects.select_related("file__version__document")
    replaced = get_object_or_404(files, file__uid=uid, pk=pk)
    if not _may_edit(request, replaced.file.version):
        raise Http404
    content_type = CONTENT_TYPES[replaced.format]
    name = f'attachment; filename="{replaced.sha256[:16]}.{replaced.format}"'
    return _serve(request, replaced.content, StoredFile(content_type, name, replaced.sha256, replaced.added_at))


def _refusal(request: HttpRequest, file: DocumentFile) -> HttpResponseBase | None:
    """The way to log in, for an anonymous visitor who may be let in then; None for whoever may have the file.

    Raises Http404 for all others.
    """
    viewer = viewer_for(request)
    version = file.version
    if LanguageVersion.objects.filter(pk=version.pk).visible_to(viewer).exists():
        return None
    if viewer.user_id is None and version.is_released(viewer.now):
        response: HttpResponseBase = require_wagtail_login(request.get_full_path())
        return response
    if not _may_edit(request, version):
        raise Http404
    return None


def _may_edit(request: HttpRequest, version: LanguageVersion) -> bool:
    policy = policy_registry.get_by_type(LanguageVersion)
    user: Any = request.user
    return user.is_authenticated and bool(policy.user_has_permission_for_instance(user, "change", version))


def _serve(request: HttpRequest, stored: Any, file: StoredFile) -> HttpResponseBase:
    """The file. Raises Http404, and says so in the log, where storage does not hold it."""
    try:
        content = stored.open("rb")
    except FileNotFoundError as error:
        logger.exception("The file %s is not in storage", stored.name)
        raise Http404 from error
    return stored_response(request, content, file)
