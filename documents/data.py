"""A document as data: facts, language versions, files and texts. The shape is told in docs/archive.md.

``VERSION`` goes up when something that a program may rely on is renamed, taken away or changes its meaning; what is
only added leaves it.
"""

import re
from typing import Any

from django.http import HttpRequest
from wagtail.rich_text import get_text_for_indexing

from cms.core.languages import html_lang
from cms.core.visibility import Viewer, viewer_for, visible_pages
from documents.addresses import document_url, neutral_url
from documents.block_html import element_id
from documents.files import CONTENT_TYPES, file_url
from documents.models import DocumentFile, LanguageVersion, OfficialDocument, ReportPage
from documents.presentation import with_versions

FORMAT = "plenary-document"
VERSION = 1
NOTE_MARK = re.compile(r'<a\b[^<>]*\blinktype="footnote"[^<>]*>(.*?)</a>')
SYMBOL = re.compile(r'<a\b(?=[^<>]*\blinktype="symbol")[^<>]*\bsymbol="([^"]*)"')


def document_data(document: OfficialDocument, request: HttpRequest) -> dict[str, Any]:
    """The document as the visitor may read it. Seven queries, however long it is."""
    viewer = viewer_for(request)
    rows = with_versions(OfficialDocument.objects.filter(pk=document.pk), viewer)
    shown: Any = rows.prefetch_related("former_symbols", "agenda_items").get()
    pages = _pages(shown, viewer)
    session, body = shown.session, shown.working_group
    return {
        "format": FORMAT,
        "version": VERSION,
        "url": request.build_absolute_uri(neutral_url(shown)),
        "symbol": shown.symbol,
        "archive_number": shown.archive_number,
        "former_symbols": [former.symbol for former in shown.former_symbols.all()],
        "kind": shown.kind,
        "date": shown.date,
        "distribution": shown.distribution or None,
        "access": shown.access,
        "original_language": html_lang(shown.original_language) if shown.original_language else None,
        "process": shown.process.code,
        "body": body.code if body else None,
        "session": {
            "body": session.working_group.code,
            "code": session.code,
            "starts_on": session.starts_on,
            "ends_on": session.ends_on,
        }
        if session
        else None,
        "agenda_items": [item.number for item in shown.agenda_items.all()],
        "languages": [_version(version, shown, pages, request) for version in shown.known],
    }


def _pages(document: OfficialDocument, viewer: Viewer) -> dict[str, ReportPage]:
    """The web editions by language. Two queries."""
    editions = ReportPage.objects.filter(document=document, alias_of=None)
    pages = visible_pages(editions, viewer).select_related("locale").prefetch_related("footnotes")
    return {page.locale.language_code: page for page in pages}


def _version(
    version: LanguageVersion, document: OfficialDocument, pages: dict[str, ReportPage], request: HttpRequest
) -> dict[str, Any]:
    """One language: an awaited one has neither address nor files nor text."""
    known = {"language": html_lang(version.language), "state": version.state, "title": version.title}
    if version.state == LanguageVersion.State.AWAITED:
        return {**known, "expected_on": version.expected_on}
    version.document = document
    page = pages.get(version.language)
    return {
        **known,
        "url": request.build_absolute_uri(document_url(document, version.language)),
        "released_at": version.released_at,
        "printed_symbol": version.printed_symbol or None,
        "job_number": version.job_number or None,
        "files": [_file(file, version, request) for file in version.files.all()],
        "text": _text(page) if page else None,
    }


def _file(file: DocumentFile, version: LanguageVersion, request: HttpRequest) -> dict[str, Any]:
    file.version = version
    return {
        "format": file.format,
        "media_type": CONTENT_TYPES[file.format].partition(";")[0],
        "url": request.build_absolute_uri(file_url(file)),
        "size": file.size,
        "sha256": file.sha256,
    }


def _text(page: ReportPage) -> dict[str, Any]:
    """The text of a web edition, block by block, as stored: no link in it is resolved."""
    return {
        "blocks": [_block(block) for block in page.body.raw_data],
        "notes": [
            {"id": note.anchor, "mark": note.mark, "text": plain_text(note.text)} for note in page.footnotes.all()
        ],
    }


def _block(block: dict[str, Any]) -> dict[str, Any]:
    """A block of a body as data: its kind, its place in the page's address, its label, its words."""
    kind, value = block["type"], block["value"]
    data: dict[str, Any] = {"kind": kind, "id": element_id(value["anchor"]) if value.get("anchor") else None}
    if value.get("label"):
        data["label"] = value["label"]
    if value.get("level"):
        data["level"] = int(value["level"])
    if kind in ("table", "figure"):
        data["text"] = value.get("caption", "")
    elif kind == "heading":
        data["text"] = value["text"]
    elif kind == "annex":
        data["text"] = value["title"]
    else:
        data["text"] = plain_text(value["text"])
        if cites := list(dict.fromkeys(SYMBOL.findall(value["text"]))):
            data["cites"] = cites
    if kind == "table" and value.get("table"):
        data["columns"] = [column["heading"] for column in value["table"]["columns"]]
        data["rows"] = [list(row["values"]) for row in value["table"]["rows"]]
    return data


def plain_text(rich: str) -> str:
    """Rich text as stored without its markup; the marks of notes stand in square brackets: [1]."""
    return " ".join(get_text_for_indexing(NOTE_MARK.sub(r"[\1]", rich)).split())
