"""A paragraph's text as a safe fragment: escaped, with emphasis, footnote references and linked symbols."""

import html
import re
from dataclasses import dataclass

from documents.importing.marks import (
    BOLD_OFF,
    BOLD_ON,
    ITALIC_OFF,
    ITALIC_ON,
    LABEL_END,
    NOTE_OFF,
    NOTE_ON,
    printed_mark,
)
from documents.symbols.finding import FoundSymbol
from documents.symbols.references import ReferenceFinder

_TAGS = {BOLD_ON: "<b>", BOLD_OFF: "</b>", ITALIC_ON: "<i>", ITALIC_OFF: "</i>"}
_PIECES = re.compile(f"{NOTE_ON}(?P<note>[^{NOTE_OFF}]{{1,6}}){NOTE_OFF}|(?P<emphasis>[{BOLD_ON}-{ITALIC_OFF}])")


@dataclass(frozen=True, slots=True)
class Fragment:
    """A paragraph as HTML and as plain text, with the symbols found in it."""

    html: str
    text: str
    found: tuple[FoundSymbol, ...]


def footnote_anchor(mark: str) -> str:
    """The anchor of the footnote with this mark: "fn1"; "fn-star" for "*", "fn-iv" for "iv"."""
    if mark.isdecimal():
        return f"fn{mark}"
    return "fn-" + "-".join(_mark_name(part) for part in re.findall(r"[A-Za-z0-9]+|[^A-Za-z0-9-]", mark))


def _mark_name(part: str) -> str:
    """A part of a mark in ASCII for an anchor."""
    if part == "*":
        return "star"
    return part.lower() if part.isascii() and part.isalnum() else f"u{ord(part):x}"


def fragment(marked: str, language: str = "", own: frozenset[str] = frozenset()) -> Fragment:
    """Makes the fragment of a text with private marks. Symbols whose key is in `own` are left unlinked.

    Decisions cited by number are linked where the text, or the document's own symbol, tells their body.
    """
    marked = marked.replace(LABEL_END, " ")
    inserts: list[tuple[int, str]] = []
    plain: list[str] = []
    length, last = 0, 0
    for match in _PIECES.finditer(marked):
        piece = marked[last : match.start()]
        plain.append(piece)
        length += len(piece)
        inserts.append((length, _tag(match)))
        last = match.end()
    plain.append(marked[last:])
    text = "".join(plain)
    found = tuple(ReferenceFinder(own, language).find(text))
    linked = [one for one in found if one.key not in own and not any(one.start < at < one.end for at, _ in inserts)]
    return Fragment(_balanced(_render(text, inserts, linked)), text.strip(), found)


def _tag(match: re.Match[str]) -> str:
    if match["emphasis"]:
        return _TAGS[match["emphasis"]]
    mark = html.escape(printed_mark(match["note"]))
    return f'<a linktype="footnote" id="{footnote_anchor(match["note"])}">{mark}</a>'


def _render(text: str, inserts: list[tuple[int, str]], symbols: list[FoundSymbol]) -> str:
    events = [(at, 1, tag) for at, tag in inserts]
    for symbol in symbols:
        events.append((symbol.start, 2, f'<a linktype="symbol" symbol="{html.escape(symbol.canonical)}">'))
        events.append((symbol.end, 0, "</a>"))
    parts: list[str] = []
    position = 0
    for at, _, tag in sorted(events, key=lambda event: event[:2]):
        parts += [html.escape(text[position:at], quote=False), tag]
        position = at
    parts.append(html.escape(text[position:], quote=False))
    return "".join(parts).strip()


def _balanced(fragment_html: str) -> str:
    """The fragment without emphasis that is opened and never closed, as happens where a paragraph was cut."""
    for name in ("b", "i"):
        if fragment_html.count(f"<{name}>") != fragment_html.count(f"</{name}>"):
            fragment_html = re.sub(f"</?{name}>", "", fragment_html)
    return fragment_html.replace("<b></b>", "").replace("<i></i>", "")
