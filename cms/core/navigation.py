"""What the frame of every public page shows: sections, where the reader is, and the same thing in other languages.

All lists of pages pass the gate of `cms.core.visibility`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from cms.core import languages
from cms.core.frame_pages import FramePage, frame_pages, site_for
from cms.core.visibility import Viewer, viewer_for, visible_pages

PAGE_VIEW_NAME = "wagtail_serve"
# Before an address in a language: go there, and remember the language.
CHOICE_PREFIX = "/language"


@dataclass(frozen=True)
class NavigationItem:
    """A section of the site."""

    title: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Crumb:
    """A step from the home page to the page at hand, which itself has no address here."""

    title: str
    url: str | None = None
    is_symbol: bool = False


@dataclass(frozen=True)
class LanguageLink:
    """The page at hand in one language: where it is, or why there is no link."""

    code: str
    url: str | None
    state: Literal["available", "awaited", "missing"]
    current: bool = False

    @property
    def label(self) -> str:
        """The name of the language in itself."""
        return languages.language(self.code).name

    @property
    def html_lang(self) -> str:
        """The code for `lang` and `hreflang`."""
        return languages.html_lang(self.code)

    @property
    def choice_url(self) -> str | None:
        """The address for a reader who chooses this language: the site remembers it. Another host's stays as it is."""
        return f"{CHOICE_PREFIX}{self.url}" if self.url and self.url.startswith("/") else self.url


def language_links(urls: Mapping[str, str], current: str, awaited: Collection[str] = ()) -> list[LanguageLink]:
    """Return a link for each language of the site, in the order of the table.

    `urls` holds the addresses by Django's code; `awaited` the codes of languages that are announced but not there yet.
    """
    links = []
    for entry in languages.LANGUAGES:
        url = urls.get(entry.code)
        state: Literal["available", "awaited", "missing"] = "missing"
        if url is not None:
            state = "available"
        elif entry.code in awaited:
            state = "awaited"
        links.append(LanguageLink(entry.code, url, state, entry.code == current))
    return links


def same_address_in_languages(path: str) -> dict[str, str]:
    """Return the address ("/en/search/?q=x") under the prefix of every language; empty where it has no prefix."""
    if languages.from_path(path) is None:
        return {}
    rest = path.lstrip("/").partition("/")[2]
    return {entry.code: f"/{entry.short}/{rest}" for entry in languages.LANGUAGES}


class SiteContext:
    """The frame's facts for one request, each looked up when a template first asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.language = languages.language(get_language() or settings.LANGUAGE_CODE)

    @classmethod
    def of(cls, request: HttpRequest) -> "SiteContext":
        """Return the request's own frame, so that a page and its template look nothing up twice."""
        frame: SiteContext | None = getattr(request, "_plenary_frame", None)
        if frame is None:
            frame = cls(request)
            request._plenary_frame = frame  # type: ignore[attr-defined]  # a cache on the request, read only here
        return frame

    @cached_property
    def viewer(self) -> Viewer:
        """The visitor, as the gate knows them."""
        return viewer_for(self.request)

    @cached_property
    def site(self) -> Site | None:
        """Wagtail's site for this host."""
        return site_for(self.request)

    @property
    def name(self) -> str:
        """The name of the site."""
        return (self.site.site_name if self.site else "") or settings.WAGTAIL_SITE_NAME

    @cached_property
    def home_pages(self) -> dict[str, FramePage]:
        """The visible home pages by Django's code."""
        return {page.language: page for page in self._pages if page.is_home}

    @cached_property
    def home(self) -> FramePage | None:
        """The home page in the active language."""
        return self.home_pages.get(self.language.code)

    @cached_property
    def page(self) -> Page | None:
        """The page that is shown: `request.shown_page` where a page has set it (previews have no route), else the
        page that the address led to; None for other views.
        """
        shown = getattr(self.request, "shown_page", None)
        match = self.request.resolver_match
        if shown is not None or match is None or match.url_name != PAGE_VIEW_NAME:
            return shown
        return Page.find_for_request(self.request, match.args[0] if match.args else "")

    @cached_property
    def navigation(self) -> list[NavigationItem]:
        """The children of the home page that are shown in menus."""
        shown_path = self.page.path if self.page else ""
        return [
            NavigationItem(child.title, child.url, shown_path.startswith(child.path))
            for child in self._around
            if child.in_menus and self.home is not None and child.depth == self.home.depth + 1
        ]

    @cached_property
    def breadcrumbs(self) -> list[Crumb]:
        """The steps from the home page to the page; empty on the home page and where no page is shown."""
        if self.home is None or self.page is None or self.page.path == self.home.path:
            return []
        above = [page for page in self._around if self.page.path != page.path and self.page.path.startswith(page.path)]
        return [
            Crumb(_("Home"), self.home.url),
            *(Crumb(ancestor.title, ancestor.url) for ancestor in above),
            Crumb(self.page.title),
        ]

    @property
    def _around(self) -> list[FramePage]:
        """The visible pages of the menu, and those between the home page and the page, by their place."""
        home = self.home
        return [page for page in self._pages if home and page.depth > home.depth and page.path.startswith(home.path)]

    @cached_property
    def _pages(self) -> list[FramePage]:
        return frame_pages(self.site.root_page, self.page, self.viewer) if self.site else []

    @cached_property
    def language_links(self) -> list[LanguageLink]:
        """The page in the other languages; for a view that is no page, its address under their prefixes; where
        nothing was found, the home pages. An alias is a copy in the wrong language, so it counts as missing.
        """
        current = self.language.code
        if self.page is not None:
            translations = self._visible(self.page.get_translations().filter(alias_of=None))
            urls = {page.locale.language_code: page.get_url(self.request) for page in translations}
            urls[current] = self.page.get_url(self.request) or self.request.path
            return language_links(urls, current)
        match = self.request.resolver_match
        if match is not None and match.url_name != PAGE_VIEW_NAME:
            return language_links(same_address_in_languages(self.request.get_full_path()), current)
        return language_links({code: page.url for code, page in self.home_pages.items()}, current)

    def _visible(self, pages: QuerySet[Page]) -> QuerySet[Page]:
        """Return those pages that the visitor may see, with their locales."""
        return visible_pages(pages, self.viewer).select_related("locale")
