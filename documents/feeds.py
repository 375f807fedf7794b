"""New documents as Atom and RSS, in each language."""

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import gettext as _

from cms.core.visibility import anonymous
from documents.addresses import document_url
from documents.models import LanguageVersion

FEED_LENGTH = 50


class NewDocumentsAtom(Feed[LanguageVersion, None]):
    """The newest released public documents in the language of the address. Feed readers have no account."""

    feed_type: type[SyndicationFeed] = Atom1Feed

    def title(self) -> str:
        return _("New documents")

    subtitle = title
    description = title

    def link(self) -> str:
        return document_feed_home(translation.get_language() or "en")

    def items(self) -> list[LanguageVersion]:
        # Those without a release moment were brought in from an older archive: they are not new. Nulls are left out in
        # so many words, for then the order is that of an index, whatever the archive's size.
        versions = LanguageVersion.objects.visible_to(anonymous()).filter(language=translation.get_language())
        newest = versions.filter(released_at__isnull=False).order_by("-released_at", "-pk")
        return list(newest.select_related("document")[:FEED_LENGTH])

    def item_title(self, item: LanguageVersion) -> str:
        return f"{item.document.symbol} – {item.title}" if item.document.symbol else item.title

    def item_description(self, item: LanguageVersion) -> str:
        return item.document.get_kind_display()

    def item_link(self, item: LanguageVersion) -> str:
        return document_url(item.document, item.language)

    def item_guid(self, item: LanguageVersion) -> str:
        return f"urn:uuid:{item.uid}"

    item_guid_is_permalink = False

    def item_pubdate(self, item: LanguageVersion) -> datetime | None:
        return item.released_at

    item_updateddate = item_pubdate

    def get_feed(self, obj: None, request: HttpRequest) -> Any:
        feed: Any = super().get_feed(obj, request)
        feed.feed["language"] = translation.get_language()
        return feed


class NewDocumentsRss(NewDocumentsAtom):
    """The same as RSS."""

    feed_type = Rss201rev2Feed


def document_feed_home(language: str) -> str:
    """The archive's address in the language."""
    with translation.override(language):
        return reverse("wagtail_serve", args=["documents/"])
