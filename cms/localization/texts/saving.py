"""Saving what a translator typed: one text at a time, checked, and nobody's words overwritten unseen."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.strings import StringValue, validate_translation_links

from cms.localization.models import SegmentChange, SegmentReview
from cms.localization.proofreading import accepted, findings_in
from cms.localization.rules import target_pages
from cms.localization.texts import inline
from cms.localization.texts.comparing import Comparison
from cms.localization.texts.fields import check_field
from cms.localization.texts.rows import Row, load_one

TITLE = "title"
STILL_THE_MACHINES = 50  # percent of the words: what a person left of them in a draft
MACHINE, MANUAL = StringTranslation.TRANSLATION_TYPE_MACHINE, StringTranslation.TRANSLATION_TYPE_MANUAL
MOST_TEXT = 100_000  # characters of one text; the longest paragraphs of real documents have 6,000


@dataclass(frozen=True)
class Typed:
    """One text as it was typed: for the row with this key, over the version that was read, 0 where there was none.

    ``confirm`` says that its translator stands by it; otherwise it is a draft. ``accepted`` are the marks of warnings
    that are right so (``proofing.Finding.mark``). ``in_review`` says that a reviewer corrects it.
    """

    key: str
    text: str
    version: int
    confirm: bool = False
    accepted: frozenset[str] = frozenset()
    in_review: bool = False


class Refused(Exception):
    """A text that is not saved. The message is a sentence for the translator."""


class SourceChanged(Refused):
    """The text of the source that was translated stands there no more."""


class Conflict(Refused):
    """Somebody else wrote the text since it was opened. ``row`` is the text as it stands now."""

    def __init__(self, message: str, row: Row) -> None:
        super().__init__(message)
        self.row = row


def normal(text: str) -> str:
    """A text without what a browser changes in it: kinds of line ends, marks of direction, space at the ends."""
    return text.replace("\r\n", "\n").replace(inline.RLM, "").strip()


def save_text(translation: Translation, typed: Typed, user: Any, page: Page | None = None) -> Row:
    """Saves the translation of one text, if it still stands at the version that was read.

    Gives the row as it stands then, with what the checks find in it, which stops nobody from saving; ``page`` is the
    target page, whose process's terms count. An empty text takes the translation away. Raises SourceChanged, Conflict,
    or Refused where codes are broken or the field does not take the text.
    """
    row = load_one(translation, typed.key)
    if row is None:
        raise SourceChanged(_("The source of this text changed meanwhile. Open the page again to see the new one."))
    data = checked(translation, row, typed.text)
    state = _state(row, typed)
    if data:
        (row.findings,) = findings_in(translation, [(row, typed.text)], page)
    right = accepted(row, typed.accepted)
    same = data == row.data and (row.state == state or not data) and row.accepted.issuperset(right)
    if same:  # also where the answer to the first attempt was lost on its way
        return row
    if row.version != typed.version or not _written(
        translation, row, data, Standing(state, right, typed.in_review), user
    ):
        stands = load_one(translation, typed.key) or row
        raise Conflict(_("Somebody changed this meanwhile."), stands)
    row.accepted = frozenset(right)
    return row


def _state(row: Row, typed: Typed) -> SegmentReview.State:
    """What the text is once it is saved. A machine's stays marked until it is confirmed or another text."""
    if typed.confirm:
        return SegmentReview.State.CONFIRMED
    if row.state == SegmentReview.State.MACHINE and Comparison(row.target).percentage(typed.text) >= STILL_THE_MACHINES:
        return SegmentReview.State.MACHINE
    return SegmentReview.State.DRAFT


@dataclass(frozen=True)
class Standing:
    """How somebody stands to a text: its state, the marks of the warnings that are right so, and whether in review."""

    state: str
    accepted: list[str]
    in_review: bool = False


def _written(translation: Translation, row: Row, data: str, standing: Standing, user: Any) -> bool:
    """Writes the text and its history, both or neither; False where another writer was first."""
    before = row.data
    try:
        with transaction.atomic():
            if not _store(translation, row, data, standing, user):
                return False
            SegmentChange.objects.create(
                translation=translation,
                context=row.segment.context,
                source=row.segment.string.data,
                before=before,
                text=data,
                state=standing.state if data else "",
                user=user,
                in_review=standing.in_review,
            )
            if row.segment.context.path == TITLE and data:
                name_draft(translation, data)
    except IntegrityError:  # the unique rows of a first translation: somebody else just made them
        return False
    return True


def checked(translation: Translation, row: Row, text: str) -> str:
    """The text as the HTML that is kept; empty for an emptied box. Raises Refused."""
    try:
        data = inline.decode(text, row.source)
        data = StringValue.from_translated_html(data).data
        validate_translation_links(row.segment.string.data, data)
    except ValueError as error:
        raise Refused(str(error)) from error
    if data and not row.rich:
        model = translation.source.specific_content_type.model_class()
        try:
            check_field(model, row.segment.context.field_path, StringValue(data).render_text())
        except ValidationError as error:
            raise Refused(" ".join(error.messages)) from error
    return data


def _store(translation: Translation, row: Row, data: str, standing: Standing, user: Any) -> bool:
    """Writes the text, of many writers at one moment one: the others are told False, or IntegrityError is raised.

    The first writer is known by the unique rows, each later one by comparing and changing the version on the row's own
    columns: through a join, PostgreSQL would not look at it again after waiting for the row.
    """
    if row.current is None:
        _store_first(translation, row, data, standing, user)
        return True
    current = row.current
    if row.version:
        won = SegmentReview.objects.filter(translation=current.pk, version=row.version).update(
            version=F("version") + 1,
            state=standing.state,
            accepted=standing.accepted,
            reviewer=None,
            updated_at=timezone.now(),
        )
        if not won:
            return False
    else:  # written by other means, without a version
        SegmentReview.objects.create(translation=current, state=standing.state, accepted=standing.accepted)
    if not data:
        current.delete()
        row.current, row.version, row.state = None, 0, row.open_state
        return True
    StringTranslation.objects.filter(pk=current.pk).update(**columns(data, user))
    current.data, current.last_translated_by, current.has_error = data, user, False
    row.version, row.state = row.version + 1, standing.state
    return True


def _store_first(translation: Translation, row: Row, data: str, standing: Standing, user: Any) -> None:
    """Makes the rows of a text that had no translation. Raises IntegrityError where somebody else just did."""
    made = StringTranslation(
        translation_of=row.segment.string,
        context=row.segment.context,
        locale=translation.target_locale,
        created_at=timezone.now(),
        **columns(data, user),
    )
    # In bulk, because wagtail-localize writes a saved title into the page as HTML (A &amp; B).
    StringTranslation.objects.bulk_create([made])
    SegmentReview.objects.create(translation=made, state=standing.state, accepted=standing.accepted)
    row.current, row.version, row.state = made, 1, standing.state


def columns(data: str, user: Any, kind: str = MANUAL, tool: str = "") -> dict[str, Any]:
    """What is written into the row of a text: its HTML, who wrote it, whether a person or a machine, and with what."""
    return {
        "data": data,
        "translation_type": kind,
        "tool_name": tool,
        "last_translated_by": user,
        "updated_at": timezone.now(),
        "has_error": False,
        "field_error": "",
    }


def name_draft(translation: Translation, data: str) -> None:
    """Gives the target page, in the lists of the administration, its translated title."""
    title = StringValue(data).render_text()
    target_pages(translation).update(draft_title=title)
