"""The front door and what machines read."""

from django.contrib.sitemaps import views as sitemap_views
from django.urls import URLPattern, path, re_path

from cms.core.navigation import CHOICE_PREFIX
from home import views
from home.sitemaps import SITEMAPS

urlpatterns: list[URLPattern] = [
    path("", views.front_door, name="front_door"),
    re_path(
        rf"^{CHOICE_PREFIX.removeprefix('/')}/(?P<short>[a-z]{{2}})/", views.choose_language, name="choose_language"
    ),
    path("robots.txt", views.robots, name="robots"),
    path(
        "sitemap.xml",
        sitemap_views.index,
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap_section"},
        name="sitemap",
    ),
    path("sitemap-<str:section>.xml", sitemap_views.sitemap, {"sitemaps": SITEMAPS}, name="sitemap_section"),
]
