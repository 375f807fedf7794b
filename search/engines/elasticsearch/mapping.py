"""The mapping of an Elasticsearch index, and groups of versions to and from its documents."""

import base64
import hashlib
import zlib
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
    TIE_FIELD,
    VERSION,
    WORD_FIELDS,
    Group,
    facts_entry,
    field_of,
)
from search.engines.kept_texts import KeptText

# One shard: an archive of some hundred thousand documents is small, and scores of several shards would differ.
# A second node gets a copy by itself.
SETTINGS = {"number_of_shards": 1, "auto_expand_replicas": "0-1"}

_VALUE = {"type": "keyword", "ignore_above": 8_000}
# The text comes as stems from `search.engines.analysis`, so that both engines find the same.
_TEXT = {"type": "text", "analyzer": "whitespace"}
_WORDS = {**_TEXT, "index_options": "docs", "norms": False}
_NUMBER = {"type": "long"}
_KEPT = {"type": "object", "enabled": False}

_SMALL = 6_000  # characters of a part of a text that is kept as it is: packing would take longer than it saves
_FAST = 1  # of zlib: a twentieth more room than the default, in a third of the time
_PLAIN, _PACKED = "=", "~"  # how a part begins


def mapping(languages: Sequence[str], meta: Mapping[str, Any]) -> dict[str, Any]:
    """The mapping for these languages, with what it was made with."""
    fields: dict[str, Any] = dict.fromkeys(("key", *LIST_FIELDS, *FACT_FIELDS), _VALUE)
    fields[TIE_FIELD] = _NUMBER
    for language in languages:
        fields |= {field_of(name, language): _TEXT for name in TEXT_FIELDS}
        fields |= {field_of(name, language): _WORDS for name in WORD_FIELDS}
        fields |= {field_of(name, language): _VALUE for name in (GATE_FIELD, CITES_FIELD)}
        fields |= {field_of(name, language): _NUMBER for name in MOMENT_FIELDS}
    fields |= {"facts": _KEPT, "stored": _KEPT}
    # Texts are kept once, as `stored`: Elasticsearch would read through all of a source for any part of it.
    searched = [field_of(name, language) for language in languages for name in (*TEXT_FIELDS, *WORD_FIELDS)]
    return {"dynamic": "strict", "_meta": dict(meta), "_source": {"excludes": searched}, "properties": fields}


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
        "stored": {language: list(map(_packed, parts)) for language, parts in group.stored.items()},
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
    texts = source["stored"]
    return [read_text(texts[language]).given_to(entry) for language, entry in read_facts(source, languages).items()]


def read_text(kept: Sequence[str]) -> KeptText:
    """The text that was kept under a language in `stored`."""
    return KeptText(kept, _unpacked)


def _packed(part: str) -> str:
    if len(part) <= _SMALL:
        return _PLAIN + part
    return _PACKED + base64.b64encode(zlib.compress(part.encode(), _FAST)).decode()


def _unpacked(part: str) -> str:
    if part.startswith(_PLAIN):
        return part[1:]
    return zlib.decompress(base64.b64decode(part[1:])).decode()
