"""Pages of lists that may be long: none costs more because it lies far back, or because the list is long."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.utils.functional import cached_property
from wagtail.admin.paginator import WagtailPaginator

M = TypeVar("M", bound=Model)

# Rows of a list from which on its count is remembered, and for how many seconds.
LONG = 1_000
REMEMBERED = 60


def remembered_count(rows: QuerySet[Any], asked: str) -> int:
    """How many rows there are; of a long list, how many there were within the last minute.

    ``asked`` tells the lists apart: all that the rows depend on, the viewer included, but not the moment.
    """
    key = f"count:{hashlib.sha256(asked.encode()).hexdigest()}"
    count: int | None = cache.get(key)
    if count is None:
        count = rows.order_by().count()
        if count >= LONG:
            cache.set(key, count, REMEMBERED)
    return count


class LongPaginator(Paginator[Any]):
    """Pages of primary keys, so that the database walks over an index only; one from the end is counted from there.

    The rows have a total order that can be reversed. ``asked`` as for :func:`remembered_count`.
    """

    def __init__(self, rows: QuerySet[Any], per_page: int, asked: str) -> None:
        super().__init__(rows, per_page)
        self.rows = rows
        self.asked = asked

    @cached_property
    def count(self) -> int:
        return remembered_count(self.rows, self.asked)

    def page(self, number: int | str) -> Page[Any]:
        """The primary keys of the page, in order."""
        place = self.validate_number(number)
        start = (place - 1) * self.per_page
        end = min(start + self.per_page, self.count)
        if start * 2 <= self.count:
            keys = list(self.rows.values_list("pk", flat=True)[start:end])
        else:
            backwards = self.rows.reverse().values_list("pk", flat=True)
            keys = list(backwards[self.count - end : self.count - start])[::-1]
        return Page(keys, place, self)


class RowPaginator(WagtailPaginator):
    """The pages of a list in the administration: rows are chosen before anything is joined to them."""

    @cached_property
    def count(self) -> int:
        rows = self.object_list
        if not isinstance(rows, QuerySet):
            return len(rows)
        try:
            return remembered_count(rows, str(rows.query))
        except EmptyResultSet:  # a search that found nothing
            return 0

    def page(self, number: int | str) -> Page[Any]:
        """The rows of the page."""
        rows, place = self.object_list, self.validate_number(number)
        start, end = (place - 1) * self.per_page, place * self.per_page
        if not isinstance(rows, QuerySet):
            return Page(rows[start:end], place, self)
        keys = list(rows.values_list("pk", flat=True)[start:end])
        return Page(in_order_of(keys, rows.filter(pk__in=keys)), place, self)


def in_order_of(keys: Sequence[Any], rows: Iterable[M]) -> list[M]:
    """The rows in the order of their primary keys; keys that have no row are left out."""
    by_key = {row.pk: row for row in rows}
    return [by_key[key] for key in keys if key in by_key]
