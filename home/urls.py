"""The front door and what machines read."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
