"""Which pages readers can have in which language, beside documents: asked through the gate as these are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.core.languages import LANGUAGES, Language
from cms.core.visibility import Viewer, visible_pages
from cms.localization.models import NotRequired
from cms.localization.parity.public import Availability, LanguageCount, PublicCell, outdated_since


@dataclass(frozen=True)
class PublicPageLine:
    """A page with its title, the language of the title, and its languages."""

    title: str
    title_language: str
    cells: Sequence[PublicCell]


def _visible(viewer: Viewer) -> QuerySet[Page]:
    """The pages of the site that the viewer may see, web editions of documents left out."""
    pages = Page.objects.filter(alias_of=None, depth__gt=1).exclude(content_type__model="reportpage")
    return visible_pages(pages, viewer)


def pages_by_key(viewer: Viewer) -> QuerySet[Page]:
    """Of each page that the viewer may see in some language the first such one, in the order of the tree."""
    first = _visible(viewer).order_by().values("translation_key").annotate(first=Min("pk")).values("first")
    return Page.objects.filter(pk__in=first).order_by("path")


def page_lines(pages: Iterable[Page], viewer: Viewer, request: HttpRequest, language: str) -> list[PublicPageLine]:
    """The pages with what there is of each in every language. Five queries, whatever their number."""
    keys = [page.translation_key for page in pages]
    here: dict[UUID, dict[str, tuple[str, str]]] = defaultdict(dict)
    columns = ("translation_key", "locale__language_code", "title", "url_path")
    for key, code, title, path in (
        _visible(viewer).filter(translation_key__in=keys).order_by("pk").values_list(*columns)
    ):
        here[key][code] = (title, path)
    every = Page.objects.filter(translation_key__in=keys, alias_of=None).order_by("-pk")
    originals = dict(every.values_list("translation_key", "locale__language_code"))  # the first one comes last
    made = Translation.objects.filter(source__object_id__in=keys, enabled=True)
    translated = set(made.values_list("source__object_id", "target_locale__language_code"))
    outdated = outdated_since(keys)
    marks = NotRequired.objects.filter(translation_key__in=keys)
    reasons = {(key, code): text for key, code, text in marks.values_list(*columns[:2], "reason")}
    page = Page()
    lines = []
    for key in keys:
        found = here[key]
        code = language if language in found else originals[key] if originals[key] in found else next(iter(found), "")
        if not code:
            continue  # it was taken off the site since it was counted
        cells = []
        for entry in LANGUAGES:
            if entry.code not in found:
                cells.append(_missing(entry, reasons.get((key, entry.code), "")))
                continue
            page.url_path = found[entry.code][1]
            url = page.get_url(request)
            if (key, entry.code) in translated:
                cells.append(_translation(entry, url, outdated[key]))
            else:
                is_original = originals[key] == entry.code
                state = Availability.ORIGINAL if is_original else Availability.OWN_EDITION
                cells.append(PublicCell(entry, state, url=url))
        lines.append(PublicPageLine(found[code][0], code, cells))
    return lines


def _missing(entry: Language, reason: str) -> PublicCell:
    return PublicCell(entry, Availability.NOT_REQUIRED if reason else Availability.NOT_AVAILABLE, reason)


def _translation(entry: Language, url: str | None, outdated: Mapping[str, tuple[str, Any]]) -> PublicCell:
    if entry.code not in outdated:
        return PublicCell(entry, Availability.TRANSLATION, url=url)
    note = _("since %(day)s") % {"day": date_format(outdated[entry.code][1])}
    return PublicCell(entry, Availability.OUTDATED, note, url)


def totals_of_pages(viewer: Viewer) -> list[LanguageCount]:
    """How many pages there are in each language of those that are required in it. Three queries."""
    visible = _visible(viewer).order_by()
    pages = pages_by_key(viewer).order_by()
    count = pages.count()
    there = dict(visible.values("locale__language_code").annotate(n=Count("pk")).values_list(*_COUNTED))
    same = visible.filter(translation_key=OuterRef("translation_key"), locale=OuterRef("locale"))
    marks = NotRequired.objects.filter(~Exists(same), translation_key__in=pages.values("translation_key"))
    spared = dict(marks.order_by().values("locale__language_code").annotate(n=Count("pk")).values_list(*_COUNTED))
    return [LanguageCount(entry, there.get(entry.code, 0), count - spared.get(entry.code, 0)) for entry in LANGUAGES]


_COUNTED = ("locale__language_code", "n")


def table_of_pages(lines: Iterable[PublicPageLine]) -> list[list[str]]:
    """The pages as the rows of a spreadsheet."""
    rows = [[_("Title"), *(str(entry.label) for entry in LANGUAGES)]]
    for line in lines:
        states = [f"{cell.state.label} ({cell.note})" if cell.note else str(cell.state.label) for cell in line.cells]
        rows.append([line.title, *states])
    return rows
