"""A document for programs: as JSON, and its citation for reference managers."""

from urllib.parse import unquote

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import translation
from django.utils.cache import patch_vary_headers

from cms.core.downloads import saved_as
from documents.addresses import data_url
from documents.bibliography import CONTENT_TYPES, bibtex, reference_to, ris
from documents.data import document_data
from documents.models import OfficialDocument
from documents.reading import of_document

# Programs read it: it is in one language, like the names in the data.
NOT_FOUND = {"error": "not found", "detail": "The archive has no such document that you may see."}


def show_data(request: HttpRequest, path: str) -> HttpResponseBase:
    """A document as JSON, or in JSON that there is none."""
    try:
        return _data(request, path)
    except Http404:
        return JsonResponse(NOT_FOUND, status=404)


@of_document
def _data(request: HttpRequest, document: OfficialDocument) -> HttpResponseBase:
    """A document as JSON (documents.data) for whoever may know of it."""
    address = data_url(document)
    if request.path_info != unquote(address):
        return redirect(address, permanent=True)
    response = JsonResponse(document_data(document, request), json_dumps_params={"ensure_ascii": False, "indent": 1})
    patch_vary_headers(response, ["Cookie"])
    return response


@of_document
def cite(request: HttpRequest, document: OfficialDocument, form: str) -> HttpResponseBase:
    """A document's citation in the language of the address, to be saved and taken into a reference manager."""
    reference = reference_to(document, translation.get_language(), request)
    text = bibtex(reference) if form == "bib" else ris(reference)
    response = saved_as(f"{reference.key}.{form}", HttpResponse(text, content_type=CONTENT_TYPES[form]))
    patch_vary_headers(response, ["Cookie"])
    return response
