"""What is left of wagtail-localize's own views: a sentence."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def refused(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Answers 410 to every address of wagtail-localize that has no counterpart here, whatever the method."""
    return render(request, "localization/refused.html", status=410)
