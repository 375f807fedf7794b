"""The citations of a language version, found in its text when that is imported or published."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from django.db import transaction
from django.utils.html import strip_tags

from cms.core.languages import short_code
from documents.block_html import cell_html
from documents.importing.citations import own_keys
from documents.importing.mentions import Mention, Passage, find_mentions
from documents.importing.model import Block, DocumentReading
from documents.models import Citation, LanguageVersion, OfficialDocument, ReportPage
from documents.symbol_tables import symbol_tables

_NOTE_MARK = re.compile(r'<a\b[^>]*linktype="footnote"[^>]*>.*?</a>', re.DOTALL)
_SYMBOL_LINK = re.compile(r'<a\b[^>]*linktype="symbol"[^>]*>.*?</a>', re.DOTALL)
_SYMBOL = re.compile(r'\bsymbol="([^"]+)"')
_END_OF_BLOCK = re.compile(r"(?=</(?:p|li|h\d|blockquote|td|th)>|<br)", re.IGNORECASE)
# Blocks whose label stands in front of those of the lettered items after them.
NUMBERED = ("paragraph", "operative", "plain")


def cite_page(page: ReportPage) -> None:
    """Finds anew what a web edition cites. Nothing for a page that is an edition of no language version."""
    version = page.version
    if version is not None:
        _record(
            version,
            find_mentions(passages_of(page), _own(version.document), short_code(version.language), symbol_tables()),
        )


def cite_reading(version: LanguageVersion, reading: DocumentReading, page: ReportPage | None) -> None:
    """Keeps what an imported text cites, that of its masthead included.

    ``page`` is the web edition made of it, whose anchors may have been tied to those of another language. Of one that
    is published the paragraphs have been gone through already.
    """
    own = _own(version.document) | own_keys(reading.masthead.symbols, reading.masthead.symbols_printed)
    if page is None or not page.live:
        passages = _passages_read(reading) if page is None else passages_of(page)
        _record(version, find_mentions(passages, own, short_code(version.language), symbol_tables()))
    head = [Mention(one.canonical, one.key, one.printed, "", "", "") for one in reading.citations if one.key not in own]
    Citation.objects.bulk_create(_rows(version, head), ignore_conflicts=True)


def _passages_read(reading: DocumentReading) -> Iterator[Passage]:
    """The paragraphs and notes of a text that has no web edition."""
    blocks = ((block.kind, block.anchor, block.label, _html(block)) for block in reading.blocks)
    return _passages(blocks, ((note.anchor, note.mark, note.html) for note in reading.footnotes))


def _html(block: Block) -> str:
    """A block's HTML; the cells of a table as paragraphs."""
    return _as_paragraphs(*(cell for row in block.table.rows for cell in row)) if block.table else block.html


def _as_paragraphs(*parts: str) -> str:
    return "".join(f"<p>{part}</p>" for part in parts if part)


def passages_of(page: ReportPage) -> Iterator[Passage]:
    """The paragraphs and notes of a web edition."""
    notes = ((note.anchor, note.mark, note.text) for note in page.footnotes.all())
    return _passages((_part(block) for block in page.body), notes)


def _part(block: Any) -> tuple[str, str, str, str]:
    """Kind, anchor, label and HTML of a block of a web edition; the cells of a table as paragraphs."""
    value = block.value
    text = value.get("text", value.get("title", value.get("caption", "")))
    html = str(getattr(text, "source", text) or "")
    if block.block_type == "table" and value["table"]:
        cells = (cell_html(cell.value) for row in value["table"].rows for cell in row)
        html = _as_paragraphs(html, *cells)
    return block.block_type, value.get("anchor", ""), value.get("label", ""), html


def _passages(blocks: Iterable[tuple[str, str, str, str]], notes: Iterable[tuple[str, str, str]]) -> Iterator[Passage]:
    """Passages of blocks (kind, anchor, label, HTML) and notes (anchor, mark, HTML)."""
    above = ""
    for kind, anchor, label, html in blocks:
        if kind in NUMBERED:
            above = label
        shown = {"heading": "", "annex": "", "lettered": f"{above} {label}".strip()}.get(kind, label)
        yield _passage(anchor, shown, html)
    for anchor, mark, html in notes:
        yield _passage(anchor, mark, html)


def _passage(anchor: str, label: str, html: str) -> Passage:
    links = []
    for link in _SYMBOL_LINK.findall(html):
        symbol = _SYMBOL.search(link)
        if symbol:
            links.append((unescape(symbol[1]), _plain(link)))
    return Passage(anchor, label, _plain(html), tuple(links))


def _plain(html: str) -> str:
    """Rich text without tags and footnote marks; the ends of paragraphs and cells part words."""
    parted = _END_OF_BLOCK.sub(" ", _NOTE_MARK.sub("", html))
    return " ".join(unescape(strip_tags(parted)).split())


def _own(document: OfficialDocument) -> frozenset[str]:
    """The keys under which a document names itself: today's symbol and former ones. One query."""
    former = document.former_symbols.values_list("symbol", flat=True)
    return own_keys([document.symbol or "", *former], []) - {""}


def _record(version: LanguageVersion, mentions: list[Mention]) -> None:
    """Makes these the citations of a version, in place of those found before. Three queries.

    What was only stated of the document and is now found in a text is kept with its sentence alone.
    """
    rows = _rows(version, mentions)
    with transaction.atomic():
        version.citations.all().delete()
        keys = [row.symbol_key for row in rows]
        Citation.objects.filter(document=version.document_id, version=None, symbol_key__in=keys).delete()
        Citation.objects.bulk_create(rows, ignore_conflicts=True)


def _rows(version: LanguageVersion, mentions: list[Mention]) -> list[Citation]:
    """Citations of a version, not saved."""
    return [
        Citation(
            document_id=version.document_id,
            version=version,
            symbol=mention.symbol[:120],
            symbol_key=mention.key[:120],
            printed=mention.printed[:200],
            anchor=mention.anchor[:80],
            label=mention.label[:40],
            sentence=mention.sentence,
        )
        for mention in mentions
    ]
