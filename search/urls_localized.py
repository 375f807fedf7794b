"""Addresses of search in a language."""

from django.urls import URLPattern, path

from search import data_views, views

urlpatterns: list[URLPattern] = [
    path("search/", views.search, name="search"),
    path("search/suggestions/", views.suggestions, name="search_suggestions"),
    path("search/completions/", data_views.completions, name="search_completions"),
    path("search/help/", views.search_help, name="search_help"),
    path("search.json", data_views.results_json, name="search_json"),
    path("search.atom", data_views.results_atom, name="search_atom"),
    path("search.csv", data_views.results_csv, name="search_csv"),
    path("opensearch.xml", data_views.opensearch, name="search_description"),
]
