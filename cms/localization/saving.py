"""Saving what a translator typed: text by text, each checked, and nobody's words overwritten unseen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ForeignObjectRel
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.strings import StringValue, validate_translation_links

from cms.localization import inline
from cms.localization.rows import Row


@dataclass(frozen=True)
class Typed:
    """One text box of the form: what it holds, and the fingerprint of what it held when the form was opened."""

    text: str
    opened: str

    @property
    def touched(self) -> bool:
        """Whether the translator changed it."""
        return fingerprint(self.text) != self.opened


@dataclass
class Saved:
    """What became of a form: texts saved, refusals and warnings by the row's key, and text whose source is gone."""

    count: int = 0
    refused: dict[str, str] = field(default_factory=dict)
    warnings: dict[str, str] = field(default_factory=dict)
    homeless: list[str] = field(default_factory=list)


class Refused(Exception):
    """A text that is not saved. The message is a sentence for the translator."""


def normal(text: str) -> str:
    """A text without what a browser changes in it: kinds of line ends, marks of direction, space at the ends."""
    return text.replace("\r\n", "\n").replace(inline.RLM, "").strip()


def fingerprint(text: str) -> str:
    """A short digest of a text as it is shown, to tell later whether it is still the same."""
    return sha256(normal(text).encode()).hexdigest()[:16]


def save_texts(translation: Translation, rows: list[Row], typed: Mapping[str, Typed], user: Any) -> Saved:
    """Saves those texts that were changed, and refuses each of the others by itself.

    A text is refused when its codes are broken, when it is too long, or when somebody else saved another translation
    since the form was opened. An emptied box takes its translation away.
    """
    report = Saved()
    by_key = {row.key: row for row in rows}
    for key, entry in typed.items():
        if not entry.touched:
            continue
        row = by_key.get(key)
        if row is None:
            if normal(entry.text):
                report.homeless.append(normal(entry.text))
            continue
        try:
            _save_one(translation, row, entry, user)
        except Refused as refusal:
            report.refused[key] = str(refusal)
            continue
        report.count += 1
        lost = inline.lost(entry.text, row.source) if normal(entry.text) else []
        if lost:
            report.warnings[key] = _("Missing from the translation: %(codes)s") % {"codes": " ".join(lost)}
    return report


def _save_one(translation: Translation, row: Row, entry: Typed, user: Any) -> None:
    """Saves one text, or raises Refused."""
    if fingerprint(row.target) != entry.opened:
        raise Refused(_("Somebody changed this meanwhile. Their text: %(text)s") % {"text": row.target or "–"})
    data = _checked(translation, row, entry.text)
    if not _store(translation, row, data, user):
        raise Refused(_("Somebody changed this at the same moment. Open the page again to see their text."))


def _checked(translation: Translation, row: Row, text: str) -> str:
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


def _store(translation: Translation, row: Row, data: str, user: Any) -> bool:
    """Writes the row if it still holds what was read: compare and swap on its own columns, so that one writer wins."""
    current = row.current
    if current is None:
        if not data:
            return True
        try:
            with transaction.atomic():
                row.current = StringTranslation.objects.create(
                    translation_of=row.segment.string,
                    context=row.segment.context,
                    locale=translation.target_locale,
                    data=data,
                    translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
                    last_translated_by=user,
                )
        except IntegrityError:
            return False
        return True
    held = StringTranslation.objects.filter(pk=current.pk, data=current.data)
    if not data:
        row.current = None
        return bool(held.delete()[0])
    written = held.update(
        data=data,
        translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        tool_name="",
        last_translated_by=user,
        updated_at=timezone.now(),
        has_error=False,
        field_error="",
    )
    current.data = data
    return bool(written)


def check_field(model: Any, field_path: str, text: str) -> None:
    """Asks the field or block that a text belongs to whether it takes it. Raises ValidationError.

    wagtail-localize checks page fields only when it publishes, and fields of children never.
    """
    name, *rest = field_path.split(".")
    target = model._meta.get_field(name)
    if isinstance(target, StreamField):
        block = target.stream_block
        for part in rest:
            block = block.child_block if part == "item" else block.child_blocks[part]
        block.clean(text)
    elif isinstance(target, ForeignObjectRel):
        check_field(target.related_model, ".".join(rest), text)
    else:
        target.run_validators(text)
        if target.max_length is not None and len(text) > target.max_length:
            raise ValidationError(_("It is longer than %(limit)d characters.") % {"limit": target.max_length})
