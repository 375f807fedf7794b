"""The tags and filters of the public templates: symbols, dates, numbers, icons, states, languages."""

import datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.core.paginator import Page as PaginatorPage
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from cms.core import dates, languages
from cms.core.names import PublicName

register = template.Library()

NBSP = "\u00a0"
# Parts of a symbol up to this length stay on the line of the slash before them: "2020/3".
SHORT_PART = 2
# Symbols and dates as they are printed, which lists show again and again: so many of each are kept by a process.
KEPT = 2048


class StateForm(NamedTuple):
    """How a state is shown: its icon in the sprite, its tone (the ending of a class, or none), its words."""

    icon: str
    tone: str
    label: Promise


STATES: dict[str, StateForm] = {
    "planned": StateForm("calendar", "", pgettext_lazy("state of a meeting", "Planned")),
    "held": StateForm("held", "", pgettext_lazy("state of a meeting", "Held")),
    "postponed": StateForm("moved", "bad", pgettext_lazy("state of a meeting", "Postponed")),
    "cancelled": StateForm("cross", "bad", pgettext_lazy("state of a meeting", "Cancelled")),
    "available": StateForm("check", "ok", pgettext_lazy("state of a document", "Available")),
    "awaited": StateForm("clock", "wait", pgettext_lazy("state of a document", "Awaited")),
    "missing": StateForm("minus", "quiet", pgettext_lazy("state of a document", "Not available")),
    "absent": StateForm("minus", "quiet", pgettext_lazy("state of a document", "Not in the archive")),
    "withdrawn": StateForm("cross", "bad", pgettext_lazy("state of a document", "Withdrawn")),
    "restricted": StateForm("lock", "quiet", pgettext_lazy("state of a document", "Restricted")),
    "partial": StateForm("half", "", pgettext_lazy("state of a document", "In some languages")),
    "provisional": StateForm("clock", "wait", pgettext_lazy("state of a member", "Provisional")),
    "proposed": StateForm("half", "quiet", pgettext_lazy("state of an office", "Proposed by rotation")),
}


def _active(language: str | None) -> str:
    """Return the language asked for, else the active one."""
    return language or get_language() or "en"


def _day(value: datetime.date) -> datetime.date:
    """Return the day of a date or of a moment in the current time zone."""
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.simple_tag
def head_links() -> SafeString:
    """Print the links of a page's head to the icons and style sheets.

    They are the same in every page: a process looks their addresses up once, while developing each time.
    """
    return _printed_head_links() if settings.DEBUG else _kept_head_links()


def _printed_head_links() -> SafeString:
    return render_to_string("partials/_head_links.html")


_kept_head_links = cache(_printed_head_links)


@register.simple_tag
def symbol(value: str, archive_number: str = "") -> SafeString:
    """Print a document's symbol as one unit, breakable only after a slash before a part of three characters or more.

    A document without a symbol says so and gives its archive number, if there is one.
    """
    return _printed_symbol(value) if value else _no_symbol(archive_number)


@lru_cache(maxsize=KEPT)
def _printed_symbol(value: str) -> SafeString:
    first, *others = value.replace(" ", NBSP).split("/")
    rest = format_html_join(
        "", "/{}{}", ((mark_safe("<wbr>") if len(part) > SHORT_PART else "", part) for part in others)
    )
    return format_html('<bdi class="symbol" dir="ltr" translate="no">{}{}</bdi>', first, rest)


def _no_symbol(archive_number: str) -> SafeString:
    """Print the words that stand in the place of a symbol."""
    if not archive_number:
        return format_html('<span class="meta">{}</span>', _("No symbol"))
    number = _("Archive no. %(number)s") % {"number": archive_number}
    return format_html('<span class="meta">{}<br>{}</span>', _("No symbol"), number)


@register.simple_tag
def date(value: datetime.date | None, language: str | None = None) -> SafeString | str:
    """Print a date or moment as `<time>`, in the active language or the one given; nothing where there is no date."""
    if not value:
        return ""
    return _printed_date(_day(value), _active(language))


