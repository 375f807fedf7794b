"""What helps with one text: how the same and similar ones were translated before, and the terms in it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cms.core.languages import language
from cms.core.visibility import viewer_for
from cms.localization import matching, terms
from cms.localization.rows import load_one
from cms.localization.views.editor import find
from cms.processes.models import Process
from cms.processes.placement import process_above


@require_GET
def suggest(request: HttpRequest, translation_id: int, key: str) -> HttpResponse:
    """Shows the suggestions for one text; each is taken as a draft by the form that saves the text.

    Raises Http404 where the source has the text no more, and PermissionDenied as the editor does.
    """
    work = find(translation_id, request.user)
    row = load_one(work.translation, key)
    if row is None:
        raise Http404
    source, target = work.translation.source.locale, work.translation.target_locale
    above = process_above(work.page)
    process = Process.objects.get(pk=above) if above else None
    context = {
        "translation": work.translation,
        "page": work.page,
        "row": row,
        "refusal": work.refusal,
        "source_language": language(source.language_code),
        "target_language": language(target.language_code),
        "hits": matching.similar(row.source, source, target, viewer_for(request)),
        "terms": _once(terms.found(row.source.text, source.language_code, target.language_code, process)),
    }
    return render(request, "localization/suggestions.html", context)


def _once(found: list[terms.Found]) -> list[terms.Found]:
    """Each term once, however often it stands in the text."""
    return list({one.term_id: one for one in reversed(found)}.values())[::-1]
