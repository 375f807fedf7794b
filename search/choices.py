"""What editors chose for search, synonyms and promoted results: read once, and again when any of it changed."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from cms.core.periods import period_holds
from cms.core.prepared import Prepared
from search.engines.analysis import stemmed, tokens
from search.models import PromotedResult, SynonymGroup


@dataclass(frozen=True)
class Promotion:
    """A promoted result: a document by its key, or a page by its translation key, with a description by language."""

    document: int | None
    page: UUID | None
    reason: Mapping[str, str]
    starts_on: datetime.date | None
    ends_on: datetime.date | None

    def holds(self, day: datetime.date) -> bool:
        """Whether it is shown on this day."""
        return period_holds(self.starts_on, self.ends_on, day)


@dataclass(frozen=True)
class Choices:
    """Groups of synonyms by language, as they were typed; promotions by language and stems of the query."""

    synonyms: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    promotions: Mapping[tuple[str, str], tuple[Promotion, ...]] = field(default_factory=dict)

    def promoted_for(self, words: str, language: str) -> tuple[Promotion, ...]:
        """What is promoted for these words, in a language, in the order in which it was added."""
        return self.promotions.get((language, stemmed(tokens(words), language)), ())


class _Remembered:
    """The choices as this process read them last, and the sums of the stamps that they were read after."""

    sums: tuple[Any, ...] = ()
    choices = Choices()


_remembered = _Remembered()


def current_choices() -> Choices:
    """The choices as they are now. One query, and two more after a change."""
    sums = _sums()
    if sums != _remembered.sums:
        # Read after the sums: what is newer than these is read again the next time.
        _remembered.choices = Choices(_read_synonyms(), _read_promotions())
        _remembered.sums = sums
    return _remembered.choices


def latest_choices() -> Choices:
    """The choices as they were when `current_choices` was asked last. No query."""
    return _remembered.choices


def _sums() -> tuple[Any, ...]:
    return tuple(sorted(map(tuple, _both_sums().rows())))


@lru_cache(maxsize=1)
def _both_sums() -> Prepared:
    synonyms, promoted = (_sum(number, model) for number, model in enumerate((SynonymGroup, PromotedResult)))
    return Prepared(synonyms.union(promoted, all=True))


def _sum(number: int, model: Any) -> QuerySet[Any, tuple[int, int]]:
    """The sum of a model's stamps after a number that tells it from others; nothing, or an empty sum, without rows."""
    rows: Any = model._default_manager.order_by().values(number=Value(number))
    summed: QuerySet[Any, tuple[int, int]] = rows.annotate(total=Coalesce(Sum("stamp"), 0)).values_list(
        "number", "total"
    )
    return summed


def _read_synonyms() -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for group in SynonymGroup.objects.order_by("pk"):
        found[group.language] = (*found.get(group.language, ()), group.lines)
    return found


def _read_promotions() -> dict[tuple[str, str], tuple[Promotion, ...]]:
    """Stems are worked out here and not stored: they change with the analysis."""
    found: dict[tuple[str, str], tuple[Promotion, ...]] = {}
    for result in PromotedResult.objects.select_related("page").order_by("pk"):
        key = result.page.translation_key if result.page else None
        promotion = Promotion(result.document_id, key, result.reason, result.starts_on, result.ends_on)
        languages = [result.language] if result.language else [code for code, _name in settings.LANGUAGES]
        for place in {(code, stemmed(tokens(line), code)) for code in languages for line in result.lines}:
            found[place] = (*found.get(place, ()), promotion)
    return found
