"""Finding records by what somebody types, by SQL: the same on every database and in every official language."""

import re
from typing import Any

from django.conf import settings
from django.db.models import Model, Q

from cms.core.fields import NamesField
from cms.processes.countries import alphabetical_key, country_names


def contains(model: type[Model], lookup: str, term: str) -> Q:
    """The condition that a text field contains the term, whatever the case; names are looked at in every language."""
    # SQLite tells capitals from small letters beyond ASCII, except in regular expressions.
    how, value = ("icontains", term) if term.isascii() else ("iregex", re.escape(term))
    places = [lookup]
    if isinstance(_field_at(model, lookup), NamesField):
        places = [f"{lookup}__{code}" for code, _name in settings.LANGUAGES]
    condition = Q()
    for place in places:
        condition |= Q(**{f"{place}__{how}": value})
    return condition


def of_country(lookup: str, term: str) -> Q:
    """The condition that a country's name in one of the official languages contains the term, accents aside."""
    key = alphabetical_key(term)
    codes = {
        code
        for language, _name in settings.LANGUAGES
        for code, name in country_names(language).items()
        if key and key in alphabetical_key(name)
    }
    return Q(**{f"{lookup}__in": sorted(codes)})


def _field_at(model: Any, lookup: str) -> Any:
    """The field that a lookup such as ``party__names`` leads to."""
    first, _parting, rest = lookup.partition("__")
    field = model._meta.get_field(first)
    return _field_at(field.related_model, rest) if rest else field
