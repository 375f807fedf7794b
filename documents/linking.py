"""Symbols that a text prints without a link are linked when it is shown; the stored text stays as it was written."""

import re
from collections.abc import Iterator

from django.utils.html import escape

from documents.symbols.references import ReferenceFinder

_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?([a-z0-9]+)", re.IGNORECASE)
# Inside these nothing is linked: links hold no links, and what heads a decision is its own name.
_CLOSED = frozenset({"a", "h1", "h2", "h3", "h4", "caption", "svg"})


def link_symbols(html: str, own: frozenset[str], language: str = "") -> str:
    """HTML with ``<a linktype="symbol">`` around the symbols that stand in it without a link.

    `own` are the keys that name the document itself, `language` is the short code of the text's language.
    """
    return "".join(_pieces(html, own, ReferenceFinder(own, language)))


def _pieces(html: str, own: frozenset[str], finder: ReferenceFinder) -> Iterator[str]:
    closed = 0
    for piece in _TAG.split(html):
        if not piece.startswith("<"):
            yield piece if closed else _linked(piece, own, finder)
            continue
        name = _NAME.match(piece)
        if name and name[1].lower() in _CLOSED and not piece.endswith("/>"):
            closed = max(0, closed - 1) if piece.startswith("</") else closed + 1
        yield piece


def _linked(text: str, own: frozenset[str], finder: ReferenceFinder) -> str:
    """A run of text, escaped as it stands in HTML, with its symbols linked."""
    if not any(character.isdigit() for character in text):
        return text
    parts, last = [], 0
    for found in finder.find(text):
        if found.key in own or "&" in found.printed:
            continue
        parts += [text[last : found.start], f'<a linktype="symbol" symbol="{escape(found.canonical)}">']
        parts += [found.printed, "</a>"]
        last = found.end
    return "".join([*parts, text[last:]])
