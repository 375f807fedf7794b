"""Whether a visitor may know of a document at an address of its own: asked before anything of it is shown."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from cms.core.visibility import viewer_for
from documents.addresses import find_document
from documents.models import LanguageVersion, OfficialDocument


def of_document(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Has a view answer for the document that a ``path`` names, where the visitor may know of it."""

    @wraps(view)
    def answer(request: HttpRequest, path: str, **kwargs: Any) -> HttpResponseBase:
        document = find_document(path)
        if document is None:
            raise Http404
        return refusal(request, document) or view(request, document, **kwargs)

    return answer


def refusal(request: HttpRequest, document: OfficialDocument) -> HttpResponseBase | None:
    """None where the visitor may know of the document, else the way to the login. One or two queries.

    Raises Http404 where logging in would not help, or where a login would tell that the document exists.
    """
    # Wagtail's hooks import its models, so they wait for ours to be loaded.
    from wagtail.wagtail_hooks import require_wagtail_login

    viewer = viewer_for(request)
    if not viewer.may_read(document.access, document.process_id):
        released = LanguageVersion.objects.filter(document=document).released_at_moment(viewer.now)
        if viewer.user_id is None and released.exists():
            login: HttpResponseBase = require_wagtail_login(request.get_full_path())
            return login
        raise Http404
    if not OfficialDocument.objects.filter(pk=document.pk).visible_to(viewer).exists():
        raise Http404
    return None
