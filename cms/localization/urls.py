"""Addresses outside the administration."""

from django.urls import URLPattern, path

from cms.localization.views.work import show_calendar

urlpatterns: list[URLPattern] = [
    path("calendars/<str:token>/translation.ics", show_calendar, name="task_calendar"),
]
