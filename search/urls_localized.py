"""Addresses of search in a language."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
