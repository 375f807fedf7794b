"""What was measured, in tables."""

from collections.abc import Iterator, Sequence

from tests.search.judged.measures import FIRST, PAGE, mean
from tests.search.judged.measuring import Answer, means


def table(name: str, answers: Sequence[Answer]) -> Iterator[str]:
    """The measures of an engine by language, of all queries and of those held out, as lines."""
    held_out = [answer for answer in answers if answer.judged.held_out]
    heads = (f"nDCG@{FIRST}", "MRR", f"recall@{PAGE}")
    yield f"{name}: {len(answers)} queries, {len(held_out)} of them held out"
    yield f"{'':10}{''.join(f'{head:>11}' for head in heads)}   {''.join(f'{head:>11}' for head in heads)} held out"
    held_out_means = means(held_out)
    for language, score in means(answers).items():
        apart = held_out_means[language]
        values = (score.ndcg, score.reciprocal_rank, score.recall)
        values_apart = (apart.ndcg, apart.reciprocal_rank, apart.recall)
        yield (
            f"{language:10}{''.join(f'{value:11.3f}' for value in values)}   "
            f"{''.join(f'{value:11.3f}' for value in values_apart)}"
        )
    without = mean([answer.uncorrected for answer in answers])
    values = (without.ndcg, without.reciprocal_rank, without.recall)
    helped = sum(answer.score != answer.uncorrected for answer in answers)
    yield f"{'as typed':10}{''.join(f'{value:11.3f}' for value in values)}   without corrections, which change {helped}"


def shortcomings(answers: Sequence[Answer]) -> Iterator[str]:
    """The queries without the best first ten, worst first: what was found with its grades, and what was not.

    Of those held out only the measure is shown.
    """
    for answer in sorted(answers, key=lambda answer: answer.score.ndcg):
        if answer.score.ndcg > 0.999:
            continue
        judged, found = answer.judged, answer.found[:FIRST]
        yield f"{answer.score.ndcg:.3f}  {judged.label}  ({judged.tests}{', held out' if judged.held_out else ''})"
        if judged.held_out:
            continue
        yield f"         found {', '.join(f'{name} ({answer.grades.get(name, 0)})' for name in found) or 'nothing'}"
        missing = [f"{name} ({grade})" for name, grade in answer.grades.items() if name not in found]
        if missing:
            yield f"         lacks {', '.join(missing)}"
