"""Query sets whose SQL is put together once: for the few rows that a page shows of each, Django takes several times
longer to write the gate's SQL than a database to answer it.

Kept between requests is the SQL alone, never anything that the database answered. What differs from one time to the
next, the moment above all, is `Given` each time, so that nothing is shown that is not so now.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BigAutoField, DateTimeField, Expression, Field, Model, QuerySet, UUIDField

M = TypeVar("M", bound=Model)


class Given(Expression):
    """Stands in a query set for a value that is given each time."""

    def __init__(self, name: str, field: Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """As Django's; the only parameter is what holds the value's place."""
        return "%s", [self]

    def stored(self, value: Any, connection: Any) -> Any:
        """The value as the database gets it."""
        return self.output_field.get_db_prep_value(value, connection)


class GivenAny(Given):
    """Stands behind `__in` for values that are given each time, however many: the SQL is the same for all numbers."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """As Django's; the only parameter is what holds the values' place."""
        if connection.vendor == "sqlite":
            return "(SELECT value FROM json_each(%s))", [self]
        return f"(SELECT unnest(%s::{self.output_field.cast_db_type(connection)}[]))", [self]

    def stored(self, value: Any, connection: Any) -> Any:
        """The values as the database gets them: one parameter."""
        values = [self.output_field.get_db_prep_value(one, connection) for one in value]
        return json.dumps(values) if connection.vendor == "sqlite" else values


# The names by which `Prepared.rows` is given the moment, primary keys and records' uids.
NOW = Given("now", DateTimeField())
KEYS = GivenAny("keys", BigAutoField())
UIDS = GivenAny("uids", UUIDField())


class Prepared:
    """A query set of values, to be asked any number of times."""

    def __init__(self, queryset: QuerySet[Any, Any]) -> None:
        self._using = queryset.db
        compiler = queryset.query.get_compiler(self._using)
        self._sql, self._values = compiler.as_sql()
        self._columns = [column for column, _sql, _name in compiler.select]

    def rows(self, **given: Any) -> list[Sequence[Any]]:
        """The rows as they are now, with these values in the places that were left open. One query."""
        connection = connections[self._using]
        values = [one.stored(given[one.name], connection) if isinstance(one, Given) else one for one in self._values]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, values)
            rows = [list(row) for row in cursor.fetchall()]
        for place, column in enumerate(self._columns):
            for convert in (*connection.ops.get_db_converters(column), *column.get_db_converters(connection)):
                for row in rows:
                    row[place] = convert(row[place], column, connection)
        return list(rows)


def instance_of(model: type[M], values: Mapping[str, Any]) -> M:
    """An instance with the values of some columns out of a row; the others are read when they are asked for."""
    known = [field.attname for field in model._meta.concrete_fields if field.attname in values]
    instance: M = model.from_db(DEFAULT_DB_ALIAS, known, [values[name] for name in known])
    return instance