@lru_cache(maxsize=KEPT)
def _printed_date(day: datetime.date, language: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), dates.format_date(day, language))


@register.simple_tag
def date_range(
    start: datetime.date | None, end: datetime.date | None = None, language: str | None = None
) -> SafeString | str:
    """Print a range of dates as `<time>`, whose attribute holds the first day; nothing when there is no start."""
    if not start:
        return ""
    first, last = _day(start), _day(end) if end else None
    return format_html(
        '<time datetime="{}">{}</time>', first.isoformat(), dates.format_date_range(first, last, _active(language))
    )


@register.simple_tag
def icon(name: str, variant: str = "") -> SafeString:
    """Draw an icon of `partials/_sprite.html`; `variant` "flip" turns it in right-to-left pages. Decoration only."""
    css = format_html("icon icon--{}", variant) if variant else "icon"
    return format_html('<svg class="{}" aria-hidden="true" focusable="false"><use href="#i-{}"/></svg>', css, name)


@register.simple_tag
def state(name: str, label: str | None = None, note: str | None = None) -> SafeString:
    """Print a state as icon and words; `label` replaces the words, `note` is a line under them.

    Raises KeyError for a name that `STATES` does not hold.
    """
    form = STATES[name]
    css = f"state state--{form.tone}" if form.tone else "state"
    shown = format_html('<span class="{}">{}<span>{}</span></span>', css, icon(form.icon), label or form.label)
    return shown if not note else format_html('{}<span class="state-note">{}</span>', shown, note)


@register.simple_tag
def comma() -> str:
    """Print the comma of the page's language, with the space that follows it where there is one."""
    return languages.language(_active(None)).comma


@register.simple_tag
def list_comma() -> str:
    """Print what stands between the items of a list in the page's language."""
    return languages.language(_active(None)).list_comma


@register.simple_tag
def foreign(code: str) -> SafeString:
    """Print the attributes `lang` and `dir` of an element whose text is in this language; nothing in the page's own."""
    entry = languages.language(code)
    if entry == languages.language(_active(None)):
        return SafeString()
    return format_html(' lang="{}" dir="{}"', entry.html_lang, entry.direction)


@register.simple_tag
def name_link(name: PublicName, css_class: str = "") -> SafeString:
    """Print the public name of a record: a link where it has a page, marked where it is in another language."""
    marks = foreign(name.language)
    css = format_html(' class="{}"', css_class) if css_class else ""
    if name.url is None:
        return format_html("<span{}{}>{}</span>", css, marks, name.text)
    target = format_html(' hreflang="{}"', languages.html_lang(name.language)) if marks else ""
    return format_html('<a href="{}"{}{}{}>{}</a>', name.url, css, marks, target, name.text)


@register.simple_tag(takes_context=True)
def absolute_url(context: template.Context, url: str) -> str:
    """Return the address with scheme and host, as `hreflang` links and feeds want it."""
    return str(context["request"].build_absolute_uri(url))


@register.simple_tag
def page_numbers(page: PaginatorPage[Any]) -> list[int | str]:
    """Return the numbers of a list's pages that are worth a link, with an ellipsis for the others."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))


@register.filter
def number(value: int) -> str:
    """Print a whole number with its thousands parted as the active language does."""
    if 0 <= value < 1000:
        return str(value)  # in any language, which most numbers need not ask for
    return dates.format_number(value, _active(None))


@register.filter
def direction(code: str) -> str:
    """Return "rtl" or "ltr" for a language code."""
    return languages.direction(code)


@register.filter
def html_lang(code: str) -> str:
    """Return the code for `lang` and `hreflang`."""
    return languages.html_lang(code)


@register.filter
def short_code(code: str) -> str:
    """Return the short label of a language, in capitals: EN, ZH."""
    return languages.short_code(code).upper()


@register.filter
def language_name(code: str) -> str:
    """Return the name of a language in itself: "Русский"."""
    return languages.language(code).name


@register.filter
def language_label(code: str) -> str:
    """Return the name of a language in the reader's: "Russian"."""
    return str(languages.language(code).label)
