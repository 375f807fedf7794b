"""What every public template may count on; the admin's templates get it too, and pay nothing for it."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from cms.core.navigation import SiteContext


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the frame of the page, looked up when first used; a view's own context overrides any of it.

    - `plenary_name`: the name of the site
    - `page_lang`, `page_dir`: for the attributes of `html`
    - `home_url`: the home page in the active language, "/" where there is none
    - `site_navigation`: list of `NavigationItem`
    - `language_links`: list of `LanguageLink`
    - `breadcrumbs`: list of `Crumb`
    """
    context = SiteContext.of(request)
    return {
        "plenary_name": SimpleLazyObject(lambda: context.name),
        "page_lang": context.language.html_lang,
        "page_dir": context.language.direction,
        "home_url": SimpleLazyObject(lambda: context.home.url if context.home else "/"),
        "site_navigation": SimpleLazyObject(lambda: context.navigation),
        "language_links": SimpleLazyObject(lambda: context.language_links),
        "breadcrumbs": SimpleLazyObject(lambda: context.breadcrumbs),
    }
