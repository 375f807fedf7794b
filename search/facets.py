"""The filters of the search page: each value with its name, its count and the address that chooses or drops it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from cms.core.languages import language as language_entry
from cms.core.names import PublicName
from documents.models import OfficialDocument
from search.asking import address_value
from search.engines.base import FACETS, Facet, FacetValue, Results
from search.entries import PAGE_KIND
from search.related import RELATED

# Facets of things that are counted by hundreds show their first values; the rest is reached by narrowing.
SHOWN_VALUES = 12
# Facets whose values are records, which have names; a hit is of one of each.
RECORD_FACETS = ("process", "body", "session")


@dataclass(frozen=True)
class RecordName:
    """The name of a record, and that of what it belongs to: the process, the body, or an agenda item's session."""

    name: PublicName
    owner: PublicName | None = None


# By facet and value.
Names = Mapping[tuple[str, str], RecordName]


@dataclass(frozen=True)
class FacetOption:
    """A value of a facet with its name, its count, and how long its bar is (0 to 100).

    `language` is that of the name, empty where it is the page's own. `owner` is the name of what the value belongs to,
    where another value has the same name: there is a Conference of the Parties in many a process.
    """

    value: str
    label: str
    language: str
    count: int
    chosen: bool
    bar: int
    url: str
    owner: PublicName | None = None


@dataclass(frozen=True)
class FacetView:
    """A facet with the values that are shown."""

    name: str
    label: str
    options: list[FacetOption]


def facet_views(results: Results, names: Names, asked: QueryDict) -> list[FacetView]:
    """The facets that have values."""
    labels = {
        "process": _("Process"),
        "body": _("Body"),
        "session": _("Session"),
        "agenda_item": _("Agenda item"),
        "party": _("Party named"),
        "kind": _("Kind"),
        "year": _("Year"),
        "language": _("Language"),
    }
    shown = ((facet, shown_values(facet)) for facet in results.facets)
    return [
        FacetView(facet.name, labels[facet.name], list(_options(facet, values, names, asked)))
        for facet, values in shown
        if values
    ]


def shown_values(facet: Facet) -> list[FacetValue]:
    """The values of a facet that the page shows: the first ones, and those chosen."""
    return [value for place, value in enumerate(facet.values) if place < SHOWN_VALUES or value.is_chosen]


def _options(facet: Facet, values: list[FacetValue], names: Names, asked: QueryDict) -> Iterable[FacetOption]:
    most = max(value.count for value in values) or 1
    records = {value.value: names.get((facet.name, value.value)) for value in values}
    bearers = Counter(record.name.text for record in records.values() if record)
    others = kept(asked)
    chosen = others.getlist(facet.name)
    others.pop(facet.name, None)
    rest = others.urlencode()  # once, not for each value
    for value in values:
        record = records[value.value]
        label, language = _label(facet.name, value.value, record)
        address = address_value(facet.name, value.value)
        yield FacetOption(
            value=address,
            label=label,
            language=language,
            count=value.count,
            chosen=value.is_chosen,
            bar=round(100 * value.count / most),
            url=_toggled(rest, facet.name, chosen, address, is_chosen=value.is_chosen),
            owner=record.owner if record and bearers[label] > 1 else None,
        )


def _label(facet: str, value: str, record: RecordName | None) -> tuple[str, str]:
    """A facet value as readers know it, with the language of the words (empty for the page's own)."""
    if facet == "language":
        entry = language_entry(value)
        return entry.name, entry.code
    if facet == "kind":
        return kind_label(value), ""
    return (record.name.text, record.name.language) if record else (value, "")


def kind_label(kind: str) -> str:
    """What a kind of document, or a page, is called."""
    if kind == PAGE_KIND:
        return _("Page")
    try:
        return str(OfficialDocument.Kind(kind).label)
    except ValueError:
        return kind


def kept(asked: QueryDict) -> QueryDict:
    """The parameters of the address without the page number."""
    rest = asked.copy()
    rest.pop("page", None)
    return rest


def without(asked: QueryDict, name: str) -> str:
    """The address without one parameter."""
    rest = kept(asked)
    rest.pop(name, None)
    return f"?{rest.urlencode()}"


def without_filters(asked: QueryDict) -> QueryDict:
    """The parameters of the address without page number, filters and the document that the search starts from."""
    rest = kept(asked)
    for name in (*FACETS, *RELATED):
        rest.pop(name, None)
    return rest


def _toggled(rest: str, facet: str, chosen: Sequence[str], value: str, *, is_chosen: bool) -> str:
    """The address with a value of a facet chosen, or dropped if it was; `rest` are the other parameters."""
    values = [(facet, entry) for entry in chosen if entry != value] + ([] if is_chosen else [(facet, value)])
    return "?" + "&".join(part for part in (rest, urlencode(values)) if part)
