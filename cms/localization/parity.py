"""The parity matrix: which documents and pages are there in which language, in which state."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Min, Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from cms.core.languages import LANGUAGES, Language, language
from cms.core.spreadsheets import BYTE_ORDER_MARK, csv_lines
from cms.core.visibility import viewer_for_user, visible_pages
from cms.localization.states import Facts, State, facts_of, state_of
from documents.models import LanguageVersion, OfficialDocument

DOCUMENTS, PAGES = "documents", "pages"


@dataclass(frozen=True)
class Cell:
    """One thing in one language: its state, what else is to be said of it, and where it is worked on."""

    language: Language
    state: State
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Line:
    """One document or page: its symbol, if it has one, its title with the language that is written in, its cells."""

    key: UUID
    symbol: str
    title: str
    title_language: str
    cells: Sequence[Cell]

    @property
    def html_lang(self) -> str:
        """The title's language, as HTML has it; empty where there is no title."""
        return language(self.title_language).html_lang if self.title_language else ""

    @property
    def direction(self) -> str:
        """The title's direction."""
        return language(self.title_language).direction if self.title_language else "auto"


@dataclass(frozen=True)
class Choice:
    """What the matrix shows, as the address says it."""

    kind: str = DOCUMENTS
    process: int | None = None
    session: int | None = None
    states: tuple[str, ...] = ()
    words: str = ""


def things(choice: Choice, user: Any) -> QuerySet[Any]:
    """The documents, or the pages that are no document's, that the user works on or that everybody may see.

    Newest first; pages in the order of the tree. Of a page in several languages, the one that was made first stands for
    all: it is what the others were translated from.
    """
    own = PagePermissionPolicy().instances_user_has_any_permission_for(user, {"add", "change", "publish"})
    own_keys = own.order_by().values("translation_key")
    viewer = viewer_for_user(user)
    if choice.kind == PAGES:
        first = Page.objects.order_by().values("translation_key").annotate(first=Min("pk")).values("first")
        pages = Page.objects.filter(alias_of=None, depth__gt=1, pk__in=first)
        pages = pages.filter(Q(translation_key__in=own_keys) | Q(pk__in=visible_pages(Page.objects.all(), viewer)))
        pages = pages.exclude(content_type__model="reportpage")
        if choice.words:
            pages = pages.filter(draft_title__icontains=choice.words)
        return pages.select_related("locale").order_by("path")
    policy = policy_registry.get_by_type(OfficialDocument)
    documents = OfficialDocument.objects.filter(
        Q(pk__in=policy.instances_user_has_any_permission_for(user, ["change"]).order_by().values("pk"))
        | Q(uid__in=own_keys)
        | Q(pk__in=OfficialDocument.objects.visible_to(viewer).order_by().values("pk")),
        viewer.access_condition(),
    )
    if choice.process is not None:
        documents = documents.filter(process=choice.process)
    if choice.session is not None:
        documents = documents.filter(session=choice.session)
    if choice.words:
        titled = LanguageVersion.objects.filter(title__icontains=choice.words).values("document")
        documents = documents.filter(Q(symbol__icontains=choice.words) | Q(pk__in=titled))
    return documents.newest_first()


def lines(shown: Sequence[Any]) -> list[Line]:
    """The lines of these documents or pages. Eight queries, whatever their number."""
    keys = [_key(thing) for thing in shown]
    facts = facts_of(keys)
    titles = _titles([thing for thing in shown if isinstance(thing, OfficialDocument)])
    found = []
    for thing, key in zip(shown, keys, strict=True):
        if isinstance(thing, OfficialDocument):
            title, written = titles.get(thing.pk, ("", ""))
            symbol = thing.symbol or ""
        else:
            title, written, symbol = thing.draft_title, thing.locale.language_code, ""
        found.append(Line(key, symbol, title, written, _cells(facts.get(key, {}))))
    return found


def _key(thing: Any) -> UUID:
    key: UUID = thing.uid if isinstance(thing, OfficialDocument) else thing.translation_key
    return key


def _titles(documents: Sequence[OfficialDocument]) -> dict[int, tuple[str, str]]:
    """The title of each document and its language: the original's, else the first one's in the house's order."""
    order = {entry.code: place for place, entry in enumerate(LANGUAGES)}
    originals = {document.pk: document.original_language for document in documents}
    versions = LanguageVersion.objects.filter(document__in=documents).exclude(title="")
    best: dict[int, tuple[int, str, str]] = {}
    for document, code, title in versions.values_list("document", "language", "title"):
        rank = -1 if code == originals[document] else order.get(code, len(order))
        if document not in best or rank < best[document][0]:
            best[document] = (rank, title, code)
    return {document: (title, code) for document, (_rank, title, code) in best.items()}


def _cells(languages: dict[str, Facts]) -> list[Cell]:
    return [_cell(entry, languages.get(entry.code, Facts())) for entry in LANGUAGES]


def _cell(entry: Language, facts: Facts) -> Cell:
    state = state_of(facts)
    note = ""
    if state in {State.IN_TRANSLATION, State.MACHINE, State.OUTDATED, State.IN_REVIEW} and facts.total:
        note = _("%(done)s of %(total)s") % {"done": facts.done, "total": facts.total}
    if state == State.OUTDATED and facts.since:
        note = _("since %(date)s, %(count)s") % {"date": date_format(facts.since, "SHORT_DATE_FORMAT"), "count": note}
    if state == State.NOT_REQUIRED:
        note = facts.not_required
    return Cell(entry, state, note, _address(facts))


def _address(facts: Facts) -> str:
    """Where the thing is worked on in this language; empty where there is nothing yet."""
    if facts.translation is not None:
        return reverse("localization:edit_translation", args=[facts.translation])
    return reverse("wagtailadmin_pages:edit", args=[facts.page]) if facts.page else ""


def totals(found: Sequence[Line]) -> list[tuple[Language, list[tuple[State, int]]]]:
    """By language how many of the lines are in each state; states that none is in are left out."""
    counted = Counter((cell.language.code, cell.state) for line in found for cell in line.cells)
    return [
        (entry, [(state, counted[entry.code, state]) for state in State if counted[entry.code, state]])
        for entry in LANGUAGES
    ]


def in_states(found: Sequence[Line], states: Collection[str]) -> list[Line]:
    """The lines that have a language in one of the states; all of them where none is chosen."""
    return [line for line in found if not states or any(cell.state in states for cell in line.cells)]


def table(found: Sequence[Line]) -> str:
    """The matrix as CSV: a line for each document or page, a column for each language."""
    header = [_("Symbol"), _("Title"), _("Language"), *(str(entry.label) for entry in LANGUAGES)]
    return BYTE_ORDER_MARK + csv_lines([header, *map(_row, found)])


def _row(line: Line) -> list[str]:
    states = [f"{cell.state.label} ({cell.note})" if cell.note else str(cell.state.label) for cell in line.cells]
    written = str(language(line.title_language).label) if line.title_language else ""
    return [line.symbol, line.title, written, *states]
