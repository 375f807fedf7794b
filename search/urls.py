"""Addresses of search that are in no language."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
