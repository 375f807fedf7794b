"""Asks an engine the judged queries and compares engines."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from search.correcting import corrected
from search.engines.base import Engine, Query, Results
from tests.search.judged.archive import Archive
from tests.search.judged.judgments import Judged
from tests.search.judged.known_items import known_items
from tests.search.judged.measures import FIRST, Score, mean, score_of

MOST_READ = 30  # results of a query that are looked at
LEAST_OVERALL = 0.9  # nDCG of the first ten
LEAST_IN_A_LANGUAGE = 0.85


@dataclass(frozen=True)
class Answer:
    """What an engine found for a query, by name in its order, what was expected of it, and what it is worth.

    `found` is without documents of the topic that the reader cannot read: they are neither expected nor out of place.
    It is what the search page shows: where nothing holds what was typed, the results of a correction. `uncorrected` is
    what the query would be worth without one.
    """

    judged: Judged
    grades: Mapping[str, int]
    found: tuple[str, ...]
    score: Score
    uncorrected: Score


def ask_all(engine: Engine, archive: Archive, queries: Iterable[Judged]) -> list[Answer]:
    """Builds the engine's index of the archive and asks it every query that the archive has an answer to."""
    engine.rebuild(archive.entries)
    languages = archive.languages()
    expected = [(judged, judged.graded(languages)) for judged in queries]
    return [_asked(engine, archive, judged, grades) for judged, grades in expected if grades]


def _asked(engine: Engine, archive: Archive, judged: Judged, grades: Mapping[str, int]) -> Answer:
    query = Query(judged.words, judged.language, archive.visibility, page_size=MOST_READ)
    typed = engine.search(query)
    shown, _correction = corrected(engine, query, typed)

    def told(results: Results) -> tuple[str, ...]:
        names = _names(archive, results)
        return tuple(name for name in names if name in grades or name not in judged.grades)

    found = told(shown)
    return Answer(judged, grades, found, score_of(found, grades), score_of(told(typed), grades))


def _names(archive: Archive, results: Results) -> Iterator[str]:
    return (archive.names[hit.document_key] for hit in results.hits)


def means(answers: Sequence[Answer]) -> Mapping[str, Score]:
    """The means by language, and of all under "overall"."""
    languages = dict.fromkeys(answer.judged.language for answer in answers)
    by_language = {
        language: mean([answer.score for answer in answers if answer.judged.language == language])
        for language in languages
    }
    return {**by_language, "overall": mean([answer.score for answer in answers])}


def too_low(answers: Sequence[Answer]) -> list[str]:
    """What stays below the floors, as lines to be read."""
    return [
        f"nDCG@{FIRST} {name}: {score.ndcg:.3f}, at least {floor}"
        for name, score in means(answers).items()
        if score.ndcg < (floor := LEAST_OVERALL if name == "overall" else LEAST_IN_A_LANGUAGE)
    ]


def disagreements(one: Sequence[Answer], other: Sequence[Answer]) -> list[str]:
    """The queries whose first ten differ between two engines, as lines to be read."""
    return [
        f"{left.judged.label}: {', '.join(left.found[:FIRST])} | {', '.join(right.found[:FIRST])}"
        for left, right in zip(one, other, strict=True)
        if left.found[:FIRST] != right.found[:FIRST]
    ]


def ranks_of_known_items(engine: Engine, archive: Archive) -> Mapping[str, Sequence[float]]:
    """By kind, for each query made from a document one by its place in the results; 0 where it is not found.

    The engine's index is of this archive.
    """
    ranks: dict[str, list[float]] = {}
    for item in known_items(archive):
        query = Query(item.words, item.language, archive.visibility, page_size=MOST_READ)
        shown, _correction = corrected(engine, query, engine.search(query))
        found = list(_names(archive, shown))
        ranks.setdefault(item.kind, []).append(1 / (found.index(item.name) + 1) if item.name in found else 0.0)
    return ranks
