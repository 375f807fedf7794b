"""Suggestions while a visitor types: the engine's, and bodies and processes by their acronym; all passed the gate."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Length, Substr
from django.http import HttpRequest
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.core.dates import format_number
from cms.core.languages import direction, html_lang
from cms.core.visibility import Viewer, visible_pages
from cms.processes.models import ProcessPage, WorkingGroupPage
from documents.models import LanguageVersion
from search.asking import visibility_of
from search.engines import get_engine
from search.engines.base import EngineError, Suggestion
from search.entries import entry_keys, page_entry_id, version_entry_id

MOST = 8
LONGEST_TYPED = 100
SHORTEST_ACRONYM = 2
LONGEST_ACRONYM = 30
MOST_ACRONYMS = 3
MOST_NAMED = 200  # pages of one acronym that are read: every process has its COP, in every language


@dataclass(frozen=True)
class Suggested:
    """A suggestion as it is shown: a title with its language and address, before it a symbol or acronym, its kind.

    `place` is the title of what a page stands under, in its language: there is a Conference of the Parties in many a
    process. It is shown where another suggestion has the same title.
    """

    symbol: str
    title: str
    language: str
    url: str
    kind: str
    place: str = ""

    def data(self) -> dict[str, str]:
        """What the script on the page is told."""
        return {
            "symbol": self.symbol,
            "title": self.title,
            "place": self.place,
            "lang": html_lang(self.language),
            "dir": direction(self.language),
            "url": self.url,
            "kind": self.kind,
        }


def suggestions_for(typed: str, language: str, viewer: Viewer, request: HttpRequest) -> list[Suggested]:
    """What may be meant by what was typed so far, eight at most; only acronyms with the engine away.

    Two queries, and two at most for what is closed to the viewer.
    """
    typed = typed[:LONGEST_TYPED].replace("\x00", "")
    try:
        found = get_engine().suggest(typed, language, visibility_of(viewer), MOST)
    except EngineError:
        found = ()
    versions, pages = entry_keys(suggestion.version.entry_id for suggestion in found)
    readable = LanguageVersion.objects.visible_to(viewer).filter(pk__in=versions)
    seen = {version_entry_id(pk) for pk in readable.values_list("pk", flat=True)} if versions else set()
    named = list(_pages(pages, typed.strip(), viewer))
    seen |= {page_entry_id(page.pk) for page in named}
    places = {page_entry_id(page.pk): page.above or "" for page in named}
    shown = [*_by_acronym(named, typed.strip(), language, request), *_of_engine(found, seen, places)]
    first: dict[str, Suggested] = {}
    for suggested in shown:
        first.setdefault(suggested.url, suggested)
    unique = list(first.values())[:MOST]
    bearers = Counter(one.title for one in unique)
    return [one if bearers[one.title] > 1 else replace(one, place="") for one in unique]


def told(suggested: list[Suggested]) -> str:
    """What screen readers say when the suggestions change."""
    if not suggested:
        return _("No suggestions.")
    text = ngettext(
        "%(number)s suggestion. The arrow keys choose.",
        "%(number)s suggestions. The arrow keys choose.",
        len(suggested),
    )
    return text % {"number": format_number(len(suggested), get_language() or "en")}


def _pages(keys: Iterable[int], typed: str, viewer: Viewer) -> Iterable[Any]:
    """The visible ones of these pages, and those of processes and bodies whose acronym begins so. One query."""
    wanted = Q(pk__in=list(keys))
    if SHORTEST_ACRONYM <= len(typed) <= LONGEST_ACRONYM:
        wanted |= Q(pk__in=ProcessPage.objects.filter(_acronym("process", typed)).values("pk"))
        wanted |= Q(pk__in=WorkingGroupPage.objects.filter(_acronym("working_group", typed)).values("pk"))
    elif not keys:
        return ()
    pages = visible_pages(Page.objects.filter(wanted, alias_of=None), viewer)
    acronym = Coalesce("processpage__process__acronym", "workinggrouppage__working_group__acronym")
    own, above = OuterRef("path"), Page.objects.filter(live=True)
    above = above.filter(path=Substr(own, 1, Length(own) - Page.steplen)).values("title")
    return (
        pages.annotate(acronym=acronym, above=Subquery(above[:1])).select_related("locale").order_by("pk")[:MOST_NAMED]
    )


def _acronym(record: str, typed: str) -> Q:
    """SQLite knows upper and lower case in ASCII only, so capitals are named."""
    lookup = f"{record}__acronym"
    return Q(**{f"{lookup}__istartswith": typed}) | Q(**{f"{lookup}__startswith": typed.upper()})


def _by_acronym(pages: Iterable[Any], typed: str, language: str, request: HttpRequest) -> list[Suggested]:
    """The pages of processes and bodies whose acronym begins so, each in one language; the whole acronym first."""
    begun = [page for page in pages if page.acronym and page.acronym.upper().startswith(typed.upper())] if typed else []
    best: dict[Any, Any] = {}
    for page in sorted(begun, key=lambda page: [page.locale.language_code != code for code in (language, "en")]):
        best.setdefault(page.translation_key, page)
    ordered = sorted(best.values(), key=lambda page: (len(page.acronym), page.acronym, len(page.title), page.title))
    return [
        Suggested(page.acronym, page.title, page.locale.language_code, url, _("Page"), page.above or "")
        for page in ordered[:MOST_ACRONYMS]
        if (url := page.get_url(request))
    ]


def _of_engine(found: Iterable[Suggestion], seen: set[str], places: Mapping[str, str]) -> list[Suggested]:
    kinds = {"page": _("Page"), "symbol": _("Document"), "document": _("Document")}
    return [
        Suggested(
            suggestion.symbol,
            suggestion.version.title,
            suggestion.version.language,
            suggestion.version.url,
            kinds[suggestion.kind],
            places.get(suggestion.version.entry_id, ""),
        )
        for suggestion in found
        if suggestion.version.entry_id in seen
    ]
