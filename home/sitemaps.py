"""The sitemap: every page that the public may see, and every released language version, with their other languages."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from wagtail.models import Page, Site

from cms.core.languages import html_lang
from cms.core.visibility import anonymous, visible_pages
from documents.addresses import document_url
from documents.models import LanguageVersion, ReportPage

# Fewer than the 50,000 that the protocol allows: a crawler waits for each file, and we hold it in memory.
PER_FILE = 5000


class SitemapInLanguages(Sitemap[Any]):
    """A sitemap whose entries name their other languages. ``addresses`` is all that subclasses add to Django's."""

    limit = PER_FILE

    def addresses(self, items: list[Any]) -> dict[Any, dict[str, str]]:
        """The addresses of each item's translations, itself included, by Django's language code; by primary key."""
        raise NotImplementedError

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        """The entries of one file, with absolute addresses."""
        items = list(self.paginator.page(page).object_list)
        root = f"{self.get_protocol(protocol)}://{self.get_domain(site)}"
        addresses = self.addresses(items)
        return [self._entry(item, addresses[item.pk], root) for item in items if item.pk in addresses]

    def _entry(self, item: Any, addresses: dict[str, str], root: str) -> dict[str, Any]:
        languages = [{"location": f"{root}{url}", "lang_code": html_lang(code)} for code, url in addresses.items()]
        return {
            "item": item,
            "location": f"{root}{addresses[self.language_of(item)]}",
            "lastmod": self.lastmod(item),
            "changefreq": None,
            "priority": "",
            "alternates": languages if len(languages) > 1 else [],
        }

    def language_of(self, item: Any) -> str:
        """Django's code of the language that the item is in."""
        raise NotImplementedError

    def lastmod(self, item: Any) -> date | None:
        """When it last changed, as far as is known."""
        raise NotImplementedError


class PageSitemap(SitemapInLanguages):
    """The pages of every language, web editions aside: those are versions of documents."""

    def items(self) -> QuerySet[Page]:
        """The public pages of the default site."""
        return _public_pages().order_by("pk")

    def addresses(self, items: list[Page]) -> dict[Any, dict[str, str]]:
        keys = {page.translation_key for page in items}
        family: dict[Any, dict[str, str]] = defaultdict(dict)
        for page in _public_pages().filter(translation_key__in=keys).order_by("pk"):
            parts = page.get_url_parts()
            if parts is not None and parts[2]:
                family[page.translation_key][page.locale.language_code] = parts[2]
        return {page.pk: found for page in items if self.language_of(page) in (found := family[page.translation_key])}

    def language_of(self, item: Page) -> str:
        return str(item.locale.language_code)

    def lastmod(self, item: Page) -> date | None:
        return item.last_published_at


class DocumentSitemap(SitemapInLanguages):
    """The language versions that are out, web editions and files alike."""

    def items(self) -> QuerySet[LanguageVersion]:
        """The public versions."""
        return LanguageVersion.objects.visible_to(anonymous()).select_related("document").order_by("document", "pk")

    def addresses(self, items: list[LanguageVersion]) -> dict[Any, dict[str, str]]:
        documents = {version.document_id for version in items}
        family: dict[Any, dict[str, str]] = defaultdict(dict)
        for version in self.items().filter(document__in=documents):
            family[version.document_id][version.language] = document_url(version.document, version.language)
        return {version.pk: family[version.document_id] for version in items}

    def language_of(self, item: LanguageVersion) -> str:
        return item.language

    def lastmod(self, item: LanguageVersion) -> date | None:
        return item.released_at or item.document.date


def _public_pages() -> QuerySet[Page]:
    """The pages of the default site in all languages that the public may see, aliases and web editions aside."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return Page.objects.none()
    homes = Page.objects.filter(translation_key=site.root_page.translation_key)
    editions = ContentType.objects.get_for_model(ReportPage)
    pages = _below(homes).filter(alias_of=None).exclude(content_type=editions)
    return visible_pages(pages, anonymous()).select_related("locale")


def _below(homes: Iterable[Page]) -> QuerySet[Page]:
    """These pages and all under them."""
    pages = Page.objects.none()
    for home in homes:
        pages |= Page.objects.descendant_of(home, inclusive=True)
    return pages


SITEMAPS = {"pages": PageSitemap, "documents": DocumentSitemap}
