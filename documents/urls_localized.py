"""Addresses of documents in a language, beside those of the pages."""

from django.urls import URLPattern, path

from documents import feeds

urlpatterns: list[URLPattern] = [
    path("documents/feed/atom/", feeds.NewDocumentsAtom(), name="documents_atom"),
    path("documents/feed/rss/", feeds.NewDocumentsRss(), name="documents_rss"),
]
