"""What one would write for a search page on Elasticsearch alone: an index, and one request for a page.

The server analyses texts in their languages, finds, counts and marks: whoever asks need only print the answer. It holds
what the page shows, under the rules that the page keeps: documents with all their language versions, versions that the
reader may see and no others, facets that leave their own choice out, titles and two passages with marks.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from documents.symbols.folding import loose_key
from search.engines.base import Entry, Query
from search.engines.elasticsearch.mapping import SETTINGS, document_id
from search.engines.grouping import COUNTED_FACETS, field_of, regrouped
from search.engines.highlighting import SNIPPET_LENGTH
from search.engines.kept_texts import all_passages
from search.engines.typed import Typed, read_typed
from tests.benchmarks.planting import LANGUAGES

ANALYZERS = {"en": "english", "fr": "french", "es": "spanish", "ru": "russian", "ar": "arabic", "zh-hans": "cjk"}
TEXTS = {"title": 3, "names": 1, "agenda": 1, "parties": 1, "body": 1}  # with their weights
VALUE = {"type": "keyword"}
NEVER = 1 << 60


def index() -> dict[str, Any]:
    """Settings and mappings."""
    fields: dict[str, Any] = dict.fromkeys(("symbols", "loose_keys", *COUNTED_FACETS.values()), VALUE)
    fields["day"] = {"type": "date"}
    for language in LANGUAGES:
        fields |= {field_of(name, language): {"type": "text", "analyzer": ANALYZERS[language]} for name in TEXTS}
        fields |= {field_of(name, language): VALUE for name in ("gate", "url")}
        fields |= {field_of(name, language): {"type": "long"} for name in ("opens", "closes")}
    return {"settings": {**SETTINGS, "refresh_interval": "-1"}, "mappings": {"properties": fields}}


def actions(entries: Iterable[Entry]) -> Iterator[dict[str, Any]]:
    """Every document, for the client's helper."""
    for key, versions in regrouped(entries, frozenset(), [], LANGUAGES).items():
        yield {"_id": document_id(key), "_source": _document(versions)}


def _document(versions: Mapping[str, Entry]) -> dict[str, Any]:
    first = next(iter(versions.values()))
    document: dict[str, Any] = {
        "symbols": first.symbols,
        "loose_keys": [loose_key(symbol) for symbol in first.symbols],
        "process": first.process,
        "body": first.body,
        "session": first.session,
        "agenda_item": first.agenda_items,
        "party": first.parties,
        "doc_kind": first.doc_kind,
        "year": first.year,
        "day": first.date.isoformat() if first.date else None,
    }
    for language, entry in versions.items():
        document |= {
            field_of("title", language): entry.title,
            field_of("names", language): entry.names,
            field_of("agenda", language): entry.agenda,
            field_of("parties", language): entry.party_names,
            field_of("body", language): [passage.text for passage in all_passages(entry)],
            field_of("url", language): entry.url,
            field_of("gate", language): [entry.access, f"{entry.access}:{entry.reading_process}"],
            field_of("opens", language): int(entry.visible_from.timestamp()),
            field_of("closes", language): int(entry.visible_until.timestamp()) if entry.visible_until else NEVER,
        }
    return document


def request(query: Query) -> dict[str, Any]:
    """The request for the page of a query that asks with words, quotation marks and facets."""
    typed = read_typed(query.words)
    gates = {language: _gate(language, int(query.visibility.now.timestamp())) for language in LANGUAGES}
    chosen = {name: {"terms": {COUNTED_FACETS[name]: list(values)}} for name, values in query.filters.items()}
    found = _ways(typed, gates) if typed.terms else list(gates.values())
    asked: dict[str, Any] = {
        "query": {"bool": {"should": found, "minimum_should_match": 1}},
        "aggs": _counts(chosen, gates),
        "highlight": _marks(typed),
        "source_includes": ["symbols", "day", *COUNTED_FACETS.values(), *_of_all("title"), *_of_all("url")],
        "track_total_hits": True,
        "size": query.page_size,
    }
    if chosen:
        asked["post_filter"] = {"bool": {"filter": list(chosen.values())}}
    if query.sort == "newest" or not query.words:
        asked["sort"] = [{"day": {"order": "desc", "missing": "_last"}}]
    return asked


def _gate(language: str, now: int) -> dict[str, Any]:
    """Documents with a version in a language that the public may see."""
    conditions = [
        {"term": {field_of("gate", language): "public"}},
        {"range": {field_of("opens", language): {"lte": now}}},
        {"range": {field_of("closes", language): {"gt": now}}},
    ]
    return {"bool": {"filter": conditions}}


def _ways(typed: Typed, gates: Mapping[str, Any]) -> list[dict[str, Any]]:
    """How a document may be found: by all words in a version that may be seen, or by its symbol."""
    ways: list[dict[str, Any]] = []
    for language, gate in gates.items():
        fields = [f"{field_of(name, language)}^{weight}" for name, weight in TEXTS.items()]
        words = [
            {
                "multi_match": {
                    "query": " ".join(term.tokens),
                    "fields": fields,
                    "type": "phrase" if len(term.tokens) > 1 else "best_fields",
                }
            }
            for term in typed.terms
        ]
        ways.append({"bool": {"must": words, "filter": [gate]}})
    if typed.may_begin_a_symbol:
        beginning = {"prefix": {"loose_keys": typed.loose_symbol}}
        seen = {"bool": {"should": list(gates.values()), "minimum_should_match": 1}}
        ways.append({"bool": {"filter": [beginning, seen]}})
    return ways


def _counts(chosen: Mapping[str, Any], gates: Mapping[str, Any]) -> dict[str, Any]:
    """Every facet's counts, without its own choice."""
    counts: dict[str, Any] = {}
    for name, field in COUNTED_FACETS.items():
        values = {"terms": {"field": field, "size": 1_000}}
        others = [part for other, part in chosen.items() if other != name]
        counts[name] = {"filter": {"bool": {"filter": others}}, "aggs": {"values": values}} if others else values
    in_language = {language: {"bool": {"filter": [*chosen.values(), gate]}} for language, gate in gates.items()}
    return counts | {"language": {"filters": {"filters": in_language}}}


def _marks(typed: Typed) -> dict[str, Any]:
    """Marks in titles, and the best two passages; the beginning of the text where there are no words to mark."""
    passages: dict[str, Any] = {"number_of_fragments": 2, "fragment_size": SNIPPET_LENGTH}
    if not typed.terms or typed.may_begin_a_symbol:
        passages["no_match_size"] = SNIPPET_LENGTH
    whole = {"number_of_fragments": 0}
    return {"fields": dict.fromkeys(_of_all("title"), whole) | dict.fromkeys(_of_all("body"), passages)}


def _of_all(name: str) -> list[str]:
    return [field_of(name, language) for language in LANGUAGES]
