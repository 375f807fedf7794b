"""New documents as Atom and RSS, in each language."""

from datetime import datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import F
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
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
        viewer = anonymous()
        versions = LanguageVersion.objects.visible_to(viewer).filter(language=translation.get_language())
        return list(
            versions.select_related("document").order_by(
                F("released_at").desc(nulls_last=True), F("document__date").desc(nulls_last=True), "-pk"
            )[:FEED_LENGTH]
        )

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
        return item.released_at or _midnight(item)

    def item_updateddate(self, item: LanguageVersion) -> datetime | None:
        return item.released_at or _midnight(item)

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


def _midnight(item: LanguageVersion) -> datetime | None:
    day = item.document.date
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None
