"""The tantivy schema, and groups of versions to and from tantivy's documents."""

import json
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from tantivy import Document, Schema, SchemaBuilder

from search.engines import analysis
from search.engines.base import Entry
from search.engines.grouping import (
    CITES_FIELD,
    FACT_FIELDS,
    FINGERPRINT,
    GATE_FIELD,
    LIST_FIELDS,
    MOMENT_FIELDS,
    TEXT_FIELDS,
    TIE_FIELD,
    VERSION,
    WORD_FIELDS,
    Group,
    facts_entry,
    field_of,
)
from search.engines.kept_texts import KeptText, as_json


def build_schema(languages: Sequence[str]) -> Schema:
    """The schema for these languages."""
    builder = SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    for name in LIST_FIELDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in FACT_FIELDS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field(TIE_FIELD, fast=True)
    for language in languages:
        for name in TEXT_FIELDS:
            builder.add_text_field(field_of(name, language), tokenizer_name="whitespace", index_option="position")
        for name in WORD_FIELDS:
            builder.add_text_field(field_of(name, language), tokenizer_name="whitespace", index_option="basic")
        for name in (GATE_FIELD, CITES_FIELD):
            builder.add_text_field(field_of(name, language), tokenizer_name="raw", index_option="basic")
        for name in MOMENT_FIELDS:
            builder.add_integer_field(field_of(name, language), indexed=True, fast=True)
        for name in ("facts", "text"):
            builder.add_bytes_field(field_of(name, language), stored=True)
    return builder.build()


def stamp(languages: Sequence[str]) -> dict[str, Any]:
    """What an index must have been made with to be readable here; it is kept in its manifest."""
    return {
        "schema": VERSION,
        "analysis": analysis.VERSION,
        "tantivy": version("tantivy"),
        "languages": list(languages),
    }


def to_document(group: Group) -> Document:
    """The tantivy document of a group."""
    document = Document()
    document.add_text("key", group.key)
    for name, values in group.values.items():
        for value in values:
            document.add_text(name, value)
    for name, text in group.texts.items():
        document.add_text(name, text)
    for name, number in group.numbers.items():
        document.add_integer(name, number)
    for language, facts in group.facts.items():
        document.add_bytes(field_of("facts", language), as_json(facts).encode())
    for language, stored in group.stored.items():
        for part in stored:
            document.add_bytes(field_of("text", language), part.encode())
    return document


def languages_of(document: Document, languages: Sequence[str]) -> list[str]:
    """Those of the languages that a tantivy document has a version in."""
    return [language for language in languages if document.get_first(field_of("facts", language)) is not None]


def read_facts(document: Document, language: str) -> Entry:
    """The entry in a language without its text and passages. Raises KeyError when there is none."""
    stored = document.get_first(field_of("facts", language))
    if stored is None:
        raise KeyError(language)
    return facts_entry(json.loads(bytes(stored)))


def read_fingerprint(document: Document, language: str) -> tuple[str, str]:
    """The id of the entry in a language, which must be there, and its fingerprint."""
    facts = json.loads(bytes(document[field_of("facts", language)][0]))
    return facts["id"], facts[FINGERPRINT]


def read_text(document: Document, language: str) -> KeptText:
    """The text in a language; none where there is none."""
    return KeptText(document.get_all(field_of("text", language)), lambda part: bytes(part).decode())


def read_entry(document: Document, language: str) -> Entry:
    """The whole entry in a language. Raises KeyError when there is none."""
    return read_text(document, language).given_to(read_facts(document, language))
