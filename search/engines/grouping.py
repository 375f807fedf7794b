"""What engines keep: all language versions of one document together, each in fields of its own language.

So documents are counted, paged and faceted exactly, and a version is gated by itself. Entries come and go one by one;
`regrouped` puts the versions of a document together.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from zlib import crc32

from documents.symbols.folding import loose_key, symbol_key, symbol_order
from search.engines import analysis
from search.engines.base import Entry
from search.engines.kept_texts import all_passages, as_json, in_blocks, keep

VERSION = 10  # goes up with every change of the fields below or of what they hold; older indexes are rebuilt

# Facets that an engine counts itself, with their fields; "language" is counted by what is visible in it.
COUNTED_FACETS = {
    "process": "process",
    "body": "body",
    "session": "session",
    "agenda_item": "agenda_item",
    "party": "party",
    "kind": "doc_kind",
    "year": "year",
}
# Fields of values that are looked up, and of those that are also counted or give an order.
LIST_FIELDS = ("ids", "symbol_keys", "loose_keys")
FACT_FIELDS = ("kind", *COUNTED_FACETS.values(), "day", "symbol_order")
# Fields that every language has: of stems in their order, of different folded words (all of letters alone, and those of
# the title), of values, of numbers (seconds since 1970).
TEXT_FIELDS = ("title", "names", "agenda", "parties", "body")
WORD_FIELDS = ("words", "title_words")
GATE_FIELD = "gate"
CITES_FIELD = "cites"
MOMENT_FIELDS = ("opens", "closes")
# A number by which documents of the same score are put in order, highest first.
TIE_FIELD = "tie"

# Stands in every field of text that has no words: engines take averages and frequencies over the documents that have a
# field, or over all, and only so are these the same. No text gives this word.
ABSENT = "∅"

FINGERPRINT = "fingerprint"  # kept among the facts of each language

_NEVER = 1 << 60  # seconds; later than any moment


@cache
def field_of(name: str, language: str) -> str:
    """The name of a field that every language has."""
    return f"{name}_{language.replace('-', '_')}"


@cache
def _without_words(languages: tuple[str, ...]) -> Mapping[str, str]:
    return {field_of(name, language): ABSENT for language in languages for name in TEXT_FIELDS}


@dataclass(frozen=True)
class Group:
    """The language versions of one document as fields.

    `values` and `texts` (words separated by spaces) and `numbers` are searched; `facts` and `stored` are kept by
    language and read back by `facts_entry` and `KeptText`.
    """

    key: str
    values: Mapping[str, Sequence[str]]
    texts: Mapping[str, str]
    numbers: Mapping[str, int]
    facts: Mapping[str, Mapping[str, Any]]
    stored: Mapping[str, Sequence[str]]


def grouped(entries: Mapping[str, Entry], languages: Iterable[str]) -> Group:
    """The group of one document's entries by language (at least one) in an index of these languages."""
    first = next(iter(entries.values()))
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
    values: dict[str, Sequence[str]] = {
        "ids": [entry.id for entry in entries.values()],
        "symbol_keys": [symbol_key(symbol) for symbol in first.symbols],
        "loose_keys": [loose_key(symbol) for symbol in first.symbols],
        "agenda_item": first.agenda_items,
        "party": sorted({party for entry in entries.values() for party in entry.parties}),
        **{name: [value] for name, value in facts.items() if value},
    }
    texts = dict(_without_words(tuple(languages)))
    stored: dict[str, list[str]] = {}
    kept_facts: dict[str, dict[str, Any]] = {}
    numbers = {TIE_FIELD: tie_order(first.date, first.document_key)}
    for language, entry in entries.items():
        # The year and the symbols are words of every version, for those who type "report 2019" or part of a symbol.
        passages = list(all_passages(entry))
        beside = "\n".join([entry.year, *entry.symbols])
        fields = {
            "title": [entry.title],
            "names": entry.names,
            "agenda": entry.agenda,
            "parties": entry.party_names,
            "body": [*(part.text for part in passages), beside],
        }
        spellings: set[str] = set()
        for name, parts in fields.items():
            analysed = [analysis.stems_and_spellings(part, language) for part in parts]
            stems = [found for found, _spelled in analysed]
            spellings.update(*(spelled for _found, spelled in analysed))
            texts[field_of(name, language)] = " ".join(filter(None, stems)) or ABSENT
        # The last of them, the body's, with what stands beside the passages.
        stored[language] = keep(passages, stems[:-1])
        facts_of_entry = _facts(entry)
        kept_facts[language] = {**facts_of_entry, FINGERPRINT: _fingerprint(facts_of_entry, stored[language][1:])}
        texts[field_of("words", language)] = " ".join(filter(None, spellings))
        texts[field_of("title_words", language)] = " ".join(analysis.beginnings(entry.title, language))
        values[field_of("gate", language)] = [entry.access, f"{entry.access}:{entry.reading_process}"]
        values[field_of("cites", language)] = sorted({loose_key(symbol) for symbol in entry.cites})
        numbers[field_of("opens", language)] = _seconds(entry.visible_from)
        numbers[field_of("closes", language)] = _seconds(entry.visible_until) if entry.visible_until else _NEVER
    return Group(
        key=first.document_key,
        values=values,
        texts=texts,
        numbers=numbers,
        facts=kept_facts,
        stored=stored,
    )


