"""The search of Wagtail's administration (pages, pictures, files) on SQLite, in the place of modelsearch's own.

modelsearch asks the full-text table again for every row that matched: a word in half of 10,000 pages took 14 seconds.
Here the table is asked once for what matches and once for the scores, whatever their number. What was typed reaches
SQLite as quoted words, so none of it is syntax there.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import FloatField, Func, QuerySet, TextField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
from django.db.models.sql.compiler import SQLCompiler
from modelsearch.backends.database.sqlite.query import AndNot, normalize
from modelsearch.backends.database.sqlite.sqlite import (
    IndexEntry,
    SQLiteAutocompleteQueryCompiler,
    SQLiteFTSIndexEntry,
    SQLiteIndex,
    SQLiteSearchBackend,
    SQLiteSearchQueryCompiler,
)
from modelsearch.query import And, MatchAll, Not, Or, Phrase, PlainText, SearchQuery
from modelsearch.utils import get_descendants_content_types_pks

# How much a word counts in each column of the full-text table, in the table's order: autocomplete, body, title.
COLUMN_WEIGHTS = (1.0, 1.0, 4.0)

_FTS = SQLiteFTSIndexEntry._meta.db_table
_WORD = re.compile(r"[^\W_]")


def expression(query: SearchQuery, *, prefix: bool = False) -> str:
    """A query in the syntax of SQLite's full-text table, empty where it holds no word.

    With ``prefix`` the last of several words may go on. Raises NotImplementedError for kinds of query that the table
    knows nothing of.
    """
    if isinstance(query, PlainText):
        words = [_quoted(word) for word in query.query_string.split() if _WORD.search(word)]
        if words and prefix:
            words[-1] += "*"
        return _joined(query.operator.upper(), words)
    if isinstance(query, Phrase):
        return _quoted(query.query_string) if _WORD.search(query.query_string) else ""
    if isinstance(query, And | Or):
        parts = (expression(part, prefix=prefix) for part in query.subqueries)
        return _joined(type(query).__name__.upper(), parts)
    if isinstance(query, AndNot):
        wanted, unwanted = (expression(part, prefix=prefix) for part in (query.subquery_a, query.subquery_b))
        return f"({wanted} NOT {unwanted})" if wanted and unwanted else wanted
    raise NotImplementedError(f"SQLite cannot search for {query!r}.")


def _quoted(text: str) -> str:
    escaped = text.replace('"', '""')
    return f'"{escaped}"'


def _joined(operator: str, parts: Iterable[str]) -> str:
    found = [part for part in parts if part]
    return f"({f' {operator} '.join(found)})" if len(found) > 1 else "".join(found)


class Score(Func):
    """The score of each object, looked up by its key in what the full-text table answers once.

    SQLite keeps that answer, and an index of it, for the whole statement: a limit, even none, keeps it from being put
    into the statement around it and asked again for every object.
    """

    output_field = FloatField()

    def __init__(self, sql: str, params: Sequence[Any]) -> None:
        super().__init__(Cast("pk", TextField()))
        self.found = sql, params

    def as_sql(
        self, compiler: SQLCompiler, connection: Any, *_args: Any, **_kwargs: Any
    ) -> tuple[str, tuple[Any, ...]]:
        """A look-up in a table made of the answer."""
        sql, params = self.found
        key, key_params = compiler.compile(self.get_source_expressions()[0])
        lookup = f"(SELECT found.score FROM ({sql} LIMIT -1) AS found WHERE found.key = {key})"  # noqa: S608 - see _found
        return lookup, (*params, *key_params)


class QueryCompiler(SQLiteSearchQueryCompiler):
    """Finds whole words in titles and texts."""

    def search(self, config: Any, start: int | None, stop: int | None, score_field: str | None = None) -> QuerySet[Any]:
        """The objects that match, best first unless an order was asked for. One statement."""
        query = normalize(self.query)
        is_negated = isinstance(query, Not)
        wanted = query.subquery if is_negated else query
        if isinstance(wanted, MatchAll):
            return self.queryset.none() if is_negated else self.queryset[start:stop]
        match = expression(wanted, prefix=self.LAST_TERM_IS_PREFIX)
        if not match:
            return self.queryset[start:stop] if is_negated else self.queryset.none()
        keys = RawSQL(*self._found("entry.object_id", match))  # noqa: S611 - see _found
        if is_negated:
            objects = self.queryset.exclude(pk__in=keys)
        else:
            objects = self.queryset.filter(pk__in=keys)
            score = score_field or ("_score" if self.order_by_relevance else "")
            if score:
                weights = ", ".join(map(str, COLUMN_WEIGHTS))
                objects = objects.annotate(
                    **{score: Score(*self._found(f"entry.object_id AS key, bm25({_FTS}, {weights}) AS score", match))}
                )
            if self.order_by_relevance:
                objects = objects.order_by(score, "-pk")
        # Always in some order: pages of results must not overlap.
        return (objects if objects.query.order_by else objects.order_by("-pk"))[start:stop]

    def _found(self, columns: str, match: str) -> tuple[str, list[Any]]:
        """The statement, and its parameters, that asks the full-text table for what matches.

        The join is crossed because SQLite keeps the order of such a join. Where there is one type of object it would
        else begin with the entries of that type, and ask the full-text table about each. What was typed is a
        parameter; the text of the statement is this module's own.
        """
        types = sorted(get_descendants_content_types_pks(self.queryset.model))
        sql = (
            f"SELECT {columns} FROM {_FTS}"  # noqa: S608
            f" CROSS JOIN {IndexEntry._meta.db_table} AS entry ON entry.id = {_FTS}.rowid"
            f" WHERE {_FTS} MATCH %s AND entry.content_type_id IN ({', '.join(['%s'] * len(types))})"
        )
        return sql, [f"{{{' '.join(self.fields or self.FTS_TABLE_FIELDS)}}} : ({match})", *types]


class AutocompleteQueryCompiler(QueryCompiler, SQLiteAutocompleteQueryCompiler):
    """Finds words by their beginning in what is offered while somebody types."""


class Index(SQLiteIndex):
    """The table of what is searched."""

    def _refresh_title_norms(self, full: bool = False) -> None:
        """Does nothing: ranks here go by the weight of the title. It would read all titles after each change."""


class SearchBackend(SQLiteSearchBackend):
    """What ``WAGTAILSEARCH_BACKENDS`` names on SQLite."""

    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler
    index_class = Index
