"""A document for programs: as JSON, and its citation for reference managers."""

from urllib.parse import unquote

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import translation
from django.utils.cache import patch_vary_headers

from documents.addresses import data_url, find_document
from documents.bibliography import CONTENT_TYPES, bibtex, reference_to, ris
from documents.data import document_data
from documents.reading import refusal


def show_data(request: HttpRequest, path: str) -> HttpResponseBase:
    """A document as JSON (documents.data) for whoever may know of it."""
    document = find_document(path)
    if document is None:
        raise Http404
    refused = refusal(request, document)
    if refused is not None:
        return refused
    address = data_url(document)
    if request.path_info != unquote(address):
        return redirect(address, permanent=True)
    response = JsonResponse(document_data(document, request), json_dumps_params={"ensure_ascii": False, "indent": 1})
    patch_vary_headers(response, ["Cookie"])
    return response


def cite(request: HttpRequest, path: str, form: str) -> HttpResponseBase:
    """A document's citation in the language of the address, to be saved and taken into a reference manager."""
    document = find_document(path)
    if document is None:
        raise Http404
    refused = refusal(request, document)
    if refused is not None:
        return refused
    reference = reference_to(document, translation.get_language(), request)
    text = bibtex(reference) if form == "bib" else ris(reference)
    response = HttpResponse(text, content_type=CONTENT_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{reference.key}.{form}"'
    patch_vary_headers(response, ["Cookie"])
    return response
