"""What came before a text: who changed it from what to what, and what stood there before its source changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wagtail_localize.models import String, StringTranslation, Translation

from cms.localization.models import SegmentChange, SegmentReview
from cms.localization.texts import inline
from cms.localization.texts.comparing import word_diff
from cms.localization.texts.rows import Row, before_it, forerunners

MOST_CHANGES = 50  # the newest ones; nobody reads on, and a text may have hundreds
Difference = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Change:
    """One change of a text: by whom (None where nobody is known any more), when, to which state, and what differs.

    ``state`` is in words, empty where the text was taken away. ``difference`` is that of ``comparing.word_diff``, empty
    where the words stayed as they were.
    """

    at: datetime
    user: Any
    state: str
    difference: Difference


@dataclass(frozen=True)
class Former:
    """What stood at a place before: how the source differs from it now, its translation, and how that differs now.

    ``target`` is empty where it was never translated, ``difference`` where the present text has no translation yet.
    """

    source_difference: Difference
    target: str
    difference: Difference


def changes(translation: Translation, row: Row) -> list[Change]:
    """The changes of a text, newest first, with the codes of its present source. One query."""
    found = SegmentChange.objects.of_text(translation, row.segment.context_id)[:MOST_CHANGES]
    return [
        Change(
            at=change.at,
            user=change.user,
            state=str(SegmentReview.State(change.state).label) if change.state else "",
            difference=difference(row.shown(change.before), row.shown(change.text)),
        )
        for change in found
    ]


def difference(before: str, after: str) -> Difference:
    """The words that differ, as ``comparing.word_diff``; empty where none do."""
    return word_diff(before, after) if before != after else []


def former(translation: Translation, row: Row) -> Former | None:
    """What stood at the text's place before its source changed; None where it never did. Three queries at most."""
    if row.previous is not None:
        return Former(row.changed, row.previous_target, [])
    context, string = row.segment.context_id, row.segment.string_id
    earlier = list(forerunners(before_it(translation.source_id, [context]), context, string))
    if not earlier:
        return None
    made = {
        entry.translation_of_id: entry
        for entry in StringTranslation.objects.filter(
            locale=translation.target_locale_id, context=context, translation_of__in=earlier
        ).select_related("translation_of")
    }
    entry = next((made[string] for string in earlier if string in made), None)
    before = entry.translation_of.data if entry else String.objects.values_list("data", flat=True).get(pk=earlier[0])
    target = row.shown(entry.data) if entry else ""
    return Former(
        source_difference=difference(inline.encode(before, row.attrs).text, row.source.text),
        target=target,
        difference=difference(target, row.target) if target and row.target else [],
    )
