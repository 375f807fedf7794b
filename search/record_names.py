"""What the values of facets that are records are called, for the reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import BigAutoField, Case, CharField, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cms.core.keys import keys_in
from cms.core.names import PublicName, public_names
from cms.core.prepared import KEYS, Given, GivenAny, Prepared
from cms.core.visibility import Viewer, prepared_for_viewers, viewer_for, visible_pages
from cms.meetings.models import AgendaItem, AgendaTitle, Session, SessionPage
from cms.processes.models import Party, Process, WorkingGroup
from search.engines.base import Results
from search.facets import RECORD_FACETS, Names, RecordName, shown_values

# The facets whose values are named in one query.
_NAMED = ("process", "body", "session", "agenda_item")
_COLUMNS = ("key", "facet", "uid", "label", "main", "owner_uid", "owner_label", "number", "title", "in_language")
_EMPTY = Value("", output_field=CharField())


@dataclass(frozen=True)
class _Bearer:
    """What `public_names` needs to know of a record."""

    uid: Any
    name: str
    main_language: str = ""


def names_of(results: Results, language: str, request: HttpRequest, with_addresses: bool = True) -> Names:
    """The public names of all records that are shown, on request without their addresses: three queries at most."""
    wanted = {facet.name: {value.value for value in shown_values(facet)} for facet in results.facets}
    for name in RECORD_FACETS:
        wanted[name] |= {getattr(hit, name) for hit in results.hits}
    keys = {name: keys_in(values) for name, values in wanted.items()}
    rows = _rows(keys, language, viewer_for(request))
    bearers = {row["uid"]: _Bearer(row["uid"], row["label"], row["main"]) for row in rows}
    owners = {row["owner_uid"]: _Bearer(row["owner_uid"], row["owner_label"]) for row in rows}
    names = public_names((owners | bearers).values(), language, request, with_addresses)
    parties = [Party(*row) for row in _parties().rows(keys=keys["party"])] if keys["party"] else []
    found = {("party", str(party.pk)): RecordName(PublicName(*party.name_and_language(language))) for party in parties}
    for row in rows:
        own = _item_name(row, language) if row["facet"] == "agenda_item" else names[row["uid"]]
        owner = names[row["owner_uid"]] if row["facet"] != "process" else None
        found[row["facet"], str(row["key"])] = RecordName(own, owner)
    return found


def _rows(keys: Mapping[str, list[int]], language: str, viewer: Viewer) -> list[dict[str, Any]]:
    """Processes, bodies, sessions and agenda items in one query, each with what it belongs to.

    Agenda items have their session's uid and name, and the best of their titles that the viewer may see.
    """
    named = {name: keys[name] for name in _NAMED}
    if not any(named.values()):
        return []
    return [dict(zip(_COLUMNS, row, strict=True)) for row in _named(viewer, language=language, **named)]


@prepared_for_viewers
def _named(viewer: Viewer) -> QuerySet[Any, Any]:
    titles = AgendaTitle.objects.filter(item=OuterRef("pk"), page__in=visible_pages(SessionPage.objects.all(), viewer))
    own_first = Case(
        When(locale__language_code=Given("language", CharField()), then=Value(0)),
        When(locale__language_code="en", then=Value(1)),
        default=Value(2),
    )
    best = titles.order_by(own_first, "pk")
    item_session = _session_label("session__")
    first, *others = (
        _part(
            "process", Process, {"uid": F("uid"), "label": F("name"), "main": F("main_language"), "owner_uid": F("uid")}
        ),
        _part(
            "body",
            WorkingGroup,
            {"uid": F("uid"), "label": F("name"), "owner_uid": F("process__uid"), "owner_label": F("process__name")},
        ),
        _part(
            "session",
            Session,
            {
                "uid": F("uid"),
                "label": _session_label(""),
                "owner_uid": F("working_group__uid"),
                "owner_label": F("working_group__name"),
            },
        ),
        _part(
            "agenda_item",
            AgendaItem,
            {
                "uid": F("session__uid"),
                "label": item_session,
                "owner_uid": F("session__uid"),
                "owner_label": item_session,
                "number": F("number"),
                "title": Coalesce(Subquery(best.values("title")[:1]), _EMPTY),
                "in_language": Coalesce(Subquery(best.values("locale__language_code")[:1]), _EMPTY),
            },
        ),
    )
    return first.union(*others, all=True)


def _part(facet: str, model: Any, columns: Mapping[str, Any]) -> QuerySet[Any, Any]:
    """The rows of one facet, empty text in the columns that are not given.

    They get names of their own, since the models have fields that are called like them.
    """
    given = {"facet": Value(facet, output_field=CharField()), **columns}
    rows = model.objects.filter(pk__in=GivenAny(facet, BigAutoField())).order_by()
    rows = rows.annotate(**{f"{name}_": given.get(name, _EMPTY) for name in _COLUMNS[1:]})
    found: QuerySet[Any, Any] = rows.values_list("pk", *(f"{name}_" for name in _COLUMNS[1:]))
    return found


@lru_cache(maxsize=1)
def _parties() -> Prepared:
    columns = [field.attname for field in Party._meta.concrete_fields]
    return Prepared(Party.objects.filter(pk__in=KEYS).order_by().values_list(*columns))


def _session_label(path: str) -> Concat:
    """What a session without a page is called."""
    number = Coalesce(Cast(f"{path}number", CharField()), Cast(f"{path}code", CharField()))
    return Concat(F(f"{path}working_group__name"), Value(", "), number, output_field=CharField())


def _item_name(row: Mapping[str, Any], language: str) -> PublicName:
    """ "Item 4: title", with a title in another language "4: title"."""
    if not row["title"]:
        return PublicName(_("Item {number}").format(number=row["number"]), language)
    if row["in_language"] != language:
        return PublicName(f"{row['number']}: {row['title']}", row["in_language"])
    return PublicName(_("Item {number}: {title}").format(number=row["number"], title=row["title"]), language)
