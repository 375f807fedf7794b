"""Links inside the text of documents: to other documents by symbol, to footnotes, to pages in the reader's language.

Each handler resolves all links of its kind in one call, because a body is rewritten in one pass
(``documents.rendering``): 7 queries for 300 paragraphs where one pass per paragraph took 1,551.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, prefetch_related_objects
from django.utils import timezone, translation
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineEntityElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.models import Locale, Page
from wagtail.rich_text import LinkHandler
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.rich_text.pages import PageLinkHandler

from documents.addresses import document_url
from documents.models import LanguageVersion, OfficialDocument, ReportPage
from documents.symbols.folding import symbol_key

Attributes = dict[str, str]


class SymbolLinkHandler(LinkHandler):
    """``<a linktype="symbol" symbol="A/48/161">``: may be written before its target is filed; it works from then on."""

    identifier = "symbol"

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[Attributes]) -> list[str]:
        keys = {symbol_key(attrs.get("symbol", "")) for attrs in attrs_list}
        # A document that nobody may know of yet is no target. Whoever may not read one is asked to log in there.
        known = LanguageVersion.objects.filter(document=OuterRef("pk")).known_at(timezone.now())
        documents = OfficialDocument.objects.filter(Exists(known), symbol_key__in=keys - {""})
        language = translation.get_language() or "en"
        urls = {
            document.symbol_key: escape(document_url(document, language))
            for document in documents.only("id", "symbol", "symbol_key")
        }
        opening = []
        for attrs in attrs_list:
            url = urls.get(symbol_key(attrs.get("symbol", "")))
            opening.append(f'<a class="cite" href="{url}">' if url else '<a class="cite cite--absent">')
        return opening

    @classmethod
    def extract_references(cls, attrs: Attributes) -> Iterator[tuple[Any, str, str, str]]:
        found = OfficialDocument.objects.filter(symbol_key=symbol_key(attrs.get("symbol", ""))).values_list(
            "pk", flat=True
        )
        for pk in found[:1]:
            yield OfficialDocument, str(pk), "", ""


class FootnoteLinkHandler(LinkHandler):
    """``<a linktype="footnote" id="fn1">1</a>``: the mark of a note. A link, since it survives translation as one string
    (``<sup>`` parts the sentence)."""

    identifier = "footnote"

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[Attributes]) -> list[str]:
        label = escape(_("Note"))
        seen: set[str] = set()
        opening = []
        for attrs in attrs_list:
            anchor = escape(attrs.get("id", ""))
            # A note may be referred to twice; only the first mark is what the note leads back to.
            name = "" if anchor in seen else f' id="ref-{anchor}"'
            seen.add(anchor)
            opening.append(
                f'<a class="fn-ref" href="#{anchor}"{name} role="doc-noteref">'
                f'<span class="visually-hidden">{label} </span>'
            )
        return opening


class _RootPaths:
    """What Wagtail hangs its cached site root paths on, so that they are read once and not once per link."""


class LocalizedPageLinkHandler(PageLinkHandler):
    """Page links lead to the reader's language where that page is live there, else to the page itself: six queries."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[Attributes]) -> list[str]:
        ids = {int(attrs["id"]) for attrs in attrs_list if attrs.get("id", "").isdecimal()}
        keys = dict(Page.objects.filter(pk__in=ids).values_list("pk", "translation_key"))
        urls = _page_urls(set(keys.values()), set(keys)) if keys else {}
        opening = []
        for attrs in attrs_list:
            key = keys.get(int(attrs["id"])) if attrs.get("id", "").isdecimal() else None
            url = urls.get(key)
            opening.append(f'<a href="{escape(url)}">' if url else "<a>")
        return opening


def _page_urls(keys: set[Any], linked: set[int]) -> dict[Any, str | None]:
    """The address of the best live page of each translation family: the reader's language, else the page linked."""
    language = translation.get_language()
    # specific() forgets select_related: without this every page would ask for its locale (80 queries measured).
    locales = {locale.pk: locale for locale in Locale.objects.all()}
    best: dict[Any, tuple[tuple[bool, bool], Page]] = {}
    for page in Page.objects.filter(translation_key__in=keys, live=True).defer_streamfields().specific():
        page.locale = locales[page.locale_id]
        rank = (page.locale.language_code == language, page.pk in linked)
        if page.translation_key not in best or rank > best[page.translation_key][0]:
            best[page.translation_key] = (rank, page)
    reports = [page for _rank, page in best.values() if isinstance(page, ReportPage)]
    prefetch_related_objects(reports, "document")
    paths: Any = _RootPaths()
    return {key: page.get_url(paths) for key, (_rank, page) in best.items()}


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
