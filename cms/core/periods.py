"""Periods from one day to another, both included; an end that is not set is open."""

from datetime import date

from django.db.models import Q


def period_holds(starts_on: date | None, ends_on: date | None, day: date) -> bool:
    """Whether the period holds the day."""
    return (starts_on is None or starts_on <= day) and (ends_on is None or ends_on >= day)


def holding(day: date) -> Q:
    """The same as a condition over the fields ``starts_on`` and ``ends_on``."""
    return (Q(starts_on=None) | Q(starts_on__lte=day)) & (Q(ends_on=None) | Q(ends_on__gte=day))
