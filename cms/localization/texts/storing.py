"""Many translated texts of a page written at once, each only over the version that was read."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from wagtail_localize.models import StringTranslation, Translation

from cms.localization.models import SegmentChange, SegmentReview
from cms.localization.texts.rows import Row
from cms.localization.texts.saving import MACHINE, MANUAL, TITLE, columns, name_draft

AT_ONCE = 200  # rows in one statement; databases limit its parameters


@dataclass(frozen=True)
class Change:
    """A text to be written for a row as it was read: checked HTML, its new state, and by what it was made."""

    row: Row
    data: str
    state: str
    tool: str = ""


@transaction.atomic
def store(translation: Translation, changes: Sequence[Change], user: Any, *, in_review: bool = False) -> set[str]:
    """Writes the texts that still stand at the version that was read; gives the keys of the others' rows.

    ``in_review`` says that a reviewer corrects them.
    Some ten queries for up to two hundred texts, whatever their number. The rows stay locked to the end of the
    transaction, so that nobody writes one between reading its version and writing it.
    """
    before = {change.row.key: change.row.data for change in changes}
    by_review = [change for change in changes if change.row.current and change.row.version]
    bare = [change for change in changes if change.row.current and not change.row.version]
    first = [change for change in changes if change.row.current is None]
    # Reviews before texts, as whoever saves one text locks them.
    written = [*_with_version(by_review), *_without_version(bare)]
    _overwrite(written, user)
    written += _first(translation, first, user)
    _tell(translation, written, before, user, in_review=in_review)
    done = {change.row.key for change in written}
    return {change.row.key for change in changes} - done


def _chunks(changes: Sequence[Change]) -> Iterator[dict[int, Change]]:
    """The changes of stored texts, by the text's key, so many as one statement takes."""
    ordered = sorted((change.row.current.pk, change) for change in changes if change.row.current)
    for start in range(0, len(ordered), AT_ONCE):
        yield dict(ordered[start : start + AT_ONCE])


def _with_version(changes: Sequence[Change]) -> Iterator[Change]:
    """Counts the versions up; gives the changes whose text still has the version that was read."""
    for chunk in _chunks(changes):
        held = SegmentReview.objects.select_for_update().filter(translation__in=chunk).order_by("translation")
        same: defaultdict[str, list[int]] = defaultdict(list)
        for pk, text, version in held.values_list("pk", "translation_id", "version"):
            if version == chunk[text].row.version:
                same[chunk[text].state].append(pk)
                yield chunk[text]
        for state, reviews in same.items():
            SegmentReview.objects.filter(pk__in=reviews).update(
                version=F("version") + 1, state=state, reviewer=None, updated_at=timezone.now()
            )


def _without_version(changes: Sequence[Change]) -> Iterator[Change]:
    """Makes the versions of texts that were written by other means; gives those that still read as they were read."""
    for chunk in _chunks(changes):
        held = StringTranslation.objects.select_for_update().filter(pk__in=chunk).order_by("pk")
        standing = [pk for pk, data in held.values_list("pk", "data") if data == chunk[pk].row.data]
        # Asked when the texts are held: whoever was quicker has made a review by then.
        reviewed = set(SegmentReview.objects.filter(translation__in=standing).values_list("translation_id", flat=True))
        mine = [chunk[pk] for pk in standing if pk not in reviewed]
        _make_reviews((change.row.current.pk, change) for change in mine if change.row.current)
        yield from mine


def _make_reviews(texts: Iterable[tuple[int, Change]]) -> None:
    SegmentReview.objects.bulk_create(
        (SegmentReview(translation_id=pk, state=change.state) for pk, change in texts), batch_size=AT_ONCE
    )


def _overwrite(changes: Sequence[Change], user: Any) -> None:
    """Writes texts over those that are there."""
    texts = []
    for change in changes:
        text: Any = change.row.current
        for name, value in _columns(change, user).items():
            setattr(text, name, value)
        texts.append(text)
    if texts:
        StringTranslation.objects.bulk_update(texts, list(_columns(changes[0], user)), batch_size=AT_ONCE)


def _first(translation: Translation, changes: Sequence[Change], user: Any) -> list[Change]:
    """Writes texts where there was none; gives those that nobody else wrote at the same moment."""
    if not changes:
        return []
    StringTranslation.objects.bulk_create(
        (
            StringTranslation(
                translation_of=change.row.segment.string,
                context=change.row.segment.context,
                locale=translation.target_locale,
                **_columns(change, user),
            )
            for change in changes
        ),
        batch_size=AT_ONCE,
        ignore_conflicts=True,
    )
    by_place = {(change.row.segment.context_id, change.row.segment.string_id): change for change in changes}
    bare = StringTranslation.objects.filter(
        context__object_id=translation.source.object_id, locale=translation.target_locale_id, review=None
    )
    mine = [
        (pk, by_place[context, string])
        for pk, context, string, data in bare.values_list("pk", "context_id", "translation_of_id", "data")
        if (context, string) in by_place and data == by_place[context, string].data
    ]
    _make_reviews(mine)
    return [change for _pk, change in mine]


def _columns(change: Change, user: Any) -> dict[str, Any]:
    kind = MACHINE if change.state == SegmentReview.State.MACHINE else MANUAL
    return columns(change.data, user, kind, change.tool)


def _tell(
    translation: Translation, changes: Sequence[Change], before: dict[str, str], user: Any, *, in_review: bool
) -> None:
    """Writes the history, with what each row had before, and the title in the lists of the administration."""
    SegmentChange.objects.bulk_create(
        (
            SegmentChange(
                translation=translation,
                context=change.row.segment.context,
                source=change.row.segment.string.data,
                before=before[change.row.key],
                text=change.data,
                state=change.state,
                user=user,
                in_review=in_review,
            )
            for change in changes
        ),
        batch_size=AT_ONCE,
    )
    for change in changes:
        if change.row.segment.context.path == TITLE:
            name_draft(translation, change.data)
