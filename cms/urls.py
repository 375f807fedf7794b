"""The addresses of the site. What is not in a language stands first; pages come last."""

from django.conf import settings
from django.conf.urls.static import static
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.views import serve

from cms.core.health import health
from cms.core.locale_prefix import language_patterns

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health, name="health"),
    path("admin/", include(wagtailadmin_urls)),
    path("attachments/", include(wagtaildocs_urls)),
    path("", include("documents.urls")),
    path("", include("search.urls")),
    path("", include("cms.localization.urls")),
    path("", include("home.urls")),
    *(static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT) if settings.DEBUG else []),
    *language_patterns(
        path("", include("cms.localization.urls_localized")),
        path("", include("documents.urls_localized")),
        path("", include("search.urls_localized")),
        # Wagtail's own pattern takes slugs only; symbols hold dots, brackets and spaces.
        re_path(r"^(documents/.+/)$", serve, name="wagtail_serve"),
        path("", include(wagtail_urls)),
    ),
]
