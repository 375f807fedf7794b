"""The parts of a page of results that repeat most: the filters' values, and what stands below each hit's title.

A page has hundreds of these lines. Printed here each takes a tenth of what it takes in a template.
"""

from collections.abc import Iterable
from html import escape
from typing import NamedTuple
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cms.core.languages import Language, html_lang
from cms.core.templatetags.plenary import comma, date, foreign, list_comma, number, symbol
from search.engines.base import Piece, Snippet, Version
from search.facets import FacetOption, FacetView
from search.presentation import HitView

register = template.Library()


def _marked(pieces: Iterable[Piece]) -> str:
    """Print shown text with what was looked for in `<mark>`, all of it escaped."""
    printed = (f"<mark>{escape(text)}</mark>" if is_match else escape(text) for text, is_match in pieces)
    return "".join(printed)


def _in_language(language: Language) -> str:
    """Print the attributes `lang` and `dir` of an element whose text is in this language."""
    return f' lang="{language.html_lang}" dir="{language.direction}"'


class Words(NamedTuple):
    """What is said with every hit, in the page's language: looked up once for all of them."""

    found_in: str
    also_in: str
    similar: str
    comma: str
    list_comma: str


@register.simple_tag
def hit_list(views: Iterable[HitView]) -> SafeString:
    """Print hits as items of a list: what each is, its title, what it belongs to, its passages, where else to look."""
    words = Words(escape(_("Found in")), escape(_("Also in")), escape(_("Similar")), comma(), list_comma())
    search_url = reverse("search")
    return SafeString("\n".join(f"<li>\n{_hit(view, words, search_url)}\n</li>" for view in views))


def _hit(view: HitView, words: Words, search_url: str) -> str:
    parts = [f'<p class="result__head">{_head(view)}</p>', f'<h2 class="result__title">{_title(view)}</h2>']
    if view.places:
        parts.append(f'<p class="meta">{_named(view.places, words)}</p>')
    if view.passages:
        parts.append(f'<ul class="passages" role="list">{_passages(view.passages, view.matched)}</ul>')
    parts.append(f'<p class="matched">{_elsewhere(view, words, search_url)}</p>')
    return "\n".join(parts)


def _head(view: HitView) -> str:
    """Symbol, kind and date."""
    found = view.hit
    printed_symbol = symbol(found.symbol) if found.symbol else ""
    return f"{printed_symbol}<span>{escape(view.kind)}</span>{date(found.date)}"


def _title(view: HitView) -> str:
    """The title, which leads to the document, with what was looked for in it marked."""
    version = view.hit.shown
    text = _marked(view.hit.title) if view.hit.title else escape(version.title)
    marks = f'{_in_language(view.shown)} hreflang="{view.shown.html_lang}"'
    return f'<a href="{escape(version.url)}"{marks}>{text}</a>'


def _named(places: Iterable[tuple[str, Language | None]], words: Words) -> str:
    """Names as a list in a sentence, each with its language unless that is the page's own."""
    return words.list_comma.join(
        f"<bdi{_in_language(code) if code else ''}>{escape(text)}</bdi>" for text, code in places
    )


def _passages(found: Iterable[tuple[str, str, Snippet]], language: Language) -> str:
    """Passages of a text in this language, each after a link to its place."""
    marks = _in_language(language)
    printed = (
        f'<a class="where" href="{escape(address)}">{escape(where)}</a> <q{marks}>{_marked(part.pieces)}</q>'
        for where, address, part in found
    )
    return "".join(f"<li>{passage}</li>" for passage in printed)


def _elsewhere(view: HitView, words: Words, search_url: str) -> str:
    """The language that matched, if another; the other languages; more like it."""
    printed = []
    if view.matched != view.shown:
        where = f'<bdi lang="{view.matched.html_lang}">{escape(view.matched.name)}</bdi>'
        printed.append(f"<span>{words.found_in} {where}</span>")
    if view.others:
        printed.append(f"<span>{words.also_in} {_linked(view.others, words)}</span>")
    address = f"{search_url}?{urlencode({'similar': view.hit.document_key})}"
    title = f'<span lang="{view.shown.html_lang}">{escape(view.hit.shown.title)}</span>'
    hidden = f'<span class="visually-hidden">{words.comma}{title}</span>'
    printed.append(f'<span class="no-print"><a href="{escape(address)}">{words.similar}{hidden}</a></span>')
    return " ".join(printed)


def _linked(versions: Iterable[tuple[Version, Language]], words: Words) -> str:
    """Links to language versions as a list in a sentence, each the name of its language."""
    return words.list_comma.join(
        f'<bdi><a href="{escape(version.url)}" lang="{entry.html_lang}" hreflang="{entry.html_lang}">'
        f"{escape(entry.name)}</a></bdi>"
        for version, entry in versions
    )


@register.simple_tag
def checkboxes(facet: FacetView) -> SafeString:
    """Print the values of a facet as boxes to tick, each with its name and its count."""
    return SafeString("\n".join(_checkbox(facet.name, option) for option in facet.options))


def _checkbox(name: str, option: FacetOption) -> str:
    """A value with its name, under it that of what it belongs to where it would else not be told from another."""
    ticked = " checked" if option.chosen else ""
    language = f' lang="{html_lang(option.language)}"' if option.language else ""
    label = f"<bdi{language}>{escape(option.label)}</bdi>"
    if option.owner:
        label += f'<br><bdi class="meta"{foreign(option.owner.language)}>{escape(option.owner.text)}</bdi>'
    box = f'<input type="checkbox" name="{escape(name)}" value="{escape(option.value)}"{ticked}>'
    return f'<label class="check">{box} <span>{label}</span> <span class="count">{number(option.count)}</span></label>'
