"""The search of Wagtail's administration (pages, pictures, files) on Elasticsearch.

It is modelsearch's own, but for "words in quotation marks": looked for while somebody types, they made it fail.
"""

from typing import Any

from modelsearch.backends.elasticsearch9 import (
    Elasticsearch9AutocompleteQueryCompiler,
    Elasticsearch9SearchBackend,
)
from modelsearch.query import And, Phrase, PlainText, SearchQuery


def all_words(query: SearchQuery) -> SearchQuery:
    """The query with its phrases read as words that must all be there; other queries as they are."""
    if isinstance(query, Phrase):
        return PlainText(query.query_string)
    if isinstance(query, And):
        parts = [all_words(part) for part in query.subqueries]
        if all(isinstance(part, PlainText) and part.operator == "and" for part in parts):
            return PlainText(" ".join(part.query_string for part in parts))
    return query


class AutocompleteQueryCompiler(Elasticsearch9AutocompleteQueryCompiler):
    """Finds words by their beginning, which the index holds word by word: it knows of no phrases."""

    query: SearchQuery

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.query = all_words(self.query)


class SearchBackend(Elasticsearch9SearchBackend):
    """What ``WAGTAILSEARCH_BACKENDS`` names with Elasticsearch."""

    autocomplete_query_compiler_class = AutocompleteQueryCompiler
