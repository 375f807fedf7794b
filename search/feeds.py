"""Results of a query as an Atom feed: a saved search that tells by itself what is new."""

import datetime
from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import uuid5

from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.core.languages import html_lang
from cms.core.navigation import SiteContext
from cms.core.visibility import Viewer
from documents.models import LanguageVersion
from search.engines.analysis import clean
from search.engines.base import Hit, Query
from search.entries import EVER, entry_keys, page_entry_id, version_entry_id
from search.facets import kept, kind_label
from search.related import starts

FEED_LENGTH = 50


class Mark(NamedTuple):
    """What tells an entry of a feed from every other, and when it last changed."""

    id: str
    updated: datetime.datetime


class ResultsFeed(Atom1Feed):
    """Atom whose entries say their language where it is another than the feed's."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, Any]:
        return {**super().item_attributes(item), "xml:lang": item["language"]}


def results_feed(request: HttpRequest, query: Query, hits: Iterable[Hit], viewer: Viewer) -> ResultsFeed:
    """The feed of these hits, which the viewer may see, in the language of the query. Two queries, and the site's.

    Two more where the address names a document to be like.
    """
    hits = list(hits)
    marks = _marks(hits)
    asked = [query.words.strip(), *(f"{start.label} {start.text}" for start in starts(query, request.GET, viewer))]
    page = f"{reverse('search')}?{kept(request.GET).urlencode()}"
    feed = ResultsFeed(
        title=clean(" – ".join([*filter(None, asked), _("Search")])),
        link=request.build_absolute_uri(page),
        description=None,
        language=html_lang(query.language),
        author_name=SiteContext.of(request).name,
        feed_url=request.build_absolute_uri(),
    )
    for hit in hits:
        mark = marks[hit.shown.entry_id]
        feed.add_item(
            title=f"{hit.symbol} – {hit.shown.title}" if hit.symbol else hit.shown.title,
            link=request.build_absolute_uri(hit.shown.url),
            # Feed readers take a summary for HTML.
            description=escape(" ".join("".join(piece.text for piece in part.pieces) for part in hit.snippets)),
            unique_id=mark.id,
            updateddate=mark.updated,
            categories=[kind_label(hit.doc_kind)],
            language=html_lang(hit.shown.language),
        )
    return feed


def _marks(hits: Iterable[Hit]) -> dict[str, Mark]:
    """The marks by entry. A language version has the same as in the feed of new documents."""
    dates = {hit.shown.entry_id: hit.date for hit in hits}
    versions, pages = entry_keys(dates)
    marks = {}
    for pk, uid, released_at in LanguageVersion.objects.filter(pk__in=versions).values_list("pk", "uid", "released_at"):
        entry = version_entry_id(pk)
        marks[entry] = Mark(f"urn:uuid:{uid}", released_at or _midnight(dates[entry]))
    found = Page.objects.filter(pk__in=pages).values_list(
        "pk", "translation_key", "locale__language_code", "last_published_at"
    )
    for pk, key, language, published_at in found:
        entry = page_entry_id(pk)
        marks[entry] = Mark(f"urn:uuid:{uuid5(key, language)}", published_at or _midnight(dates[entry]))
    return marks


def _midnight(day: datetime.date | None) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC) if day else EVER
