"""Addresses as they would be without ours in front: wagtail-localize's alone."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from wagtail_localize.wagtail_hooks import register_admin_urls


def home(request: HttpRequest) -> HttpResponse:
    """The admin's home, which the check asks for its address."""
    return HttpResponse()


urlpatterns = [path("admin/", include([*register_admin_urls(), path("", home, name="wagtailadmin_home")]))]
