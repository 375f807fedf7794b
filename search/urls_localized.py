"""Addresses of search in a language."""

from django.urls import URLPattern, path

from search import views

urlpatterns: list[URLPattern] = [path("search/", views.search, name="search")]
