"""The tag that prints in which languages and formats a document is there: dozens of links for each line of a list."""

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms.core.languages import html_lang
from cms.core.languages import language as language_entry
from cms.core.templatetags.plenary import comma
from documents.presentation import DocumentLine, FormatPlace

register = template.Library()


@register.simple_tag
def format_rows(line: DocumentLine) -> SafeString:
    """Print a row for each format of the document of a line, with a place for each language."""
    return format_html_join(
        "\n",
        '<li><span class="formats__name">{}</span> {}</li>',
        ((row.label, SafeString(" ".join(_place(place, row.label) for place in row.places))) for row in line.formats),
    )


def _place(place: FormatPlace, label: str) -> SafeString:
    entry = language_entry(place.language)
    if place.url:
        code = html_lang(place.language)
        size = f"{comma()}{filesizeformat(place.size)}" if place.size else ""
        return format_html(
            '<a href="{}" hreflang="{}" title="{}{}">{}<span class="visually-hidden">{}<span lang="{}">{}</span>{}{}{}'
            "</span></a>",
            place.url, code, entry.name, size, entry.short.upper(), comma(), code, entry.name, comma(), label, size,
        )  # fmt: skip
    if place.is_awaited:
        return format_html(
            '<span class="awaited" title="{}"><span aria-hidden="true">{}</span><span class="visually-hidden">{}: {}'
            "</span></span>",
            entry.name, entry.short.upper(), entry.short.upper(), pgettext("a language version", "awaited"),
        )  # fmt: skip
    return format_html(
        '<span class="none"><span class="visually-hidden">{}: {}</span></span>', entry.short.upper(), _("not available")
    )
