"""Searches that start from a document: those that cite it, and those like it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.core.keys import uid_in
from cms.core.languages import reading_order
from cms.core.visibility import Viewer, visible_pages
from documents.models import LanguageVersion
from search.engines.base import Query
from search.named import document_named, symbols_of

# The parameters of the address: the symbol that is cited, and the key or symbol of the document to be like.
CITING, SIMILAR = "citing", "similar"
RELATED = (CITING, SIMILAR)
LONGEST = 120  # characters of a symbol


@dataclass(frozen=True)
class Start:
    """The document that a search starts from, as the address names it and as readers know it.

    `language` is that of `text`, empty for a symbol.
    """

    parameter: str
    name: str
    label: str
    text: str
    language: str = ""


def asked_name(asked: QueryDict, parameter: str) -> str:
    """The document that an address names; empty when it names none."""
    return asked.get(parameter, "").replace("\x00", "").strip()[:LONGEST]


def key_of(name: str, viewer: Viewer) -> str:
    """The key in the index of the document with this key or symbol: two queries for a symbol, none for a key.

    A symbol that the reader may not know of is the key of nothing.
    """
    if key := uid_in(name):
        return str(key)
    document = document_named(name, viewer)
    return str(document.uid) if document else name


def cited_as(asked: QueryDict, viewer: Viewer) -> tuple[str, ...]:
    """The symbols of the document that is to be cited, the one in the address first. None, or three queries."""
    name = asked_name(asked, CITING)
    return symbols_of(name, viewer) if name else ()


def starts(query: Query, asked: QueryDict, viewer: Viewer) -> Iterator[Start]:
    """What the search starts from, as the reader may know it. Two queries at most."""
    if query.citing:
        name = asked_name(asked, CITING)
        yield Start(CITING, name, _("Documents that cite"), name)
    if query.similar_to:
        name = asked_name(asked, SIMILAR)
        yield Start(SIMILAR, name, _("Similar to"), *_known_as(query, name, viewer))


def _known_as(query: Query, name: str, viewer: Viewer) -> tuple[str, str]:
    """The symbol or title of the document or page to be like, with the title's language; else what the address says."""
    key = uid_in(query.similar_to)
    if key is None:
        return name, ""
    order = reading_order(query.language)
    versions = LanguageVersion.objects.visible_to(viewer).filter(document__uid=key).select_related("document")
    if version := min(versions, key=lambda one: order.index(one.language), default=None):
        return (version.document.symbol, "") if version.document.symbol else (version.title, version.language)
    pages: QuerySet[Page] = visible_pages(Page.objects.filter(translation_key=key, alias_of=None), viewer)
    page = min(pages.select_related("locale"), key=lambda one: order.index(one.locale.language_code), default=None)
    return (page.title, page.locale.language_code) if page else (name, "")
