"""Translations carried over to a text that says the same: where only links differ, and where a correction is minor."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from cms.localization.models import SegmentChange, SegmentReview, SourceChange
from cms.localization.proofing import Kind
from cms.localization.texts.naming import carried, shape

AT_ONCE = 500  # rows in one statement; databases limit its parameters


@dataclass(frozen=True)
class Place:
    """One text at one place of a source, by the keys of its context and its string."""

    context: int
    string: int


@dataclass(frozen=True)
class Text:
    """A translation of the source text ``source``. ``row`` is the stored one that it goes back to."""

    source: str
    data: str
    row: StringTranslation


Texts = dict[Place, Text]


def carry_over(source: TranslationSource, user: Any = None) -> Counter[int]:
    """Gives translations to texts that lack them where the page had one of the same words: how many, by locale.

    That is where only the links or the printed marks of footnotes changed, where a text moved to another place, and
    where the change was marked as minor. States go with the texts, and versions grow. At most seven queries, whatever
    the number of texts and languages, and three more for each 500 texts that are written.
    """
    made = _made(source)
    if not made:
        return Counter()
    segments = StringSegment.objects.filter(source=source).values_list("context_id", "string_id", "string__data")
    present = {Place(context, string): data for context, string, data in segments}
    if all(place in texts for texts in made.values() for place in present):
        return Counter()
    changes = list(SourceChange.objects.filter(source=source, minor=True).select_related("before", "after"))
    new: list[tuple[Place, Text]] = []
    for texts in made.values():
        found = _minor(texts, changes)
        found |= _same_words(texts | found, present)
        new += [(place, text) for place, text in found.items() if place in present]
    if new:
        _write(source, new, user)
    return Counter(text.row.locale_id for _place, text in new)


def _made(source: TranslationSource) -> Mapping[int, Texts]:
    """All that was ever translated of a source's page, by locale, oldest first. One query."""
    made: defaultdict[int, Texts] = defaultdict(dict)
    rows = StringTranslation.objects.filter(context__object_id=source.object_id, has_error=False)
    for row in rows.select_related("translation_of", "review").order_by("updated_at", "pk"):
        made[row.locale_id][Place(row.context_id, row.translation_of_id)] = Text(row.translation_of.data, row.data, row)
    return made


def _minor(texts: Texts, changes: Iterable[SourceChange]) -> Texts:
    """What minor changes, one after the other, leave standing of the translations into one language."""
    found: Texts = {}
    for change in changes:
        before = Place(change.context_id, change.before_id)
        after = Place(change.context_id, change.after_id)
        text = found.get(before) or texts.get(before)
        if text is None or after in texts:
            continue
        data = carried(text.data, change.before.data, change.after.data)
        if data is not None:
            found[after] = Text(change.after.data, data, text.row)
    return found


def _same_words(texts: Texts, present: Mapping[Place, str]) -> Texts:
    """Translations of texts that stand nowhere in the page any more, for those of the same words that lack one.

    Of several the one of the same place comes first, then the newest.
    """
    left: defaultdict[str, list[tuple[Place, Text]]] = defaultdict(list)
    for place, text in texts.items():
        if place not in present:
            left[shape(text.source)].append((place, text))
    found: Texts = {}
    for place, data in present.items():
        candidates = left.get(shape(data)) if left and place not in texts else None
        if not candidates:
            continue
        _place, best = max(reversed(candidates), key=lambda entry: entry[0].context == place.context)
        words = carried(best.data, best.source, data)
        if words is not None:
            found[place] = Text(data, words, best.row)
    return found


@transaction.atomic
def _write(source: TranslationSource, new: list[tuple[Place, Text]], user: Any) -> None:
    """Stores the texts beside the old ones, which stay for when the source is changed back.

    Where a translator was quicker, the translator's text stands.
    """
    StringTranslation.objects.bulk_create(
        (
            StringTranslation(
                translation_of_id=place.string,
                context_id=place.context,
                locale_id=text.row.locale_id,
                data=text.data,
                translation_type=text.row.translation_type,
                tool_name=text.row.tool_name,
                last_translated_by_id=text.row.last_translated_by_id,
            )
            for place, text in new
        ),
        batch_size=AT_ONCE,
        ignore_conflicts=True,
    )
    bare = StringTranslation.objects.filter(context__object_id=source.object_id, review=None)
    stored = {
        (locale, Place(context, string)): (pk, data)
        for pk, locale, context, string, data in bare.values_list(
            "pk", "locale_id", "context_id", "translation_of_id", "data"
        )
    }
    translations = dict(Translation.objects.filter(source=source).values_list("target_locale_id", "pk"))
    reviews, changes = [], []
    for place, text in new:
        pk, data = stored.get((text.row.locale_id, place), (None, ""))
        if pk is None or data != text.data:
            continue
        review = getattr(text.row, "review", None)
        if review is not None:
            reviews.append(
                SegmentReview(
                    translation_id=pk,
                    state=review.state,
                    version=review.version + 1,
                    accepted=_still_accepted(text, review.accepted),
                    reviewer_id=review.reviewer_id,
                )
            )
        if text.row.locale_id in translations:
            changes.append(
                SegmentChange(
                    translation_id=translations[text.row.locale_id],
                    context_id=place.context,
                    source=text.source,
                    before=text.row.data,
                    text=text.data,
                    state=review.state if review else "",
                    user=user,
                )
            )
    SegmentReview.objects.bulk_create(reviews, batch_size=AT_ONCE, ignore_conflicts=True)
    SegmentChange.objects.bulk_create(changes, batch_size=AT_ONCE)


def _still_accepted(text: Text, accepted: Iterable[str]) -> list[str]:
    """The warnings of a text that are right so after a small correction of its source, too.

    Each names what it is about, so that another number or term asks anew; codes alone are named by their order.
    """
    if shape(text.row.translation_of.data) == shape(text.source):
        return list(accepted)
    return [mark for mark in accepted if not mark.startswith(f"{Kind.CODE}:")]
