"""The site's addresses, and beside them wagtail-localize's own editor, which ours stands in front of."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from wagtail.models import Page
from wagtail_localize.models import Translation
from wagtail_localize.views.edit_translation import edit_string_translation, edit_translation

from cms.urls import urlpatterns as addresses


def open_editor(request: HttpRequest, translation_id: int, page_id: int) -> HttpResponse:
    """What wagtail-localize shows instead of the form of a translated page."""
    translation = Translation.objects.get(pk=translation_id)
    answer: HttpResponse = edit_translation(request, translation, Page.objects.get(pk=page_id).specific)
    return answer


urlpatterns = [
    path("stock/<int:translation_id>/<int:page_id>/", open_editor),
    path("stock/<int:translation_id>/texts/<int:string_segment_id>/", edit_string_translation),
    *addresses,
]
