"""The one gate: who may see what, decided here for pages, documents, files, lists, search, feeds and sitemap.

A :class:`Viewer` is everything about a visitor that the answer may depend on. Pages pass when they are live, not
expired and not under a restriction that the viewer fails; a restriction on one page binds its translations and its
aliases as well, which Wagtail alone does not do (measured: a restricted page's French sibling stayed public). Higher
floors add what they know: ``register_hidden_pages`` for pages that a record hides, ``register_grants`` for who takes
part in which process.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any, Protocol, TypeVar

from django.db.models import BigAutoField, Exists, Model, OuterRef, Q, QuerySet, TextChoices, prefetch_related_objects
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageViewRestriction

from cms.core.prepared import NOW, UIDS, GivenAny, Prepared, instance_of

# Viewers between whom the gate tells, of whom SQL is kept for each question; the public is one of them.
MOST_VIEWERS = 128

P = TypeVar("P", bound=Model)


class Access(TextChoices):
    """Who may read a document: a fact of the record, the same for all its languages."""

    PUBLIC = "public", _("Public")
    PARTICIPANTS = "participants", _("Participants")
    STAFF = "staff", _("Staff")


@dataclass(frozen=True)
class Grants:
    """The processes whose restricted papers a user may read; ``everywhere`` stands for all of them."""

    participants: frozenset[int] = frozenset()
    staff: frozenset[int] = frozenset()
    participants_everywhere: bool = False
    staff_everywhere: bool = False

    def __or__(self, other: "Grants") -> "Grants":
        return Grants(
            self.participants | other.participants,
            self.staff | other.staff,
            self.participants_everywhere or other.participants_everywhere,
            self.staff_everywhere or other.staff_everywhere,
        )


@dataclass(frozen=True)
class Viewer:
    """A visitor at one moment. ``now`` is what release and expiry are compared with."""

    now: datetime
    user_id: int | None = None
    is_superuser: bool = False
    groups: frozenset[int] = frozenset()
    passed_restrictions: frozenset[int] = frozenset()
    grants: Grants = field(default_factory=Grants)

    def access_condition(self, process_lookup: str = "process_id", access_lookup: str = "access") -> Q:
        """The condition that a record's access fact meets for this viewer, as one Q over the two lookups."""
        if self.is_superuser or self.grants.staff_everywhere:
            return Q()
        allowed = Q(**{access_lookup: Access.PUBLIC})
        if self.grants.staff:
            allowed |= Q(**{f"{process_lookup}__in": self.grants.staff})
        participants = Q(**{access_lookup: Access.PARTICIPANTS})
        if self.grants.participants_everywhere:
            allowed |= participants
        elif self.grants.participants:
            allowed |= participants & Q(**{f"{process_lookup}__in": self.grants.participants})
        return allowed

    def may_read(self, access: str, process_id: int | None) -> bool:
        """The same rule as :meth:`access_condition`, for one record at hand."""
        if access == Access.PUBLIC or self.is_superuser or self.grants.staff_everywhere:
            return True
        if process_id in self.grants.staff:
            return True
        if access == Access.PARTICIPANTS:
            return self.grants.participants_everywhere or process_id in self.grants.participants
        return False

    @cached_property
    def restrictions(self) -> list[PageViewRestriction]:
        """All restrictions of the site, with their pages and groups: read once per viewer, and most sites have few.

        One query, and another for the groups where a restriction names some.
        """
        rows = (dict(zip(_RESTRICTION + _RESTRICTED, row, strict=True)) for row in _all_restrictions().rows())
        found = []
        for row in rows:
            restriction = instance_of(PageViewRestriction, row)
            restriction.page = instance_of(Page, {**row, "id": row["page_id"]})
            found.append(restriction)
        by_group = [entry for entry in found if entry.restriction_type == PageViewRestriction.GROUPS]
        prefetch_related_objects(by_group, "groups")
        return found

    @cached_property
    def closed_paths(self) -> list[str]:
        """The tree paths under which this viewer sees nothing, worked out once (see :func:`closed_paths`)."""
        return closed_paths(self)


_RESTRICTION = tuple(field.attname for field in PageViewRestriction._meta.concrete_fields)
_RESTRICTED = ("path", "depth", "translation_key")  # of the page, whose key the restriction has


@lru_cache(maxsize=1)
def _all_restrictions() -> Prepared:
    of_page = (f"page__{name}" for name in _RESTRICTED)
    return Prepared(PageViewRestriction.objects.order_by("pk").values_list(*_RESTRICTION, *of_page))


_grants: list[Callable[[Any], Grants]] = []
_hidden_pages: list[Callable[[Viewer], QuerySet[Any]]] = []


def register_grants(source: Callable[[Any], Grants]) -> Callable[[Any], Grants]:
    """Registers a function that says for an authenticated user which processes' papers are open to them."""
    _grants.append(source)
    return source


