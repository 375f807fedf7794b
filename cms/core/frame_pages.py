"""The site that a request is for, and the pages that the frame of every public page shows, read as values.

They are read anew for each request: what is renamed, moved, unpublished, expired or made private is so on the next page
of every process. Wagtail's own ways to them took longer than the rest of a page (5 ms of 9 for the frame of a search),
nearly all of it in writing SQL and in making pages of which only a title and an address are shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import CharField, IntegerField, Q, QuerySet, UUIDField
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page, Site

from cms.core.prepared import Given, GivenAny, Prepared, instance_of
from cms.core.visibility import Viewer, prepared_for_viewers, visible_pages

_SITE = ("id", "hostname", "port", "site_name", "root_page_id", "is_default_site")
_PAGE = (
    *("pk", "path", "depth", "title", "url_path", "show_in_menus"),
    *("translation_key", "alias_of", "locale__language_code"),
)
_ROOT = ("path", "depth", "translation_key")  # of the root page, whose key the site has


@dataclass(frozen=True)
class FramePage:
    """A visible page at or below the home page of its language; `rest` is its address below that one's."""

    pk: int
    path: str
    depth: int
    title: str
    language: str
    in_menus: bool
    is_home: bool
    rest: str

    @property
    def url(self) -> str:
        """Its address on this site, as `Page.get_url` has it."""
        with translation.override(self.language):
            return reverse("wagtail_serve", args=[self.rest])


def site_for(request: HttpRequest) -> Site | None:
    """The site that `Site.find_for_request` finds, and finds again where it is asked later. One query at most.

    Of its root page is known what `_ROOT` names; anything else is read when it is asked for.
    """
    if not hasattr(request, "_wagtail_site"):
        host = split_domain_port(request._get_raw_host())[0]  # type: ignore[attr-defined]  # as Wagtail
        request._wagtail_site = _site_of(host, request.get_port())  # type: ignore[attr-defined]  # Wagtail's own cache
    site: Site | None = request._wagtail_site  # type: ignore[attr-defined]
    return site


def _site_of(host: str, port: str) -> Site | None:
    rows = [dict(zip((*_SITE, *_ROOT), row, strict=True)) for row in _sites().rows()]
    sites = [instance_of(Site, row) for row in rows]
    site = _best_match(sites, host, port)
    if site is not None:
        root = {name: rows[sites.index(site)][name] for name in _ROOT}
        site.root_page = instance_of(Page, {"id": site.root_page_id, **root})
    return site


@lru_cache(maxsize=1)
def _sites() -> Prepared:
    return Prepared(Site.objects.order_by("pk").values_list(*_SITE, *(f"root_page__{name}" for name in _ROOT)))


def _best_match(sites: Sequence[Site], host: str, port: str) -> Site | None:
    """The site of this host and port; else the host's default one, or its only one; else the default one of all.

    As `wagtail.models.sites.get_site_for_hostname`.
    """
    named = [site for site in sites if site.hostname == host]
    default = next((site for site in sites if site.is_default_site), None)
    exact = next((site for site in named if str(site.port) == port), None)
    if exact is not None or default in named:
        return exact or default
    return named[0] if len(named) == 1 else default


def frame_pages(root: Page, shown: Page | None, viewer: Viewer) -> list[FramePage]:
    """The pages that a viewer sees in the frame, by their place: home pages and menus of all languages, and the pages
    above the page that is shown. One query.
    """
    above = [] if shown is None else range(len(root.path) + Page.steplen, len(shown.path), Page.steplen)
    paths = [shown.path[:length] for length in above] if shown is not None else []
    key = root.translation_key
    rows = _rows(viewer, key=key, depth=root.depth + 1, paths=paths)
    homes = {row[1]: row[4] for row in rows if row[6] == key and row[7] is None}  # addresses by path
    found = []
    for pk, path, depth, title, address, in_menus, _key, _alias_of, language in rows:
        home = next((one for one in homes if path.startswith(one)), None)
        if home is not None:
            rest = address.removeprefix(homes[home])
            found.append(FramePage(pk, path, depth, title, language, in_menus, path == home, rest))
    return found


@prepared_for_viewers
def _rows(viewer: Viewer) -> QuerySet[Page, Any]:
    shown = (
        Q(translation_key=Given("key", UUIDField()), alias_of=None)
        | Q(depth=Given("depth", IntegerField()), show_in_menus=True)
        | Q(path__in=GivenAny("paths", CharField()))
    )
    rows: QuerySet[Page, Any] = visible_pages(Page.objects.filter(shown), viewer).order_by("path").values_list(*_PAGE)
    return rows
