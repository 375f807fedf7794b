"""What readers would see: the page in the target language as it is translated so far, and beside it the source."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail.utils.decorators import xframe_options_sameorigin_override

from cms.core.languages import language
from cms.localization.sending.drafts import build, snapshot_page
from cms.localization.views.editor import find


@require_safe
@xframe_options_sameorigin_override
def preview_translation(request: HttpRequest, translation_id: int, mode: str = "") -> HttpResponse:
    """Shows the page with all that is translated so far, as readers would see it. Writes nothing."""
    return as_readers_see(request, build(find(translation_id, request.user).translation))


@require_safe
@xframe_options_sameorigin_override
def preview_source(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Shows the source as it is translated, which is not what readers see where it was changed since."""
    return as_readers_see(request, snapshot_page(find(translation_id, request.user).translation.source))


@require_safe
def preview_both(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Source and translation side by side, each in its frame; a script lets them scroll together."""
    work = find(translation_id, request.user)
    translation = work.translation
    context = {
        "translation": translation,
        "title": work.page.get_admin_display_title(),
        "source_language": language(translation.source.locale.language_code),
        "target_language": language(translation.target_locale.language_code),
    }
    return render(request, "localization/preview_both.html", context)


def as_readers_see(request: HttpRequest, page: Page) -> HttpResponse:
    """The page, which may be a draft, as readers would see it. Writes nothing."""
    response: HttpResponse = page.make_preview_request(request, page.default_preview_mode)
    return response
