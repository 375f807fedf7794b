"""Addresses of documents that are in no language."""

from django.urls import URLPattern, path, re_path

from documents import views

urlpatterns: list[URLPattern] = [
    path("files/<uuid:uid>/<str:name>", views.serve_file, name="document_file"),
    re_path(r"^print/(?P<symbol>.{1,120})\.css$", views.print_sheet, name="document_print_sheet"),
    re_path(r"^documents/(?P<path>.+?)/?$", views.choose_language, name="document"),
]
