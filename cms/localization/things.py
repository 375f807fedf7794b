"""Documents and pages by the key that their languages share: what they are called, which of them a user coordinates.

A document's key is its uid; of a page it is the translation key, and a document's pages have that document's.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from wagtail.models import Page

from cms.core.languages import LANGUAGES, language
from cms.localization.roles import coordinates
from cms.processes.placement import processes_above
from documents.models import LanguageVersion, OfficialDocument


@dataclass(frozen=True)
class Name:
    """What a document or page is called: symbol, title, and the language of the title; each may be empty."""

    symbol: str = ""
    title: str = ""
    language: str = ""

    @property
    def html_lang(self) -> str:
        """The title's language, as HTML has it; empty where there is no title."""
        return language(self.language).html_lang if self.language else ""

    @property
    def direction(self) -> str:
        """The title's direction."""
        return language(self.language).direction if self.language else "auto"


def names_of(keys: Collection[UUID]) -> dict[UUID, Name]:
    """What documents and pages are called, whoever asks. Three queries; what is gone is missing."""
    pages = Page.objects.filter(translation_key__in=keys, alias_of=None)
    return names_of_pages(pages) | names_of_documents(OfficialDocument.objects.filter(uid__in=keys))


def names_of_pages(pages: QuerySet[Page]) -> dict[UUID, Name]:
    """The titles of pages by their key: of a page in several languages, the title of the one made first. One query."""
    rows = pages.order_by("-pk").values_list("translation_key", "draft_title", "locale__language_code")
    return {key: Name("", title, code) for key, title, code in rows}


def names_of_documents(documents: QuerySet[OfficialDocument]) -> dict[UUID, Name]:
    """Symbol and title of documents by their key: the original's title, else the first in the house's order.

    Two queries.
    """
    order = {entry.code: place for place, entry in enumerate(LANGUAGES)}
    rows = list(documents.order_by().values_list("pk", "uid", "symbol", "original_language"))
    originals = {pk: original for pk, _key, _symbol, original in rows}
    versions = LanguageVersion.objects.filter(document__in=originals).exclude(title="").order_by()
    best: dict[int, tuple[int, str, str]] = {}
    for document, code, title in versions.values_list("document", "language", "title"):
        rank = -1 if code == originals[document] else order.get(code, len(order))
        if document not in best or rank < best[document][0]:
            best[document] = (rank, title, code)
    return {key: Name(symbol or "", *best.get(pk, (0, "", ""))[1:]) for pk, key, symbol, _original in rows}


def coordinated_pages(keys: Collection[UUID], user: Any) -> dict[UUID, tuple[Page, int | None]]:
    """Those of the pages that are no document's and whose process the user coordinates, each with that process.

    The page made first stands for its languages. Two queries.
    """
    found = Page.objects.filter(translation_key__in=keys, alias_of=None, depth__gt=1).order_by("-pk")
    pages = list(found.exclude(content_type__model="reportpage").select_related("locale"))
    above = processes_above([page.path for page in pages])
    return {page.translation_key: (page, above[page.path]) for page in pages if coordinates(user, above[page.path])}
