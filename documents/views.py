"""The language-neutral address of a document, and its files."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.cache import patch_vary_headers
from wagtail.permissions import policy_registry

from cms.core.visibility import viewer_for
from documents.addresses import document_url, find_document
from documents.files import CONTENT_TYPES, file_name
from documents.models import DocumentFile, LanguageVersion


def choose_language(request: HttpRequest, path: str) -> HttpResponseBase:
    """Redirects /documents/<symbol> to the reader's language: by cookie, Accept-Language, then what is released."""
    document = find_document(path)
    viewer = viewer_for(request)
    if document is None:
        raise Http404
    released = set(
        LanguageVersion.objects.filter(document=document)
        .released_at_moment(viewer.now)
        .values_list("language", flat=True)
    )
    languages = [code for code, _name in settings.LANGUAGES]
    accepted = translation.get_language_from_request(request)
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    wanted = [cookie, accepted, *languages]
    language = next((code for code in wanted if code in released), accepted if accepted in languages else "en")
    response = HttpResponseRedirect(document_url(document, language))
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def serve_file(request: HttpRequest, uid: UUID, name: str) -> HttpResponseBase:
    """Serves a file to whoever may read its language version, or may edit its record. Anything else is not found."""
    file = get_object_or_404(DocumentFile.objects.select_related("version__document"), uid=uid)
    viewer = viewer_for(request)
    version = file.version
    if not LanguageVersion.objects.filter(pk=version.pk).visible_to(viewer).exists():
        policy = policy_registry.get_by_type(LanguageVersion)
        if viewer.user_id is None and version.is_released(viewer.now):
            return redirect_to_login(request.get_full_path())
        if viewer.user_id is None or not policy.user_has_permission_for_instance(request.user, "change", version):
            raise Http404
    response = FileResponse(file.file.open("rb"), content_type=CONTENT_TYPES[file.format])
    disposition = "inline" if file.format == DocumentFile.Format.PDF else "attachment"
    response["Content-Disposition"] = f'{disposition}; filename="{file_name(file)}"'
    # A file is somebody else's content on our address: nothing in it may run or load.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response
