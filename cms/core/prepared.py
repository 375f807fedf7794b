"""Query sets whose SQL is put together once: for the few rows that a page shows of each, Django takes several times
longer to write the gate's SQL than a database to answer it.

Kept between requests is the SQL alone, never anything that the database answered. What differs from one time to the
next, the moment above all, is `Given` each time, so that nothing is shown that is not so now.
"""

from collections.abc import Callable, Mapping, Sequence
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

    def stored(self, value: Any, connection: Any) -> list[Any]:
        """The value as the database gets it."""
        return [self.output_field.get_db_prep_value(value, connection)]


class GivenAny(Given):
    """Stands behind `__in` for values that are given each time, however many; never in what is negated.

    They are written as a list, by whose length a database plans: of a query for them it does not know that it is short.
    """

    @property
    def place(self) -> str:
        """What stands for the list."""
        return f"<any {self.name}>"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """As Django's; the only parameter is what holds the values' place."""
        return f"({self.place})", [self]

    def stored(self, value: Any, connection: Any) -> list[Any]:
        """The values as the database gets them, at least one: the next power of two, so that few statements differ."""
        values = [self.output_field.get_db_prep_value(one, connection) for one in value] or [None]
        return values + [values[-1]] * ((1 << (len(values) - 1).bit_length()) - len(values))


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
        # Most columns are as the database has them.
        self._converted = [
            (place, column)
            for place, (column, _sql, _name) in enumerate(compiler.select)
            if _converters(column, compiler.connection)
        ]

    def rows(self, **given: Any) -> list[Sequence[Any]]:
        """The rows as they are now, with these values in the places that were left open. One query."""
        connection = connections[self._using]
        sql, values = self._sql, []
        for value in self._values:
            stored = value.stored(given[value.name], connection) if isinstance(value, Given) else [value]
            if isinstance(value, GivenAny):
                sql = sql.replace(value.place, ", ".join(["%s"] * len(stored)))
            values += stored
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            rows = [list(row) for row in cursor.fetchall()]
        for place, column in self._converted:
            for convert in _converters(column, connection):
                for row in rows:
                    row[place] = convert(row[place], column, connection)
        return list(rows)


def instance_of(model: type[M], values: Mapping[str, Any]) -> M:
    """An instance with the values of some columns out of a row; the others are read when they are asked for."""
    known = [field.attname for field in model._meta.concrete_fields if field.attname in values]
    instance: M = model.from_db(DEFAULT_DB_ALIAS, known, [values[name] for name in known])
    return instance


def _converters(column: Any, connection: Any) -> list[Callable[[Any, Any, Any], Any]]:
    return [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]
