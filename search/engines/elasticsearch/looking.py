"""Questions beside searches, all of them in one request."""

from collections.abc import Mapping, Sequence
from typing import Any

from elasticsearch import Elasticsearch

from search.engines.base import Entry
from search.engines.counting import ORDERS
from search.engines.elasticsearch.dialect import Condition, ElasticsearchDialect
from search.engines.elasticsearch.mapping import read_facts, read_text
from search.engines.grouping import TIE_FIELD
from search.engines.looking import Found, Question

# By score, and documents of the same score in the order that both engines have.
BEST_FIRST = [{"_score": "desc"}, {TIE_FIELD: "desc"}]


def sorting(order: str) -> list[dict[str, Any]]:
    """How Elasticsearch is told one of the orders other than relevance."""
    field, descends = ORDERS[order]
    return [{field: {"order": "desc" if descends else "asc", "missing": "_last"}}]


def look(
    client: Elasticsearch, index: str, languages: Sequence[str], questions: Sequence[Question[Condition]]
) -> list[Found]:
    """Answers questions. See `search.engines.looking`."""
    answer = client.search(
        index=index,
        size=0,
        track_total_hits=False,
        query={"bool": {"filter": [ElasticsearchDialect().any_of(question.condition for question in questions)]}},
        aggs={str(number): _counted(question, languages) for number, question in enumerate(questions)},
    )
    counted = [answer["aggregations"][str(number)] for number in range(len(questions))]
    return [_found(one, question.read, languages) for one, question in zip(counted, questions, strict=True)]


def _counted(question: Question[Condition], languages: Sequence[str]) -> dict[str, Any]:
    counted: dict[str, Any] = {"filter": question.condition}
    if question.most:
        wanted = ["facts", *([f"stored.{question.read}"] if question.read in languages else [])]
        first = {"size": question.most, "sort": sorting(question.order), "_source": wanted}
        counted["aggs"] = {"first": {"top_hits": first}}
    return counted


def _found(counted: Mapping[str, Any], read: str, languages: Sequence[str]) -> Found:
    hits = counted["first"]["hits"]["hits"] if "first" in counted else ()
    return Found(counted["doc_count"], tuple(_entries(hit["_source"], read, languages) for hit in hits))


def _entries(source: Mapping[str, Any], read: str, languages: Sequence[str]) -> dict[str, Entry]:
    entries = read_facts(source, languages)
    if read in entries:
        entries[read] = read_text(source["stored"][read]).given_to(entries[read])
    return entries
