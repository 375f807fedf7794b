"""The body of a web edition as HTML: blocks once, links in one pass, finished HTML cached.

Blocks print their rich text unexpanded; one ``expand_db_html`` over the whole body then resolves all links in bulk.
The result depends on the page's live revision and on the language, so it is cached by both; ``VERSION`` goes up when
the markup changes, and :func:`forget_bodies` when a release or withdrawal changes what links lead to. An embargo ends
without anybody's doing, so nothing is kept for longer than ``KEPT_FOR``.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from django.core.cache import cache
from django.utils import translation
from django.utils.safestring import SafeString
from wagtail.rich_text import expand_db_html

from cms.core.languages import short_code
from documents.block_html import blocks_html, element_id, printed_label
from documents.linking import link_symbols
from documents.models.report_page import ReportPage

VERSION = 4
KEPT_FOR = 3600  # seconds
GENERATION_KEY = "document-bodies"
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class ContentsEntry:
    """A line of the contents list: heading or annex, with the first and last numbered paragraph under it."""

    anchor: str
    label: str
    text: str
    level: int
    first: str = ""
    last: str = ""
    is_annex: bool = False


@dataclass(frozen=True)
class Note:
    """A footnote, ready to print. ``is_marked``: the text has a mark that the note can lead back to."""

    anchor: str
    mark: str
    html: SafeString
    is_marked: bool = True


@dataclass(frozen=True)
class Body:
    """What a template needs of a web edition's text."""

    html: SafeString
    contents: list[ContentsEntry] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def body_of(page: ReportPage, cited: Mapping[str, str] = NOTHING, *, is_preview: bool = False) -> Body:
    """The rendered body in the active language, from the cache where it can be. A preview never is.

    ``cited``: the symbols that its language version cites, by what is printed for them.
    """
    if is_preview or not page.live or page.live_revision_id is None:
        return render(page, cited)
    key = cache_key("body", page)
    body = cache.get(key)
    if body is None:
        body = render(page, cited)
        cache.set(key, body, KEPT_FOR)
    return body


def cache_key(name: str, page: ReportPage) -> str:
    """The key under which something made of a live page's text is kept for readers of the active language."""
    generation = cache.get_or_set(GENERATION_KEY, 1, None)
    return f"{name}:{VERSION}:{generation}:{page.pk}:{page.live_revision_id}:{translation.get_language()}"


def forget_bodies() -> None:
    """Lets every cached body be rendered anew: something that links lead to was released or withdrawn."""
    try:
        cache.incr(GENERATION_KEY)
    except ValueError:
        cache.set(GENERATION_KEY, 2, None)


def render(page: ReportPage, cited: Mapping[str, str] = NOTHING) -> Body:
    """Renders the body: at most eight queries whatever its length."""
    notes = list(page.footnotes.all())
    separator = "<!--plenary-note-->"
    stored = separator.join(["".join(blocks_html(page.body)), *(note.text for note in notes)])
    body, *texts = expand_db_html(with_symbols_linked(stored, page, cited)).split(separator)
    # Safe: blocks escape what they print, and rich text was sanitised when it was stored.
    return Body(
        html=SafeString(body),
        contents=list(_contents(page.body)),
        notes=[
            Note(note.anchor, note.mark, SafeString(text), f' id="ref-{note.anchor}"' in body)
            for note, text in zip(notes, texts, strict=True)
        ],
    )


def with_symbols_linked(stored: str, page: ReportPage, cited: Mapping[str, str] = NOTHING) -> str:
    """Stored HTML of a page in the active language with the symbols that stand in it unlinked as links by symbol."""
    return link_symbols(stored, _own_keys(page), short_code(translation.get_language() or "en"), cited)


def _own_keys(page: ReportPage) -> frozenset[str]:
    """The key by which a text names its own document, which it does not link."""
    key = page.document.symbol_key if page.document_id else None
    return frozenset({key} if key else ())


def _contents(body: Iterable[Any]) -> Iterator[ContentsEntry]:
    """Headings and annexes with the range of numbered paragraphs under each."""
    entry: dict[str, Any] | None = None
    for block in body:
        value = block.value
        if block.block_type in ("heading", "annex"):
            if entry:
                yield ContentsEntry(**entry)
            text = value["text"] if block.block_type == "heading" else value["title"]
            level = int(value["level"]) if block.block_type == "heading" else 2
            anchor = element_id(value["anchor"]) if value["anchor"] else ""
            label = printed_label(value["label"]) if block.block_type == "heading" else value["label"]
            is_annex = block.block_type == "annex"
            entry = {"anchor": anchor, "label": label, "text": text, "level": level, "is_annex": is_annex}
        elif block.block_type == "paragraph" and value["label"] and entry:
            entry.setdefault("first", value["label"])
            entry["last"] = value["label"]
    if entry:
        yield ContentsEntry(**entry)
