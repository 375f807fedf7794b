"""The gate at the door: a page is not served to whom its restriction in another language keeps out.

Wagtail asks a page's own restrictions and those above it. Nobody restricts one language, so a restriction on a page
binds its translations and its aliases, with all that lies below them, as ``cms.core.visibility`` has it for lists.
"""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from wagtail import hooks
from wagtail.forms import PasswordViewRestrictionForm
from wagtail.models import Page, PageViewRestriction
from wagtail.wagtail_hooks import require_wagtail_login

from cms.core.visibility import viewer_for

Serve = Callable[[Page, HttpRequest, Any, Any], HttpResponseBase]


def binding_restrictions(page: Page, restrictions: list[PageViewRestriction]) -> list[PageViewRestriction]:
    """Those of the site's restrictions that bind a page, the highest in the tree first.

    They stand on it or above it, or on any of these pages' translations and alias sources. ``restrictions`` have their
    pages loaded (``Viewer.restrictions``). No query where there are none, one otherwise.
    """
    if not restrictions:
        return []
    above = page.get_ancestors(inclusive=True).values_list(
        "pk", "translation_key", "alias_of", "alias_of__translation_key", "alias_of__alias_of"
    )
    pages: set[int | None] = set()
    keys: set[Any] = set()
    for pk, key, source, source_key, source_of_source in above:
        pages |= {pk, source, source_of_source}
        keys |= {key, source_key}
    bound = [entry for entry in restrictions if entry.page_id in pages or entry.page.translation_key in keys]
    return sorted(bound, key=lambda entry: (entry.page.depth, entry.pk))


def refusal(restriction: PageViewRestriction, page: Page, request: HttpRequest) -> HttpResponseBase:
    """What Wagtail answers on a page under this restriction: its password form, or the way to log in."""
    if restriction.restriction_type == PageViewRestriction.PASSWORD:
        form = PasswordViewRestrictionForm(instance=restriction, initial={"return_url": request.get_full_path()})
        action = reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, page.pk])
        response: HttpResponseBase = page.serve_password_required_response(request, form, action)
    else:
        response = require_wagtail_login(next=request.get_full_path())
    return response


@hooks.register("on_serve_page", order=-10)
def serve_through_the_gate(serve: Serve) -> Serve:
    """Refuses visitors whom a restriction keeps out, an expired page that nothing has taken offline yet, and a page at
    the address of another language: Wagtail serves the main language's below /ar/ while Arabic has no live home page.
    """

    def inner(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponseBase:
        if page.expire_at is not None and page.expire_at <= timezone.now():
            raise Http404
        if page.locale.language_code != get_language():
            raise Http404
        restrictions = binding_restrictions(page, viewer_for(request).restrictions)
        # Wagtail asks for less, one floor below: it need not look again.
        page.is_known_unrestricted = not restrictions
        failed = next((entry for entry in restrictions if not entry.accept_request(request)), None)
        response = serve(page, request, args, kwargs) if failed is None else refusal(failed, page, request)
        if restrictions:
            add_never_cache_headers(response)
        return response

    return inner
