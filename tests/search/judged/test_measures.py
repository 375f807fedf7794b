"""The measures themselves, and the judged queries as data."""

from collections import Counter

import pytest

from tests.search.engines.entries import LANGUAGES
from tests.search.judged.judgments import judged_queries
from tests.search.judged.measures import score_of

GRADES = {"a": 3, "b": 2, "c": 1}


@pytest.mark.parametrize(
    ("found", "ndcg", "rank", "recall"),
    [
        pytest.param("abc", 1.0, 1.0, 1.0, id="best order"),
        pytest.param("xyz", 0.0, 0.0, 0.0, id="nothing of it"),
        pytest.param("", 0.0, 0.0, 0.0, id="nothing at all"),
        pytest.param("ba", (3 + 7 * 0.6309) / (7 + 3 * 0.6309 + 0.5), 0.5, 2 / 3, id="best one second"),
        pytest.param("x" * 10 + "abc", 0.0, 1 / 11, 1.0, id="on the page, not among the first ten"),
    ],
)
def test_a_list_is_worth(found: str, ndcg: float, rank: float, recall: float) -> None:
    score = score_of(list(found), GRADES)
    assert (score.ndcg, score.reciprocal_rank, score.recall) == pytest.approx((ndcg, rank, recall), abs=1e-3)


def test_every_language_has_its_queries_and_some_held_out() -> None:
    queries = judged_queries()
    assert len({(query.language, query.words) for query in queries}) == len(queries) >= 150
    assert all(Counter(query.language for query in queries)[language] >= 25 for language in LANGUAGES)
    assert all(Counter(query.language for query in queries if query.held_out)[language] >= 8 for language in LANGUAGES)
