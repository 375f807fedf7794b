"""The list of translations that somebody may work on."""

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Locale, Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail_localize.models import Translation

from cms.localization.rules import name_of
from cms.localization.states import with_counts

PER_PAGE = 50


def translations_of(user: object) -> QuerySet[Translation]:
    """The open translations whose target page the user may change, newest first, with ``total`` and ``done`` texts."""
    pages = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    target = Page.objects.filter(
        pk__in=pages.values("pk"), translation_key=OuterRef("source__object_id"), locale=OuterRef("target_locale")
    )
    return (
        with_counts(Translation.objects.filter(Exists(target), enabled=True))
        .annotate(page_title=Subquery(target.values("draft_title")[:1]))
        .select_related("source__locale", "target_locale")
        .order_by("-created_at", "-pk")
    )


def list_translations(request: HttpRequest) -> HttpResponse:
    """Lists the user's open translations, of one language on request (``?language=fr``)."""
    translations = translations_of(request.user)
    chosen = request.GET.get("language", "")
    if chosen:
        translations = translations.filter(target_locale__language_code=chosen)
    page = Paginator(translations, PER_PAGE).get_page(request.GET.get("p"))
    return render(
        request,
        "localization/list.html",
        {
            "entries": [(translation, name_of(translation.target_locale)) for translation in page],
            "page_obj": page,
            "languages": [(locale.language_code, name_of(locale)) for locale in Locale.objects.all()],
            "chosen": chosen,
        },
    )
