"""The mapping of an Elasticsearch index, and groups of versions to and from its documents."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

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
    VERSION,
    WORD_FIELDS,
    Group,
    facts_entry,
    field_of,
    with_texts,
)

# One shard: an archive of some hundred thousand documents is small, and scores of several shards would differ.
# A second node gets a copy by itself.
SETTINGS = {"number_of_shards": 1, "auto_expand_replicas": "0-1"}

_VALUE = {"type": "keyword", "ignore_above": 8_000}
# The text comes as stems from `search.engines.analysis`, so that both engines find the same.
_TEXT = {"type": "text", "analyzer": "whitespace"}
_WORDS = {**_TEXT, "index_options": "docs", "norms": False}
_MOMENT = {"type": "long"}
_KEPT = {"type": "object", "enabled": False}


def mapping(languages: Sequence[str], meta: Mapping[str, Any]) -> dict[str, Any]:
    """The mapping for these languages, with what it was made with."""
    fields: dict[str, Any] = dict.fromkeys(("key", *LIST_FIELDS, *FACT_FIELDS), _VALUE)
    for language in languages:
        fields |= {field_of(name, language): _TEXT for name in TEXT_FIELDS}
        fields |= {field_of(name, language): _WORDS for name in WORD_FIELDS}
        fields |= {field_of(name, language): _VALUE for name in (GATE_FIELD, CITES_FIELD)}
        fields |= {field_of(name, language): _MOMENT for name in MOMENT_FIELDS}
    fields |= {"facts": _KEPT, "stored": _KEPT}
    return {"dynamic": "strict", "_meta": dict(meta), "properties": fields}


def fingerprint(languages: Sequence[str]) -> str:
    """What tells indexes of this version and for these languages from others, for their names."""
    made_with = f"{VERSION} {analysis.VERSION} {' '.join(languages)}"
    return hashlib.sha256(made_with.encode()).hexdigest()[:8]


def document_id(key: str) -> str:
    """The id of a document: Elasticsearch takes no longer ones than 512 bytes, and keys may hold anything."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:40]


def to_source(group: Group) -> dict[str, Any]:
    """The source of a group's document."""
    return {
        "key": group.key,
        **group.values,
        **group.texts,
        **group.numbers,
        "facts": group.facts,
        "stored": group.stored,
    }


def read_facts(source: Mapping[str, Any], languages: Sequence[str]) -> dict[str, Entry]:
    """The entries of a document by language, without texts and passages."""
    return {language: facts_entry(source["facts"][language]) for language in languages if language in source["facts"]}


def read_fingerprints(source: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The ids of the entries of a document, each with its fingerprint."""
    for facts in source["facts"].values():
        yield facts["id"], facts[FINGERPRINT]


def read_entries(source: Mapping[str, Any], languages: Sequence[str]) -> list[Entry]:
    """The whole entries of a document."""
    return [with_texts(entry, source["stored"][language]) for language, entry in read_facts(source, languages).items()]
