"""The front door, the choice of a language, and what crawlers ask for first."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from cms.core.languages import from_short
from cms.core.navigation import CHOICE_PREFIX, SiteContext

ONE_YEAR = 365 * 24 * 60 * 60  # seconds
# Addresses that lead elsewhere or list what stands elsewhere: nothing for a crawler to find.
UNCRAWLED = (f"{CHOICE_PREFIX}/", "/*/search/", "/*/search.")


@require_safe
def front_door(request: HttpRequest) -> HttpResponse:
    """Redirects "/" to the home page in the reader's language: the one they chose, else the one their browser asks for.

    Where that home page is not there, the site's main one is meant.
    """
    context = SiteContext(request)
    homes = context.home_pages
    home = homes.get(translation.get_language_from_request(request)) or next(
        (page for page in homes.values() if context.site and page.pk == context.site.root_page_id), None
    )
    if home is None:
        raise Http404
    response = HttpResponseRedirect(home.url)
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@require_safe
def choose_language(request: HttpRequest, short: str) -> HttpResponse:
    """Remembers the language of the address that follows, /language/ru/news/, and redirects there.

    The links between languages lead through here, so the choice needs no script, and a cookie is set for nobody who
    made none. It holds the language and nothing else. The target is always an address of this site.
    """
    code = from_short(short)
    if code is None:
        raise Http404
    response = HttpResponseRedirect(request.get_full_path().removeprefix(CHOICE_PREFIX))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=ONE_YEAR,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tells crawlers where the sitemap is and what they need not read."""
    closed = [reverse("wagtailadmin_home"), *UNCRAWLED]
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), "", f"Sitemap: {sitemap}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
