"""The Content-Security-Policy header: strict for the public, wider for the admin."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import NoReverseMatch, reverse

HEADER = "Content-Security-Policy"
ERROR_PAGES_OF_DJANGO = {404, 500}


def public_policy(origins: list[str]) -> str:
    """Return the policy of public pages: nothing inline, nothing from elsewhere.

    `origins` are further hosts of static and media files. The site may frame its own pages: the admin previews them.
    """
    own = " ".join(["'self'", *origins])
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {own}",
            f"style-src {own}",
            f"img-src {own} data:",
            f"font-src {own}",
            f"media-src {own}",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'self'",
        ]
    )


def admin_policy(origins: list[str]) -> str:
    """Return the policy of the admin, whose editor brings styles and scripts of its own into the page."""
    own = " ".join(["'self'", *origins])
    return "; ".join(
        [
            f"default-src {own}",
            f"script-src {own} 'unsafe-inline' 'unsafe-eval'",
            f"style-src {own} 'unsafe-inline'",
            f"img-src {own} data: blob:",
            "object-src 'none'",
            "form-action 'self'",
            "base-uri 'self'",
            "frame-ancestors 'self'",
        ]
    )


class ContentSecurityPolicyMiddleware:
    """Adds the policy to every response that does not bring its own.

    The setting ASSET_ORIGINS names further hosts that serve static or media files ("https://files.example.org").
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        origins = list(getattr(settings, "ASSET_ORIGINS", []))
        self.public = public_policy(origins)
        self.admin = admin_policy(origins)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request and set the header. Django's own error pages in development carry their style inline."""
        response = self.get_response(request)
        if settings.DEBUG and response.status_code in ERROR_PAGES_OF_DJANGO:
            return response
        response.headers.setdefault(HEADER, self.admin if is_admin(request) else self.public)
        return response


def is_admin(request: HttpRequest) -> bool:
    """Whether the address lies in Wagtail's admin."""
    try:
        return request.path.startswith(reverse("wagtailadmin_home"))
    except NoReverseMatch:
        return False
