"""Comparing the languages of a document in the admin: what one has and another lacks."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin.widgets.button import Button
from wagtail.permissions import policy_registry

from cms.core.languages import joined, language
from documents.batches.differences import in_words
from documents.importing.comparing import compare
from documents.models import OfficialDocument
from documents.outlines import outlines_of_editions


def compare_button(document: OfficialDocument) -> Button:
    """The button that leads to the comparison."""
    url = reverse("compare_languages", args=[document.pk])
    return Button(_("Compare languages"), url=url, icon_name="list-ul", priority=6)


@require_safe
def compare_languages(request: HttpRequest, document_id: int) -> HttpResponse:
    """What does not match between the texts of a document, each against the original's or the first one's."""
    document = get_object_or_404(OfficialDocument.objects.select_related("process"), pk=document_id)
    policy = policy_registry.get_by_type(OfficialDocument)
    if not policy.user_has_permission_for_instance(request.user, "change", document):
        raise PermissionDenied
    outlines = outlines_of_editions([document.pk]).get(document.pk, {})
    versions = list(document.versions.values_list("language", flat=True))
    order = [document.original_language, *document.process.languages, *outlines]
    first = next((code for code in order if code in outlines), None)
    others = [code for code in dict.fromkeys([*document.process.languages, *outlines]) if code in outlines]
    compared = [
        (language(code).label, in_words(compare(outlines[first], outlines[code]), first, code))
        for code in others
        if first is not None and code != first
    ]
    context = {
        "document": document,
        "first": language(first).label if first else None,
        "compared": compared,
        "without_text": joined(str(language(code).label) for code in versions if code not in outlines),
    }
    return render(request, "documents/compare_languages.html", context)
