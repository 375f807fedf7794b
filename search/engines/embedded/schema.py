"""The tantivy schema, and documents to and from it.

One tantivy document holds all language versions of one document, each in fields of its own language: so documents are
counted, paged and faceted exactly, and a version is gated by itself. Entries come and go one by one; `EmbeddedEngine`
puts the versions together.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from importlib.metadata import version
from typing import Any

from tantivy import Document, Schema, SchemaBuilder

from documents.symbols.folding import loose_key, symbol_key, symbol_order
from search.engines import analysis
from search.engines.base import Entry, Passage

VERSION = 1  # goes up with every change of the fields below or of what they hold; older indexes are rebuilt

# Facets that the index counts itself; "language" is counted by what is visible in it.
COUNTED_FACETS = {"process": "process", "body": "body", "session": "session", "kind": "doc_kind", "year": "year"}
_LIST_FIELDS = ("ids", "symbol_keys", "loose_keys", "cites")
_FACT_FIELDS = ("kind", *COUNTED_FACETS.values(), "day", "symbol_order")

_NEVER = 1 << 60  # seconds; later than any moment


def field_of(name: str, language: str) -> str:
    """The name of a field that every language has: title, body, gate, opens, closes, facts, text."""
    return f"{name}_{language.replace('-', '_')}"


def build_schema(languages: Sequence[str]) -> Schema:
    """The schema for these languages."""
    builder = SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    for name in _LIST_FIELDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in _FACT_FIELDS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for language in languages:
        for name in ("title", "body"):
            builder.add_text_field(field_of(name, language), tokenizer_name="whitespace", index_option="position")
        builder.add_text_field(field_of("gate", language), tokenizer_name="raw", index_option="basic")
        for name in ("opens", "closes"):
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


def gates(access: str, process: str) -> tuple[str, ...]:
    """The gate values that an entry stands behind: its level, and its level in its process."""
    return (access, f"{access}:{process}")


def seconds(moment: datetime) -> int:
    """A moment as whole seconds since 1970, rounded up, so that nothing opens early."""
    return -int(-moment.timestamp() // 1)


def to_document(entries: Mapping[str, Entry]) -> Document:
    """The tantivy document of one document's entries by language (at least one)."""
    first = next(iter(entries.values()))
    document = Document()
    document.add_text("key", first.document_key)
    for entry in entries.values():
        document.add_text("ids", entry.id)
        _add_version(document, entry)
    for symbol in first.symbols:
        document.add_text("symbol_keys", symbol_key(symbol))
        document.add_text("loose_keys", loose_key(symbol))
    for key in {loose_key(symbol) for symbol in first.cites}:
        document.add_text("cites", key)
    facts = {
        "kind": first.kind,
        "process": first.process,
        "body": first.body,
        "session": first.session,
        "doc_kind": first.doc_kind,
        "year": first.year,
        "day": first.date.isoformat() if first.date else "",
        "symbol_order": symbol_order(first.symbols[0]) if first.symbols else "",
    }
    for name, value in facts.items():
        if value:
            document.add_text(name, value)
    return document


def languages_of(document: Document, languages: Sequence[str]) -> list[str]:
    """Those of the languages that a tantivy document has a version in."""
    return [language for language in languages if document.get_first(field_of("facts", language)) is not None]


def read_facts(document: Document, language: str) -> Entry:
    """The entry in a language without its text and passages. Raises KeyError when there is none."""
    stored = document.get_first(field_of("facts", language))
    if stored is None:
        raise KeyError(language)
    facts: dict[str, Any] = json.loads(bytes(stored))
    moments = {
        name: datetime.fromisoformat(facts[name]) if facts[name] else None for name in ("visible_from", "visible_until")
    }
    day = date.fromisoformat(facts["date"]) if facts["date"] else None
    lists = {name: tuple(facts[name]) for name in ("symbols", "cites")}
    return Entry(**{**facts, **moments, **lists, "date": day})


def read_entry(document: Document, language: str) -> Entry:
    """The whole entry in a language. Raises KeyError when there is none."""
    entry = read_facts(document, language)
    text, passages = json.loads(bytes(document.get_first(field_of("text", language)) or b'["", []]'))
    return replace(entry, text=text, passages=tuple(Passage(*passage) for passage in passages))


def _add_version(document: Document, entry: Entry) -> None:
    language = entry.language
    # The year and the symbols are words of every version, for those who type "report 2019" or part of a symbol.
    facts = [entry.year, *entry.symbols]
    body = "\n".join([*(passage.text for passage in entry.passages), entry.text, *facts])
    document.add_text(field_of("title", language), analysis.index_text(entry.title, language))
    document.add_text(field_of("body", language), analysis.index_text(body, language))
    for gate in gates(entry.access, entry.reading_process):
        document.add_text(field_of("gate", language), gate)
    document.add_integer(field_of("opens", language), seconds(entry.visible_from))
    closes = seconds(entry.visible_until) if entry.visible_until else _NEVER
    document.add_integer(field_of("closes", language), closes)
    stored = {name: getattr(entry, name) for name in Entry.__dataclass_fields__ if name not in {"text", "passages"}}
    document.add_bytes(field_of("facts", language), json.dumps(stored, default=_as_text, ensure_ascii=False).encode())
    passages = [(passage.anchor, passage.label, passage.text) for passage in entry.passages]
    document.add_bytes(field_of("text", language), json.dumps([entry.text, passages], ensure_ascii=False).encode())


def _as_text(moment: date) -> str:
    return moment.isoformat()
