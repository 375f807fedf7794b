"""The checks over the texts of a translation, with what the site knows of symbols, terms and fields."""

from collections.abc import Iterable, Sequence
from typing import Any

from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.localization.glossary.terms import names_in
from cms.localization.models import SegmentReview
from cms.localization.proofing import Finding, Pair, Rules, findings_of
from cms.localization.texts.fields import bound
from cms.localization.texts.rows import Row, load
from documents.symbol_tables import symbol_tables


def rules_for(translation: Translation) -> Rules:
    """What holds for all texts of a translation. No query where the tables of symbols are kept."""
    source, target = translation.source.locale, translation.target_locale
    return Rules(source.language_code, target.language_code, symbol_tables())


def findings_in(translation: Translation, texts: Sequence[tuple[Row, str]], page: Page | None) -> list[list[Finding]]:
    """What is found in these texts, each given with its row, as their translators see them. One query.

    ``page`` tells whose terms hold: those of the processes above it.
    """
    rules = rules_for(translation)
    sources = [row.source.text for row, _text in texts]
    terms = names_in(sources, rules.source_language, rules.target_language, page) if texts else []
    model = translation.source.specific_content_type.model_class()
    return [
        findings_of(Pair(row.source, text, longest(model, row), found), rules)
        for (row, text), found in zip(texts, terms, strict=True)
    ]


def proofread(translation: Translation, rows: Iterable[Row], page: Page | None) -> None:
    """Puts what is found into the rows that have a translation. One query."""
    done = [row for row in rows if row.current is not None]
    for row, findings in zip(done, findings_in(translation, [(row, row.target) for row in done], page), strict=True):
        row.findings = findings


def rows_with_errors(translation: Translation) -> list[Row]:
    """The texts that stop the publishing. Two queries: terms make warnings only."""
    rules = rules_for(translation)
    model = translation.source.specific_content_type.model_class()
    rows = [row for row in load(translation) if row.current is not None]
    for row in rows:
        row.findings = findings_of(Pair(row.source, row.target, longest(model, row)), rules)
    return [row for row in rows if row.errors]


def accept_all(rows: Iterable[Row]) -> None:
    """Notes that all warnings in these rows were looked at and are right so. Two queries."""
    asking = {row.current.pk: row for row in rows if row.current is not None and row.questions}
    reviews = list(SegmentReview.objects.filter(translation__in=asking))
    for review in reviews:
        review.accepted = accepted(
            asking[review.translation_id], {one.mark for one in asking[review.translation_id].questions}
        )
    SegmentReview.objects.bulk_update(reviews, ["accepted"])


def accepted(row: Row, more: Iterable[str] = ()) -> list[str]:
    """The marks of the row's warnings that are accepted, with those of them that are accepted now."""
    said = {*row.accepted, *more}
    return sorted({one.mark for one in row.findings if not one.is_error and one.mark in said})


def longest(model: Any, row: Row) -> int | None:
    """How many characters the field of a text takes; None for any number. Rich text has no bound."""
    return None if row.rich else bound(model, row.segment.context.field_path)
