"""What a list of results is worth, by the grades of what should be in it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FIRST = 10  # results on which gain and agreement are measured
PAGE = 20  # results of a page, in which everything should be found


@dataclass(frozen=True)
class Score:
    """The measures of one query, or their means over several; each 0 to 1."""

    ndcg: float
    reciprocal_rank: float
    recall: float


def score_of(found: Sequence[str], grades: Mapping[str, int]) -> Score:
    """The measures of the names found, in their order, for a query with at least one grade.

    ndcg: discounted cumulative gain of the first ten, 2^grade - 1 each, by that of the best order (Burges et al.,
    Learning to Rank using Gradient Descent, 2005)
    reciprocal_rank: one by the place of the first document with the best grade that there is
    recall: the share of the documents with a grade among the first twenty, of at most twenty
    """
    best = max(grades.values())
    ranks = [place for place, name in enumerate(found[:PAGE], start=1) if grades.get(name) == best]
    held = len(set(found[:PAGE]) & grades.keys())
    return Score(
        ndcg=_gain([grades.get(name, 0) for name in found]) / _gain(sorted(grades.values(), reverse=True)),
        reciprocal_rank=1 / ranks[0] if ranks else 0.0,
        recall=held / min(len(grades), PAGE),
    )


def mean(scores: Sequence[Score]) -> Score:
    """The means of at least one score."""
    return Score(
        ndcg=sum(score.ndcg for score in scores) / len(scores),
        reciprocal_rank=sum(score.reciprocal_rank for score in scores) / len(scores),
        recall=sum(score.recall for score in scores) / len(scores),
    )


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades[:FIRST], start=1))
