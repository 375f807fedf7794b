"""The text of a web edition in units, one for each block, for what shows languages side by side.

The links of several editions are resolved in one pass, in the reader's language; the finished units of each edition are
cached by its live revision and that language, like the body of ``documents.rendering``.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.utils import translation
from django.utils.safestring import SafeString
from wagtail.rich_text import expand_db_html

from cms.core.languages import short_code
from documents.block_html import element_id
from documents.models.report_page import ReportPage
from documents.rendering import KEPT_FOR, Note, cache_key, with_symbols_linked

SEPARATOR = "<!--plenary-unit-->"
TAG_OF_NOTE_MARK = re.compile(r'<a\b[^<>]*\blinktype="footnote"[^<>]*>')
NOTE_ANCHOR = re.compile(r'(\bid=")([^"]+)')


@dataclass(frozen=True)
class Unit:
    """A block of a text as HTML. ``key`` is the same in every language; ``anchor`` is its element's id, or empty."""

    key: str
    anchor: str
    kind: str
    level: int
    html: SafeString


@dataclass(frozen=True)
class Text:
    """A web edition's text in units, and its notes. Anchors of notes end with the language: they stand in one page."""

    units: list[Unit] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def texts_of(pages: Sequence[ReportPage], cited: Mapping[str, Mapping[str, str]]) -> list[Text]:
    """The texts of live editions, from the cache where they can be: at most eight queries for all of them together.

    Load the pages with their documents, locales and footnotes. ``cited`` holds, by language, the symbols that a text
    cites by what it prints for them.
    """
    keys = [cache_key("units", page) for page in pages]
    known = cache.get_many(keys)
    missing = [(key, page) for key, page in zip(keys, pages, strict=True) if key not in known]
    if missing:
        rendered = _render([page for _key, page in missing], cited)
        fresh = {key: text for (key, _page), text in zip(missing, rendered, strict=True)}
        cache.set_many(fresh, KEPT_FOR)
        known |= fresh
    return [known[key] for key in keys]


def _render(pages: Sequence[ReportPage], cited: Mapping[str, Mapping[str, str]]) -> list[Text]:
    """Renders the editions: every block and note once, all links in one pass."""
    parts: list[str] = []
    for page in pages:
        language = page.locale.language_code
        with translation.override(language):  # hidden words such as "Paragraph" are in its language
            stored = [*(_block_html(block) for block in page.body), *(note.text for note in page.footnotes.all())]
            if stored:  # an edition without any text yet has no piece
                linked = with_symbols_linked(SEPARATOR.join(stored), page, cited.get(language, {}))
                parts.append(_own_notes(linked, page))
    # Safe: blocks escape what they print, and rich text was sanitised when it was stored.
    finished = iter([SafeString(html) for html in expand_db_html(SEPARATOR.join(parts)).split(SEPARATOR)])
    return [_text(page, finished) for page in pages]


def _text(page: ReportPage, finished: Iterable[SafeString]) -> Text:
    """Takes from the finished pieces those of one page."""
    pieces = iter(finished)
    units = [_unit(block, next(pieces)) for block in page.body]
    whole = "".join(unit.html for unit in units)
    notes = []
    for note in page.footnotes.all():
        anchor = _note_anchor(note.anchor, page)
        notes.append(Note(anchor, note.mark, next(pieces), f' id="ref-{anchor}"' in whole))
    return Text(units, notes)


def _block_html(block: Any) -> str:
    """A block's HTML without its id, which its place in the page has for all languages."""
    html: str = block.block.to_html(block.value)
    anchor = block.value["anchor"]
    # Its own element is the first that could have it.
    return html.replace(f' id="{element_id(anchor)}"', "", 1) if anchor else html


def _unit(block: Any, html: SafeString) -> Unit:
    anchor = block.value["anchor"]
    level = block.value.get("level") if block.block_type == "lettered" else None
    return Unit(anchor or block.id, element_id(anchor) if anchor else "", block.block_type, int(level or 0), html)


def _note_anchor(anchor: str, page: ReportPage) -> str:
    """The id of a note in a page that has it in several languages. Anchors themselves have no dots."""
    return f"{anchor}.{short_code(page.locale.language_code)}"


def _own_notes(html: str, page: ReportPage) -> str:
    """Rich text as stored, its note marks leading to the notes in its own language."""

    def renamed(tag: re.Match[str]) -> str:
        return NOTE_ANCHOR.sub(lambda found: found[1] + _note_anchor(found[2], page), tag[0], count=1)

    return TAG_OF_NOTE_MARK.sub(renamed, html)
