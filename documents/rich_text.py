"""Links inside the text of documents: to other documents by symbol, to footnotes, to pages in the reader's language.

Each handler resolves all links of its kind in one call, because a body is rewritten in one pass
(``documents.rendering``): 7 queries for 300 paragraphs where one pass per paragraph took 1,551.
"""

from collections.abc import Iterator
from typing import Any

from django.core.cache import cache
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone, translation
from django.utils.html import escape
from django.utils.translation import gettext_lazy, pgettext
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineEntityElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.models import Page
from wagtail.rich_text import LinkHandler
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.rich_text.pages import PageLinkHandler

from cms.core.languages import html_lang
from documents.addresses import document_url
from documents.models import FormerSymbol, LanguageVersion, OfficialDocument, ReportPage
from documents.symbols.folding import symbol_key

Attributes = dict[str, str]


class SymbolLinkHandler(LinkHandler):
    """``<a linktype="symbol" symbol="A/48/161">``: may be written before its target is filed; it works from then on."""

    identifier = "symbol"

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[Attributes]) -> list[str]:
        keys = {symbol_key(attrs.get("symbol", "")) for attrs in attrs_list}
        language = translation.get_language() or "en"
        urls = {key: escape(document_url(document, language)) for key, document in _targets(keys - {""}).items()}
        opening = []
        for attrs in attrs_list:
            url = urls.get(symbol_key(attrs.get("symbol", "")))
            opening.append(f'<a class="cite" href="{url}">' if url else '<a class="cite cite--absent">')
        return opening

    @classmethod
    def extract_references(cls, attrs: Attributes) -> Iterator[tuple[Any, str, str, str]]:
        pk = _document_pk(symbol_key(attrs.get("symbol", "")))
        if pk is not None:
            yield OfficialDocument, str(pk), "", ""


def _targets(keys: set[str]) -> dict[str, OfficialDocument]:
    """The documents with these symbol keys, today's or former ones, by key. One query.

    A document that nobody may know of yet is no target. Whoever may not read one is asked to log in there.
    """
    known = LanguageVersion.objects.filter(document=OuterRef("pk")).known_at(timezone.now())
    former = FormerSymbol.objects.filter(symbol_key__in=keys).values("document")
    named = OfficialDocument.objects.filter(Q(symbol_key__in=keys) | Q(pk__in=former))
    rows: Any = named.filter(Exists(known)).annotate(former_key=F("former_symbols__symbol_key"))
    documents = list(rows.only("id", "symbol", "symbol_key"))
    found = {document.former_key: document for document in documents}
    return found | {str(document.symbol_key): document for document in documents}


def _document_pk(key: str) -> int | None:
    """The document with this symbol key, remembered for a minute: the index of references asks link by link."""
    find = OfficialDocument.objects.filter(symbol_key=key).values_list("pk", flat=True).first
    found: int | None = cache.get_or_set(f"document-of-symbol:{key[:200]}", find, 60) if key else None
    return found


class FootnoteLinkHandler(LinkHandler):
    """``<a linktype="footnote" id="fn1">1</a>``: the mark of a note. A link, since that survives translation in
    one string (``<sup>`` parts the sentence)."""

    identifier = "footnote"

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[Attributes]) -> list[str]:
        # The word says its language: beside others, a text may stand on a page in another one.
        label = escape(pgettext("mark in a text", "Note"))
        language = html_lang(translation.get_language() or "en")
        seen: set[str] = set()
        opening = []
        for attrs in attrs_list:
            anchor = escape(attrs.get("id", ""))
            # A note may be referred to twice; only the first mark is what the note leads back to.
            name = "" if anchor in seen else f' id="ref-{anchor}"'
            seen.add(anchor)
            opening.append(
                f'<a class="fn-ref" href="#{anchor}"{name} role="doc-noteref">'
                f'<span class="visually-hidden" lang="{language}">{label} </span>'
            )
        return opening