def register_hidden_pages(source: Callable[[Viewer], QuerySet[Any]]) -> Callable[[Viewer], QuerySet[Any]]:
    """Registers a function that gives a query set of page primary keys which the viewer may not see."""
    _hidden_pages.append(source)
    return source


def anonymous() -> Viewer:
    """The public, now: what feeds, sitemaps and the index's own checks use."""
    return Viewer(now=timezone.now())


def viewer_for_user(user: Any) -> Viewer:
    """The viewer that a user is, without the passwords that a browser session may hold. One query for the groups."""
    if user is None or not user.is_authenticated or not user.is_active:
        return anonymous()
    grants = Grants()
    for source in _grants:
        grants |= source(user)
    return Viewer(
        now=timezone.now(),
        user_id=user.pk,
        is_superuser=user.is_superuser,
        groups=frozenset(user.groups.values_list("pk", flat=True)),
        grants=grants,
    )


def viewer_for(request: HttpRequest) -> Viewer:
    """The viewer behind a request, worked out once per request."""
    viewer = getattr(request, "_plenary_viewer", None)
    if viewer is None:
        viewer = viewer_for_user(getattr(request, "user", None))
        session = getattr(request, "session", None)
        passed = (
            session.get(PageViewRestriction.passed_view_restrictions_session_key, []) if session is not None else []
        )
        if passed:
            viewer = replace(viewer, passed_restrictions=frozenset(passed))
        request._plenary_viewer = viewer  # type: ignore[attr-defined]  # a cache on the request, read only here
    return viewer


def _fails(restriction: PageViewRestriction, viewer: Viewer) -> bool:
    """Whether this restriction keeps the viewer out."""
    if viewer.is_superuser:
        return False
    if restriction.restriction_type == PageViewRestriction.PASSWORD:
        return restriction.pk not in viewer.passed_restrictions
    if restriction.restriction_type == PageViewRestriction.LOGIN:
        return viewer.user_id is None
    return not viewer.groups & {group.pk for group in restriction.groups.all()}


def closed_paths(viewer: Viewer) -> list[str]:
    """The tree paths under which this viewer sees nothing: restricted pages, their translations and their aliases.

    One query on top of the restrictions' own, whatever the number of pages; none where nothing keeps the viewer out.
    """
    failing = [restriction for restriction in viewer.restrictions if _fails(restriction, viewer)]
    if not failing:
        return []
    pages = {restriction.page_id for restriction in failing}
    uids = {restriction.page.translation_key for restriction in failing}
    return sorted(path for (path,) in _paths_bound_by().rows(pages=pages, uids=uids))


@lru_cache(maxsize=1)
def _paths_bound_by() -> Prepared:
    pages = GivenAny("pages", BigAutoField())
    bound = [
        Q(translation_key__in=UIDS),
        Q(alias_of__in=pages),
        Q(alias_of__translation_key__in=UIDS),
        Q(alias_of__alias_of__in=pages),
    ]
    # A union, since each part has an index and their disjunction has none.
    first, *others = (Page.objects.filter(condition).order_by().values_list("path") for condition in bound)
    return Prepared(first.union(*others))


def visible_pages(queryset: QuerySet[P], viewer: Viewer) -> QuerySet[P]:
    """Those of the pages that the viewer may see: live, not expired, not restricted, not hidden by a record."""
    queryset = queryset.filter(Q(expire_at=None) | Q(expire_at__gt=viewer.now), live=True)
    closed = Q()
    for path in viewer.closed_paths:
        closed |= Q(path__startswith=path)
    if closed:
        queryset = queryset.exclude(closed)
    for source in _hidden_pages:
        # Asked of each page at hand: as a list, a database would look through all editions of the site first.
        queryset = queryset.filter(~Exists(source(viewer).filter(pk=OuterRef("pk"))))
    return queryset


class Ask(Protocol):
    """Asks for what a viewer may see, with the values that the query set left open. One query."""

    def __call__(self, viewer: Viewer, **given: Any) -> list[Sequence[Any]]: ...


def prepared_for_viewers(build: Callable[[Viewer], QuerySet[Any, Any]]) -> Ask:
    """Makes of a function that builds a query set of values for a viewer one that answers with its rows.

    Its SQL is put together once for all viewers who are alike in everything but the moment, see `cms.core.prepared`.
    """

    @lru_cache(maxsize=MOST_VIEWERS)
    def prepared(viewer: Viewer, closed: tuple[str, ...]) -> Prepared:
        vars(viewer)["closed_paths"] = list(closed)  # known already, by whoever asked first
        return Prepared(build(viewer))

    def ask(viewer: Viewer, **given: Any) -> list[Sequence[Any]]:
        alike = replace(viewer, now=NOW)  # type: ignore[arg-type]  # a date that is left open
        return prepared(alike, tuple(viewer.closed_paths)).rows(now=viewer.now, **given)

    return ask
