"""Addresses of documents in a language, beside those of the pages."""

from django.urls import URLPattern, path, re_path

from documents import data_views, feeds
from documents.packs import views as packs

urlpatterns: list[URLPattern] = [
    path("documents/feed/atom/", feeds.NewDocumentsAtom(), name="documents_atom"),
    path("documents/feed/rss/", feeds.NewDocumentsRss(), name="documents_rss"),
    re_path(r"^documents/(?P<path>.+)\.(?P<form>bib|ris)$", data_views.cite, name="document_citation"),
    path("packs/session/<uuid:uid>/", packs.choose, name="session_pack"),
    path("packs/<uuid:uid>/", packs.show, name="pack"),
]
