"""What a translator sees of a page: its texts in order, each with its translation, read in a handful of queries."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment, StringTranslation, TemplateSegment, Translation

from cms.core.keys import key_in
from cms.core.languages import direction
from cms.localization.models import SegmentReview, SourceChange
from cms.localization.proofing import Finding
from cms.localization.texts import inline
from cms.localization.texts.comparing import ALIKE, likeness, word_diff
from cms.localization.texts.places import Place, outline, place_of

# States of a text that nobody has translated as it stands now.
MISSING, OUTDATED = "missing", "outdated"
# The tool by which drafts were made that the translation memory filled in.
MEMORY = "memory"


@dataclass
class Row:
    """One text of the source and its translation. ``key`` names it in forms, by place and text."""

    key: str
    segment: StringSegment
    source: inline.Coded
    attrs: dict[str, dict[str, Any]]
    rtl: bool
    place: Place
    rich: bool = False
    state: str = MISSING
    version: int = 0
    current: StringTranslation | None = None
    previous: StringTranslation | None = None
    comments: int = 0  # not done yet; counted where the editor shows them
    findings: list[Finding] = field(default_factory=list)  # where they were asked for (``proofreading``)
    accepted: frozenset[str] = frozenset()

    @property
    def kind(self) -> str:
        """What kind of text it is, in the reader's language."""
        return self.place.kind

    @property
    def label(self) -> str:
        """Its label as printed, such as the number of a paragraph or the mark of a footnote; empty without one."""
        return self.place.label

    @property
    def section(self) -> str:
        """The heading above it; empty above the first."""
        return self.place.section

    @property
    def errors(self) -> list[Finding]:
        """The findings that stop the publishing."""
        return [finding for finding in self.findings if finding.is_error]

    @property
    def questions(self) -> list[Finding]:
        """The warnings of which nobody has said yet that it is right so."""
        return [one for one in self.findings if not one.is_error and one.mark not in self.accepted]

    @property
    def open_state(self) -> str:
        """The state of the text where it has no translation."""
        return OUTDATED if self.previous else MISSING

    @property
    def state_label(self) -> str:
        """The state in words."""
        open_labels = {MISSING: _("Not translated"), OUTDATED: _("Source changed")}
        if self.state == SegmentReview.State.DRAFT and self.current and self.current.tool_name == MEMORY:
            return _("Draft from the translation memory")
        return open_labels.get(self.state) or str(SegmentReview.State(self.state).label)

    @property
    def finished(self) -> bool:
        """Whether a person stands by the translation."""
        return self.state in SegmentReview.FINISHED

    @cached_property
    def changed(self) -> list[tuple[str, str]]:
        """What changed in the source, word by word, as ``(operation, text)``: "=" kept, "-" gone, "+" new."""
        return word_diff(self.previous_source, self.source.text) if self.previous else []

    @property
    def data(self) -> str:
        """The translation as it is kept, an HTML fragment; empty if there is none."""
        return self.current.data if self.current else ""

    @property
    def target(self) -> str:
        """The translation as its translator sees it; empty if there is none."""
        return self.shown(self.current.data) if self.current else ""

    @property
    def previous_target(self) -> str:
        """The translation of what stood here before the source changed; empty if there is none."""
        return self.shown(self.previous.data) if self.previous else ""

    @property
    def previous_source(self) -> str:
        """What stood here before the source changed."""
        return inline.encode(self.previous.translation_of.data, self.attrs).text if self.previous else ""

    def shown(self, data: str) -> str:
        """A stored translation with the codes of this source."""
        return inline.show(data, self.source, self.attrs, rtl=self.rtl)


def load(translation: Translation) -> list[Row]:
    """The texts of a translation's source in order, each place and text once.

    Two queries, whatever their number, and one more where texts of the source changed.
    """
    return list(_rows(translation, _segments(translation)).values())


def load_one(translation: Translation, key: str) -> Row | None:
    """The text with this key as it stands; None where the source has it no more. Queries as :func:`load`."""
    context = key_in(key.partition("-")[0])
    if context is None:
        return None
    return _rows(translation, _segments(translation).filter(context=context), context).get(key)


def _segments(translation: Translation) -> QuerySet[StringSegment]:
    template = TemplateSegment.objects.filter(source=OuterRef("source"), context=OuterRef("context"))
    found: QuerySet[StringSegment] = StringSegment.objects.filter(source=translation.source_id)
    return found.annotate(rich=Exists(template)).select_related("context", "string").order_by("order", "pk")


