"""Filling the open texts of a page: with what the translation memory knows, and with an engine where there is one.

Only texts without a translation are filled, and nothing that somebody writes meanwhile is written over.
"""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail_localize.models import Translation

from cms.core.visibility import Viewer
from cms.localization import machine
from cms.localization.memory.matching import exact
from cms.localization.models import Filling, SegmentReview
from cms.localization.reviewing import writing_refusal
from cms.localization.rules import target_for
from cms.localization.texts.rows import MEMORY, Row, load
from cms.localization.texts.saving import Refused, checked
from cms.localization.texts.storing import Change, store
from cms.users.people import language_of


def open_rows(translation: Translation) -> list[Row]:
    """The texts without a translation. Two queries, or three."""
    return [row for row in load(translation) if row.current is None]


def fill_from_memory(translation: Translation, rows: Sequence[Row], user: Any, viewer: Viewer) -> int:
    """Makes drafts of what was translated before, word for word; gives how many.

    ``viewer`` says what the user may see of the memory. Of several translations the newest is taken. Some 15 queries.
    """
    known = exact(translation, rows, viewer)
    changes = []
    for row in rows:
        hit = next((hit for hit in known.get(row.key, ()) if hit.codes_fit), None)
        if hit is None:
            continue
        try:
            data = checked(translation, row, hit.target)
        except Refused:
            continue
        if data:
            changes.append(Change(row, data, SegmentReview.State.DRAFT, MEMORY))
    return len(changes) - len(store(translation, changes, user)) if changes else 0


def work_through(filling: Filling) -> None:
    """Translates what is still open; notes in the end why the engine stopped, in the language of whoever asked."""
    with override(language_of(filling.created_by)):
        translator = machine.engine()
        problem = refusal(filling) if translator is not None else _("No translation engine is set up.")
        if translator is not None and problem is None:
            try:
                _fill(filling, translator)
            except machine.EngineError as error:
                problem = str(error)
        filling.end(problem or "")


def refusal(filling: Filling) -> str | None:
    """Why whoever asked may not write the translation any more: some time may have passed since."""
    page = target_for(filling.translation, filling.created_by)
    return _("You may not change this page.") if page is None else writing_refusal(page, filling.created_by)


def _fill(filling: Filling, translator: Any) -> None:
    """Sends the open texts, batch by batch, and writes each batch. Raises EngineError; what came before stays."""
    translation = filling.translation
    rows = open_rows(translation)
    filling.begin(len(rows))
    for batch in machine.batches(rows):
        texts = machine.translate(translator, translation, batch)
        tool = machine.name_of(translator)
        changes = [
            Change(row, text, SegmentReview.State.MACHINE, tool)
            for row, text in zip(batch, texts, strict=True)
            if text is not None
        ]
        if changes:
            store(translation, changes, filling.created_by)
        filling.advance(len(batch), len(batch) - len(changes))
