"""What the parity matrix is made of: the documents or pages of a choice, and the state of each in each language."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Min, Q, QuerySet
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from cms.core.languages import LANGUAGES, Language
from cms.core.visibility import viewer_for_user, visible_pages
from cms.localization.roles import processes_coordinated
from cms.localization.states import NOTHING_KNOWN, Facts, State, facts_of, state_of
from cms.processes.placement import processes_above
from documents.models import LanguageVersion, OfficialDocument

DOCUMENTS, PAGES, SESSIONS = "documents", "pages", "sessions"


@dataclass(frozen=True)
class Choice:
    """What the matrix shows, as the address says it. ``without_session`` leaves out what belongs to a session."""

    kind: str = DOCUMENTS
    process: int | None = None
    session: int | None = None
    without_session: bool = False
    states: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class Row:
    """One document or page: its primary key, the key its languages share, where it belongs, and what is true of it."""

    pk: int
    key: UUID
    process: int | None
    session: int | None
    facts: Mapping[str, Facts]

    @cached_property
    def states(self) -> dict[str, State]:
        """Its state in every language of the site."""
        return {entry.code: state_of(self.facts.get(entry.code, NOTHING_KNOWN)) for entry in LANGUAGES}


def survey(choice: Choice, user: Any) -> list[Row]:
    """All that the choice holds and that the user works on or everybody may see. No titles: those are of what is shown.

    The number of queries does not grow with that of the things (but see ``facts_of``).
    """
    belongings = _of_pages(choice, user) if choice.kind == PAGES else _of_documents(choice, user)
    facts = facts_of([key for _pk, key, _process, _session in belongings])
    rows = [Row(pk, key, process, session, facts.get(key, {})) for pk, key, process, session in belongings]
    return rows if choice.kind == SESSIONS else in_states(rows, choice.states)


Belonging = tuple[int, UUID, int | None, int | None]


def _of_documents(choice: Choice, user: Any) -> Sequence[Belonging]:
    return list(documents(choice, user).values_list("pk", "uid", "process_id", "session_id"))


def _of_pages(choice: Choice, user: Any) -> Sequence[Belonging]:
    """The pages with the process under whose page they stand."""
    rows = list(pages(choice, user).values_list("pk", "translation_key", "path"))
    above = processes_above([path for _pk, _key, path in rows])
    found = [(pk, key, above[path], None) for pk, key, path in rows]
    return found if choice.process is None else [row for row in found if row[2] == choice.process]


def _own_pages(user: Any) -> QuerySet[Page]:
    own: QuerySet[Page] = PagePermissionPolicy().instances_user_has_any_permission_for(
        user,
        {"add", "change", "publish", "lock"},  # coordinators hold the last
    )
    return own.order_by()


def pages(choice: Choice, user: Any) -> QuerySet[Page]:
    """The pages that are no document's, in the order of the tree.

    Of a page in several languages, the one that was made first stands for all: the others were translated from it.
    """
    first = Page.objects.order_by().values("translation_key").annotate(first=Min("pk")).values("first")
    found = Page.objects.filter(alias_of=None, depth__gt=1, pk__in=first)
    found = found.filter(
        Q(translation_key__in=_own_pages(user).values("translation_key"))
        | Q(pk__in=visible_pages(Page.objects.all(), viewer_for_user(user)))
    )
    found = found.exclude(content_type__model="reportpage")
    if choice.words:
        found = found.filter(draft_title__icontains=choice.words)
    return found.order_by("path")


def documents(choice: Choice, user: Any) -> QuerySet[OfficialDocument]:
    """The documents, newest first."""
    viewer = viewer_for_user(user)
    policy = policy_registry.get_by_type(OfficialDocument)
    found = OfficialDocument.objects.filter(
        Q(pk__in=policy.instances_user_has_any_permission_for(user, ["change"]).order_by().values("pk"))
        | Q(process__in=processes_coordinated(user).values("pk"))
        | Q(uid__in=_own_pages(user).values("translation_key"))
        | Q(pk__in=OfficialDocument.objects.visible_to(viewer).order_by().values("pk")),
        viewer.access_condition(),
    )
    if choice.process is not None:
        found = found.filter(process=choice.process)
    if choice.session is not None:
        found = found.filter(session=choice.session)
    if choice.without_session:
        found = found.filter(session=None)
    if choice.words:
        titled = LanguageVersion.objects.filter(title__icontains=choice.words).values("document")
        found = found.filter(Q(symbol__icontains=choice.words) | Q(pk__in=titled))
    return found.newest_first()


def in_states(rows: Iterable[Row], states: Collection[str]) -> list[Row]:
    """The rows that have a language in one of the states; all of them where none is chosen."""
    return [row for row in rows if not states or any(state in states for state in row.states.values())]


def totals(rows: Iterable[Row]) -> list[tuple[Language, list[tuple[State, int]]]]:
    """By language how many of the rows are in each state; states that none is in are left out."""
    counted = Counter(pair for row in rows for pair in row.states.items())
    return [
        (entry, [(state, counted[entry.code, state]) for state in State if counted[entry.code, state]])
        for entry in LANGUAGES
    ]


def states_by(rows: Iterable[Row], group: str) -> Iterator[tuple[int | None, dict[str, Counter[State]]]]:
    """The rows' states counted by language, for each process or session (``group`` names which) in their order."""
    counted: dict[int | None, dict[str, Counter[State]]] = {}
    for row in rows:
        languages = counted.setdefault(getattr(row, group), {entry.code: Counter() for entry in LANGUAGES})
        for code, state in row.states.items():
            languages[code][state] += 1
    yield from counted.items()