def _rows(translation: Translation, segments: QuerySet[StringSegment], context: int | None = None) -> dict[str, Row]:
    """The rows of some segments by their key, with what was translated at their places; of one place on request."""
    source = translation.source
    made = StringTranslation.objects.filter(locale=translation.target_locale_id, context__object_id=source.object_id)
    if context is not None:
        made = made.filter(context=context)
    rtl = direction(translation.target_locale.language_code) == "rtl"
    model = source.specific_content_type.model_class()
    standings = outline(json.loads(source.content_json))

    rows: dict[str, Row] = {}
    for segment in segments:
        key = f"{segment.context_id}-{segment.string_id}"
        if key in rows:
            continue
        attrs = json.loads(segment.attrs) or {} if segment.attrs else {}
        rows[key] = Row(
            key=key,
            segment=segment,
            source=inline.encode(segment.string.data, attrs),
            attrs=attrs,
            rtl=rtl,
            place=place_of(model, segment.context, standings),
            rich=segment.rich,
        )
    _fill(rows, made)
    return rows


def _fill(rows: dict[str, Row], made: QuerySet[StringTranslation]) -> None:
    """Gives each row its translation, or else the one of what stood at its place before."""
    left: defaultdict[int, list[StringTranslation]] = defaultdict(list)
    for entry in made.select_related("translation_of", "last_translated_by", "review").order_by("updated_at", "pk"):
        row = rows.get(f"{entry.context_id}-{entry.translation_of_id}")
        if row is None:
            left[entry.context_id].append(entry)
            continue
        review = getattr(entry, "review", None)
        row.current = entry
        row.version = review.version if review else 0
        row.accepted = frozenset(review.accepted) if review else frozenset()
        row.state = state_of_text(entry)
    waiting = [row for row in rows.values() if row.current is None and left.get(row.segment.context_id)]
    if not waiting:
        return
    _take_known(waiting, left)
    for row in waiting:
        former = left[row.segment.context_id]
        if row.previous is None and former:
            row.previous = _former(row, former)
        row.state = row.open_state


def state_of_text(entry: StringTranslation) -> str:
    """The state of a translated text, also where it was written by other means than this workplace."""
    review = getattr(entry, "review", None)
    if review is not None:
        return str(review.state)
    machine = entry.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE
    return SegmentReview.State.MACHINE if machine else SegmentReview.State.DRAFT


def before_it(source: int, contexts: Iterable[int]) -> dict[tuple[int, int], int]:
    """Which text stood before another at these places of a source: its string by context and string. One query."""
    changes = SourceChange.objects.filter(source=source, context__in=set(contexts)).order_by("pk")
    return {(context, after): before for context, after, before in changes.values_list("context", "after", "before")}


def forerunners(known: dict[tuple[int, int], int], context: int, string: int) -> Iterator[int]:
    """The texts that stood at a place before this one, the newest first, by the keys of their strings."""
    seen = {string}
    while (string := known.get((context, string), string)) not in seen:
        seen.add(string)
        yield string


def _take_known(rows: list[Row], left: dict[int, list[StringTranslation]]) -> None:
    """Gives rows the translation of what is known to have stood at their place before (``SourceChange``)."""
    known = before_it(rows[0].segment.source_id, (row.segment.context_id for row in rows))
    for row in rows:
        former = left[row.segment.context_id]
        by_string = {entry.translation_of_id: entry for entry in former}
        earlier = forerunners(known, row.segment.context_id, row.segment.string_id)
        row.previous = next((by_string[string] for string in earlier if string in by_string), None)
        if row.previous is not None:
            former.remove(row.previous)


def _former(row: Row, former: list[StringTranslation]) -> StringTranslation | None:
    """The newest of the most similar texts that stood at the row's place, once each; None where none is alike."""

    def alike(entry: StringTranslation) -> float:
        return likeness(entry.translation_of.data, row.segment.string.data)

    best = max(reversed(former), key=alike)
    if alike(best) < ALIKE:
        return None
    former.remove(best)
    return best


def progress(rows: list[Row]) -> tuple[int, int]:
    """How many texts are finished, and how many there are."""
    return sum(row.finished for row in rows), len(rows)
