"""Public addresses in a language."""

from django.urls import URLPattern, path

from cms.localization.views import public_matrix

urlpatterns: list[URLPattern] = [
    path("documents/languages/", public_matrix.show_sessions, name="documents_languages"),
    path("documents/languages/pages/", public_matrix.show_pages, name="pages_languages"),
    path("documents/languages/<uuid:uid>/", public_matrix.show_session, name="session_languages"),
]
