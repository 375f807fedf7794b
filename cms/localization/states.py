"""The one state of a page or document in a language: defined once, worked out from what is true at the moment.

Nothing is stored that could lag behind: a state follows from the pages, the translations, the language versions and the
reviews as they stand, in six queries for up to 10,000 things, six more for as many again.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, TextChoices
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, WorkflowState
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.localization.models import NotRequired, SegmentReview
from documents.models import LanguageVersion


class State(TextChoices):
    """The states, from the original to what need not be done."""

    ORIGINAL = "original", _("Original")
    OWN_EDITION = "own_edition", _("Edition of its own")
    UP_TO_DATE = "up_to_date", _("Up to date")
    OUTDATED = "outdated", _("Outdated")
    IN_REVIEW = "in_review", _("In review")
    IN_TRANSLATION = "in_translation", _("In translation")
    MACHINE = "machine", _("Machine draft")
    NOT_STARTED = "not_started", _("Not started")
    NOT_REQUIRED = "not_required", _("Not required")


# Nothing is to be done in these, and readers can have the text.
READY = frozenset({State.ORIGINAL, State.OWN_EDITION, State.UP_TO_DATE})

# Databases limit the values of one statement.
AT_ONCE = 10_000


@dataclass(frozen=True)
class Facts:
    """What is true of one thing in one language, and what its state is made of.

    ``done``, ``touched`` and ``machine`` count texts of ``total``: those that a person stands by, those that have any
    translation, those of them that are a machine's. ``since`` is when the source last changed.
    """

    is_original: bool = False
    has_own_edition: bool = False
    is_live: bool = False
    in_review: bool = False
    total: int = 0
    done: int = 0
    touched: int = 0
    machine: int = 0
    since: datetime | None = None
    not_required: str = ""
    page: int | None = None
    translation: int | None = None


NOTHING_KNOWN = Facts()


def state_of(facts: Facts) -> State:
    """The state that follows from the facts: the first that holds, in this order."""
    states = (
        (facts.is_original, State.ORIGINAL),
        (facts.has_own_edition, State.OWN_EDITION),
        (bool(facts.not_required), State.NOT_REQUIRED),
        (facts.translation is not None and facts.is_live and facts.done < facts.total, State.OUTDATED),
        (facts.in_review, State.IN_REVIEW),
        (facts.is_live, State.UP_TO_DATE),
        (0 < facts.touched == facts.machine, State.MACHINE),
        (facts.touched > 0, State.IN_TRANSLATION),
    )
    return next((state for holds, state in states if holds), State.NOT_STARTED)


def facts_of(keys: Sequence[UUID]) -> dict[UUID, dict[str, Facts]]:
    """The facts of these things by language code: pages by their translation key, documents by their uid.

    A language about which nothing is known is missing. Six queries for every 10,000 keys.
    """
    known: dict[UUID, dict[str, Facts]] = {}
    for start in range(0, len(keys), AT_ONCE):
        known |= _facts_of(keys[start : start + AT_ONCE])
    return known


def _facts_of(keys: Sequence[UUID]) -> dict[UUID, dict[str, Facts]]:
    found: defaultdict[UUID, dict[str, Facts]] = defaultdict(lambda: defaultdict(Facts))
    _add_pages(found, keys)
    _add_translations(found, keys)
    _add_versions(found, keys)
    for key, code, reason in NotRequired.objects.filter(translation_key__in=keys).values_list(
        "translation_key", "locale__language_code", "reason"
    ):
        found[key][code] = replace(found[key][code], not_required=reason)
    return {key: dict(languages) for key, languages in found.items()}


Found = defaultdict[UUID, dict[str, Facts]]


def _add_pages(found: Found, keys: Collection[UUID]) -> None:
    """The pages: one of a language that is no translation, whether the first or a later one, stands for itself."""
    pages = list(
        Page.objects.filter(translation_key__in=keys, alias_of=None)
        .order_by("pk")
        .values_list("pk", "translation_key", "locale__language_code", "live")
    )
    reviews = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS, object_id__in=[str(pk) for pk, *_rest in pages]
    )
    in_review = set(reviews.values_list("object_id", flat=True))
    for pk, key, code, live in pages:
        first = not found[key]
        found[key][code] = Facts(
            page=pk, is_live=live, in_review=str(pk) in in_review, is_original=first, has_own_edition=not first and live
        )


def _add_translations(found: Found, keys: Collection[UUID]) -> None:
    """The open translations: where there is one, the language it is made from is the original."""
    translations = with_all_counts(Translation.objects.filter(source__object_id__in=keys, enabled=True))
    columns = ("pk", "source__object_id", "source__locale__language_code", "target_locale__language_code")
    counts = ("total", "done", "touched", "machine", "source__last_updated_at")
    for pk, key, original, code, *numbers in translations.values_list(*columns, *counts):
        total, done, touched, machine, since = numbers
        languages = found[key]
        for other, facts in languages.items():
            languages[other] = replace(facts, is_original=other == original)
        languages[code] = replace(
            languages[code],
            translation=pk,
            is_original=False,
            has_own_edition=False,
            total=total,
            done=done,
            touched=touched,
            machine=machine,
            since=since,
        )


def _add_versions(found: Found, keys: Collection[UUID]) -> None:
    """The language versions of documents: an edition that was written or imported on its own, web page or only file."""
    versions = LanguageVersion.objects.filter(document__uid__in=keys).exclude(
        state__in=[LanguageVersion.State.AWAITED, LanguageVersion.State.WITHDRAWN]
    )
    columns = ("document__uid", "language", "origin", "document__original_language")
    for key, code, origin, original in versions.values_list(*columns):
        if origin == LanguageVersion.Origin.TRANSLATED:
            continue
        # Of many an old document nobody wrote down the original language: then its first page stands for it.
        is_original = code == original if original else found[key][code].is_original
        found[key][code] = replace(found[key][code], is_original=is_original, has_own_edition=not is_original)


def with_counts(translations: QuerySet[Translation]) -> QuerySet[Translation]:
    """The translations with their numbers of texts: ``total`` and ``done`` (:class:`Facts`)."""
    return _counting(translations, {"done": Q(review__state__in=SegmentReview.FINISHED)})


def with_all_counts(translations: QuerySet[Translation]) -> QuerySet[Translation]:
    """As :func:`with_counts`, and ``touched`` and ``machine``, which cost as much again each."""
    machine = Q(review__state=SegmentReview.State.MACHINE) | Q(
        review=None, translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE
    )
    kinds = {"done": Q(review__state__in=SegmentReview.FINISHED), "touched": Q(), "machine": machine}
    return _counting(translations, kinds)


def _counting(translations: QuerySet[Translation], kinds: dict[str, Q]) -> QuerySet[Translation]:
    """The translations with the number of their texts, and of those whose translation meets each condition."""
    made = StringTranslation.objects.filter(
        translation_of=OuterRef("string"), context=OuterRef("context"), locale=OuterRef(OuterRef("target_locale"))
    )
    segments = StringSegment.objects.filter(source=OuterRef("source")).order_by().values("source")
    counted: dict[str, Any] = {"total": segments}
    counted |= {name: segments.filter(Exists(made.filter(condition))) for name, condition in kinds.items()}
    return translations.annotate(
        **{
            name: Coalesce(Subquery(texts.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)
            for name, texts in counted.items()
        }
    )
