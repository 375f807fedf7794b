"""Addresses of documents that are in no language."""

from django.urls import URLPattern, path, re_path

from documents import data_views, file_views, views
from documents.packs import views as packs

urlpatterns: list[URLPattern] = [
    path("files/<uuid:uid>/first-page.webp", file_views.serve_picture, name="document_picture"),
    path("files/<uuid:uid>/replaced/<int:pk>", file_views.serve_replaced, name="replaced_file"),
    path("files/<uuid:uid>/<str:name>", file_views.serve_file, name="document_file"),
    path("packs/<uuid:uid>.zip", packs.fetch, name="pack_file"),
    re_path(r"^print/(?P<symbol>.{1,120})\.css$", views.print_sheet, name="document_print_sheet"),
    re_path(r"^documents/(?P<path>.+)\.json$", data_views.show_data, name="document_data"),
    re_path(r"^documents/(?P<path>.+?)/?$", views.choose_language, name="document"),
]
