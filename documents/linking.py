"""Symbols that a text prints without a link are linked when it is shown; the stored text stays as it was written."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from django.utils.html import escape

from documents.symbols.finding import FoundSymbol
from documents.symbols.folding import symbol_key
from documents.symbols.references import ReferenceFinder

_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?([a-z0-9]+)", re.IGNORECASE)
# Inside these nothing is linked: links hold no links, and what heads a decision is its own name.
_CLOSED = frozenset({"a", "h1", "h2", "h3", "h4", "caption", "svg"})


def link_symbols(
    html: str, own: frozenset[str], language: str = "", cited: Mapping[str, str] = MappingProxyType({})
) -> str:
    """HTML with ``<a linktype="symbol">`` around the symbols that stand in it without a link.

    `own` are the keys that name the document itself, `language` is the short code of the text's language. `cited` gives
    symbols by what is printed for them: decisions cited by number, which were told apart when the text was published.
    """
    return "".join(_pieces(html, own, _Linker(own, language, cited)))


class _Linker:
    """Finds what is to be linked in runs of text."""

    def __init__(self, own: frozenset[str], language: str, cited: Mapping[str, str]) -> None:
        self._finder = ReferenceFinder(own, language)
        self._cited = {_folded(printed): symbol for printed, symbol in cited.items() if not set(printed) & set("<>&")}
        longest_first = sorted(self._cited, key=len, reverse=True)
        words = "|".join(re.escape(printed).replace(r"\ ", r"\s") for printed in longest_first)
        self._printed = re.compile(rf"(?<![A-Za-z0-9])(?:{words})(?![0-9/])", re.IGNORECASE) if words else None

    def find(self, text: str) -> list[FoundSymbol]:
        """What is to be linked, in its order, without overlaps."""
        found = self._finder.find(text)
        for match in self._printed.finditer(text) if self._printed else ():
            symbol = self._cited.get(_folded(match[0]))
            if symbol and not any(one.start < match.end() and match.start() < one.end for one in found):
                found.append(FoundSymbol(match.start(), match.end(), match[0], symbol, symbol_key(symbol)))
        return sorted(found, key=lambda one: one.start)


def _folded(printed: str) -> str:
    return " ".join(printed.split()).casefold()


def _pieces(html: str, own: frozenset[str], finder: _Linker) -> Iterator[str]:
    closed = 0
    for piece in _TAG.split(html):
        if not piece.startswith("<"):
            yield piece if closed else _linked(piece, own, finder)
            continue
        name = _NAME.match(piece)
        if name and name[1].lower() in _CLOSED and not piece.endswith("/>"):
            closed = max(0, closed - 1) if piece.startswith("</") else closed + 1
        yield piece


def _linked(text: str, own: frozenset[str], finder: _Linker) -> str:
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
