"""What changed in a source since it was translated, and whether it matters to its translations."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.models import Page
from wagtail_localize.models import StringSegment, TranslationSource

from cms.core.keys import keys_in
from cms.core.languages import joined, language
from cms.localization.models import SourceChange
from cms.localization.rules import name_of, source_refusal
from cms.localization.sending.refreshing import mark_minor, update_translations
from cms.localization.texts import inline
from cms.localization.views.submit import report


@require_http_methods(["GET", "POST"])
def update_source(request: HttpRequest, source_id: int) -> HttpResponse:
    """Shows the changes that outdate translations, and marks chosen ones as small corrections (``action=minor``).

    Publishing the source refreshes its translations by itself; for a page that is not live a button does it. Never
    publishes.
    """
    source = get_object_or_404(TranslationSource.objects.select_related("locale"), pk=source_id)
    page = Page.objects.filter(translation_key=source.object_id, locale=source.locale_id).first()
    if page is None:
        raise Http404
    if source_refusal(page, request.user):
        raise PermissionDenied
    if request.method == "POST" and request.POST.get("action") == "minor":
        return _mark(request, source)
    if request.method == "POST":
        return _update(request, source, page)
    translations = source.translations.filter(enabled=True).select_related("target_locale")
    return render(
        request,
        "localization/update.html",
        {
            "page": page,
            "source": source,
            "source_language": language(source.locale.language_code),
            "title": page.get_admin_display_title(),
            "languages": [name_of(translation.target_locale) for translation in translations],
            "changes": [_shown(change) for change in open_changes(source)],
        },
    )


def open_changes(source: TranslationSource) -> QuerySet[SourceChange]:
    """The changes that led to texts which stand in the source now and are not marked as minor, oldest first."""
    here = StringSegment.objects.filter(source=source, context=OuterRef("context"), string=OuterRef("after"))
    changes = SourceChange.objects.filter(Exists(here), source=source, minor=False)
    return changes.select_related("before", "after", "user").order_by("pk")


def _shown(change: SourceChange) -> dict[str, Any]:
    return {
        "change": change,
        "before": inline.encode(change.before.data).text,
        "after": inline.encode(change.after.data).text,
    }


def _mark(request: HttpRequest, source: TranslationSource) -> HttpResponse:
    """Marks the chosen changes as small corrections."""
    chosen = keys_in(request.POST.getlist("change"))
    if chosen:
        kept = mark_minor(source, chosen, request.user)
        messages.success(
            request,
            ngettext("%(n)d translation stays valid.", "%(n)d translations stay valid.", kept) % {"n": kept},
        )
    else:
        messages.warning(request, _("Choose the changes that are small corrections."))
    return redirect("localization:update_source", source.pk)


def _update(request: HttpRequest, source: TranslationSource, page: Page) -> HttpResponse:
    """Takes the source page's present text into its translations, as drafts."""
    outcomes = update_translations(source, request.user)
    changed = [name_of(outcome.locale) for outcome in outcomes if outcome.target]
    messages.success(request, _("The translators now see the present text."))
    if changed:
        messages.success(request, _("New drafts: %(languages)s.") % {"languages": joined(changed)})
    report(request, [outcome for outcome in outcomes if outcome.refusal])
    return redirect("wagtailadmin_pages:edit", page.pk)
