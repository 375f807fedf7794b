"""The rows of a document in several languages side by side, as HTML.

A long report has a thousand cells: a template for each would be most of what its page costs.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.core.languages import html_lang
from cms.core.languages import language as language_entry
from cms.core.templatetags.plenary import icon

if TYPE_CHECKING:
    from documents.parallel import Row
    from documents.rendering import Note
    from documents.units import Unit

END = SafeString("</div>")


def rows_html(rows: Iterable[Row[Unit]]) -> SafeString:
    """The paragraphs in all columns. What a language lacks is said, so that a gap is seen to be one."""
    gap = _gap()
    return format_html_join(
        "",
        '<div class="pair pair--{}{}"{}>{}</div>',
        (
            (
                row.kind,
                f" pair--level-{row.level}" if row.level > 1 else "",
                format_html(' id="{}"', row.anchor) if row.anchor else "",
                _together(
                    _opening(cell.language) + cell.item.html + END if cell.item else _empty(cell.language) + gap
                    for cell in row.cells
                ),
            )
            for row in rows
        ),
    )


def notes_html(rows: Iterable[Row[Note]]) -> SafeString:
    """The notes in all columns, each with the way back to its mark in its own column."""
    gap, code = _gap(), html_lang(get_language() or "en")
    return format_html_join(
        "",
        '<div class="pair pair--note">{}</div>',
        (
            (
                _together(
                    _note(cell.language, cell.item, code) if cell.item else _empty(cell.language) + gap
                    for cell in row.cells
                ),
            )
            for row in rows
        ),
    )


def _note(language: str, note: Note, reader: str) -> SafeString:
    back = SafeString("")
    if note.is_marked:
        back = format_html(
            '<a class="back" href="#ref-{}" role="doc-backlink"><span aria-hidden="true">↑</span>'
            '<span class="visually-hidden" lang="{}">{}</span></a>',
            note.anchor, reader, _("Back to note mark %(mark)s") % {"mark": note.mark},
        )  # fmt: skip
    entry = language_entry(language)
    return format_html(
        '<div class="pair__cell pair__cell--note" lang="{}" dir="{}" id="{}"><span class="pair__lang">{}</span>'
        '<div class="para"><span class="para__num">{}</span><div class="para__body">{} {}</div></div></div>',
        html_lang(language), entry.direction, note.anchor, entry.name, note.mark, note.html, back,
    )  # fmt: skip


@cache
def _opening(language: str) -> SafeString:
    """The beginning of a cell with a text, in a language."""
    entry = language_entry(language)
    return format_html(
        '<div class="pair__cell" lang="{}" dir="{}"><span class="pair__lang">{}</span>',
        html_lang(language), entry.direction, entry.name,
    )  # fmt: skip


@cache
def _empty(language: str) -> SafeString:
    """The beginning of a cell that is empty: its words are in the language of the page."""
    name = language_entry(language).name
    return format_html(
        '<div class="pair__cell"><span class="pair__lang" lang="{}">{}</span>', html_lang(language), name
    )


def _gap() -> SafeString:
    """The rest of an empty cell."""
    words = _("No corresponding paragraph")
    return format_html('<p class="pair__missing">{}<span>{}</span></p></div>', icon("minus"), words)


def _together(cells: Iterable[SafeString]) -> SafeString:
    return SafeString("".join(cells))
