"""All that is known about one text: how it was translated before and elsewhere, its terms, its history, comments."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cms.core.languages import language
from cms.core.visibility import viewer_for
from cms.localization.glossary import terms
from cms.localization.memory import matching
from cms.localization.models import SegmentComment
from cms.localization.models.segments import LONGEST_COMMENT
from cms.localization.texts import history
from cms.localization.texts.other_languages import in_other_languages
from cms.localization.texts.rows import Row, load_one
from cms.localization.views.editor import Work, find
from cms.processes.models import Process
from cms.processes.placement import process_above


@dataclass(frozen=True)
class Remark:
    """A comment that was typed and not kept, and why not."""

    text: str
    error: str


@require_GET
def suggest(request: HttpRequest, translation_id: int, key: str) -> HttpResponse:
    """Shows what is known about one text; a suggestion is taken as a draft by the form that saves the text.

    Raises Http404 where the source has the text no more, and PermissionDenied as the editor does.
    """
    work = find(translation_id, request.user)
    row = load_one(work.translation, key)
    if row is None:
        raise Http404
    return show_text(request, work, row)


def show_text(
    request: HttpRequest, work: Work, row: Row, remark: Remark | None = None, status: int = 200
) -> HttpResponse:
    """The page of one text, or what is in it without the rest of the admin (``?part``), for the editor's script.

    ``remark`` keeps a comment that could not be kept in its box.
    """
    translation = work.translation
    source, target = translation.source.locale, translation.target_locale
    above = process_above(work.page)
    process = Process.objects.get(pk=above) if above else None
    viewer = viewer_for(request)
    comments = list(SegmentComment.objects.of_text(translation, row.segment.context_id))
    row.comments = sum(comment.resolved_at is None for comment in comments)
    context = {
        "translation": translation,
        "page": work.page,
        "row": row,
        "refusal": work.refusal,
        "remark": remark,
        "longest_comment": LONGEST_COMMENT,
        "source_language": language(source.language_code),
        "target_language": language(target.language_code),
        "former": history.former(translation, row),
        "hits": matching.similar(row.source, source, target, viewer),
        "terms": _once(terms.found(row.source.text, source.language_code, target.language_code, process)),
        "others": in_other_languages(translation, row, request.user, viewer),
        "comments": comments,
        "changes": history.changes(translation, row),
    }
    template = "_about_text.html" if "part" in request.GET else "suggestions.html"
    return render(request, f"localization/{template}", context, status=status)


def _once(found: list[terms.Found]) -> list[terms.Found]:
    """Each term once, however often it stands in the text."""
    return list({one.term_id: one for one in reversed(found)}.values())[::-1]
