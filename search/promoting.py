"""What the secretariat shows above the results of chosen queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from cms.core.fields import best_text
from cms.core.languages import reading_order
from cms.core.visibility import Viewer, visible_pages
from documents.addresses import document_url
from documents.models import LanguageVersion
from search.choices import latest_choices
from search.engines.base import Query

MOST_SHOWN = 3


@dataclass(frozen=True)
class Promoted:
    """A promoted result as a reader gets it: each text with its language, the symbol where it is a document."""

    title: str
    language: str
    url: str
    symbol: str
    reason: str
    reason_language: str


def promoted_for(query: Query, viewer: Viewer, request: HttpRequest) -> list[Promoted]:
    """The promoted results of what was typed, three at most: those that the reader may see, on the first page alone.

    By the choices that the query was made with. No query, and two at most where something is promoted for the words.
    """
    if query.page != 1 or query.filters or query.only or query.citing or query.similar_to:
        return []
    promotions = [
        promotion
        for promotion in latest_choices().promoted_for(query.words, query.language)
        if promotion.holds(viewer.now.date())
    ]
    versions = _versions({entry.document for entry in promotions if entry.document}, query.language, viewer)
    pages = _pages({entry.page for entry in promotions if entry.page}, query.language, viewer)
    shown: dict[str, Promoted] = {}
    for promotion in promotions:
        version, page = versions.get(promotion.document), pages.get(promotion.page)
        reason = best_text({**promotion.reason}, query.language)
        if version is not None:
            document, language = version.document, version.language
            url, symbol = document_url(document, language), document.symbol or ""
            shown.setdefault(url, Promoted(version.title or str(document), language, url, symbol, *reason))
        elif page is not None and (url := page.get_url(request)):
            shown.setdefault(url, Promoted(page.title, page.locale.language_code, url, "", *reason))
    return list(shown.values())[:MOST_SHOWN]


def _versions(documents: Iterable[Any], language: str, viewer: Viewer) -> dict[Any, LanguageVersion]:
    """The version of each document that a reader of the language gets, of those that the viewer may see."""
    if not documents:
        return {}
    found = LanguageVersion.objects.visible_to(viewer).filter(document__in=documents).select_related("document")
    order = reading_order(language)
    best = sorted(found, key=lambda version: order.index(version.language), reverse=True)
    return {version.document_id: version for version in best}


def _pages(keys: Iterable[Any], language: str, viewer: Viewer) -> dict[Any, Page]:
    """The translation of each page that a reader of the language gets, of those that the viewer may see."""
    if not keys:
        return {}
    found = visible_pages(Page.objects.filter(translation_key__in=keys, alias_of=None), viewer)
    order = reading_order(language)
    best = sorted(found.select_related("locale"), key=lambda page: order.index(page.locale.language_code), reverse=True)
    return {page.translation_key: page for page in best}