def entry_fingerprint(entry: Entry) -> str:
    """16 hexadecimal digits that change with anything of an entry, which is as `batches.sift` gives it."""
    return _fingerprint(_facts(entry), in_blocks(list(all_passages(entry))))


def _fingerprint(facts: Mapping[str, Any], blocks: Iterable[str]) -> str:
    content = "\0".join([as_json(facts), *blocks])
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def tie_order(day: date | None, key: str) -> int:
    """What puts documents in order that are as good as each other: the newer first, else always in the same way."""
    return ((day.toordinal() if day else 0) << 32) + crc32(key.encode("utf-8", "surrogatepass"))


def facts_entry(facts: Mapping[str, Any]) -> Entry:
    """The entry that these facts were kept of, without its text and passages."""
    values = {name: value for name, value in facts.items() if name != FINGERPRINT}
    for name in ("visible_from", "visible_until"):
        values[name] = datetime.fromisoformat(values[name]) if values[name] else None
    values["date"] = date.fromisoformat(values["date"]) if values["date"] else None
    for name in ("symbols", "cites", "agenda_items", "parties", "names", "agenda", "party_names"):
        values[name] = tuple(values[name])
    return Entry(**values)


def regrouped(
    entries: Iterable[Entry], gone: frozenset[str], kept: Iterable[Iterable[Entry]], languages: Sequence[str]
) -> dict[str, dict[str, Entry]]:
    """The documents that a batch concerns: their entries by language, in the order of languages, none when all went.

    `kept` are the documents in the index that have an entry of the batch's ids or keys, each as its entries.
    """
    entries = list(entries)
    replaced = gone | {entry.id for entry in entries}
    documents: dict[str, dict[str, Entry]] = {}
    for versions in kept:
        for entry in versions:
            rest = documents.setdefault(entry.document_key, {})
            if entry.id not in replaced:
                rest[entry.language] = entry
    for entry in entries:
        documents.setdefault(entry.document_key, {})[entry.language] = entry
    return {
        key: {language: found[language] for language in languages if language in found}
        for key, found in documents.items()
    }


def _facts(entry: Entry) -> dict[str, Any]:
    values = {name: value for name, value in vars(entry).items() if name not in {"text", "passages"}}
    for name in ("visible_from", "visible_until", "date"):
        values[name] = values[name].isoformat() if values[name] else None
    return values


def _seconds(moment: datetime) -> int:
    """A moment as whole seconds since 1970, rounded up, so that nothing opens early."""
    return -int(-moment.timestamp() // 1)