class _RootPaths:
    """Stands in for a request, for Wagtail to hang its site root paths on: read once, and not once per link.

    It is of no site, because the finished text is kept for the readers of all.
    """

    _wagtail_site = None


class LocalizedPageLinkHandler(PageLinkHandler):
    """Page links lead to the reader's language where that page is live there, else to the page itself. Two queries."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[Attributes]) -> list[str]:
        ids = {int(attrs["id"]) for attrs in attrs_list if attrs.get("id", "").isdecimal()}
        urls = _page_urls(ids) if ids else {}
        opening = []
        for attrs in attrs_list:
            url = urls.get(int(attrs["id"])) if attrs.get("id", "").isdecimal() else None
            opening.append(f'<a href="{escape(url)}">' if url else "<a>")
        return opening


def _page_urls(ids: set[int]) -> dict[int, str | None]:
    """The address for each page linked: its live translation in the reader's language, else the live page itself.

    One query.
    """
    language = translation.get_language()
    keys = Page.objects.filter(pk__in=ids).values("translation_key")
    # Only web editions have addresses of their own, those of their documents.
    family = list(Page.objects.filter(translation_key__in=keys).select_related("locale", "reportpage__document"))
    best: dict[Any, Page] = {}
    for page in family:
        translates = page.locale.language_code == language and not page.alias_of_id
        if page.live and (translates or (page.pk in ids and page.translation_key not in best)):
            best[page.translation_key] = page
    paths: Any = _RootPaths()
    urls = {key: _specific(page).get_url(paths) for key, page in best.items()}
    return {page.pk: urls.get(page.translation_key) for page in family if page.pk in ids}


def _specific(page: Any) -> Page:
    """The web edition that a page is, else the page itself. No query for pages read with their editions."""
    edition: ReportPage | None = getattr(page, "reportpage", None)
    if edition is None:
        plain: Page = page
        return plain
    edition.locale = page.locale
    return edition


class _SymbolElementHandler(InlineEntityElementHandler):
    """Reads a symbol link into the editor."""

    mutability = "IMMUTABLE"

    def get_attribute_data(self, attrs: Attributes) -> Attributes:
        return {"symbol": attrs.get("symbol", "")}


class _FootnoteElementHandler(InlineEntityElementHandler):
    """Reads a footnote mark into the editor."""

    mutability = "IMMUTABLE"

    def get_attribute_data(self, attrs: Attributes) -> Attributes:
        return {"anchor": attrs.get("id", "")}


def _symbol_entity(props: dict[str, Any]) -> Any:
    """Writes a symbol link from the editor."""
    return DOM.create_element("a", {"linktype": "symbol", "symbol": props["symbol"]}, props["children"])


def _footnote_entity(props: dict[str, Any]) -> Any:
    """Writes a footnote mark from the editor."""
    return DOM.create_element("a", {"linktype": "footnote", "id": props["anchor"]}, props["children"])


def register_features(features: FeatureRegistry) -> None:
    """Registers the link types and their buttons in the editor."""
    features.register_link_type(SymbolLinkHandler)
    features.register_link_type(FootnoteLinkHandler)
    features.register_link_type(LocalizedPageLinkHandler)
    for name, entity, description, icon, reader, writer in (
        (
            "symbol",
            "SYMBOL",
            gettext_lazy("Link to a document by its symbol"),
            "doc-full",
            _SymbolElementHandler,
            _symbol_entity,
        ),
        (
            "footnote",
            "FOOTNOTE",
            gettext_lazy("Footnote mark"),
            "superscript",
            _FootnoteElementHandler,
            _footnote_entity,
        ),
    ):
        features.register_editor_plugin(
            "draftail",
            name,
            EntityFeature(
                {"type": entity, "icon": icon, "description": description},
                js=["documents/editor.js"],
                css={"all": ["documents/editor.css"]},
            ),
        )
        features.register_converter_rule(
            "contentstate",
            name,
            {
                "from_database_format": {f'a[linktype="{name}"]': reader(entity)},
                "to_database_format": {"entity_decorators": {entity: writer}},
            },
        )
