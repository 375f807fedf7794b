"""The field or block that a text belongs to, and what that takes."""

from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import ForeignObjectRel
from django.utils.translation import gettext as _
from wagtail.blocks import Block
from wagtail.fields import StreamField


@lru_cache(maxsize=512)
def field_or_block(model: Any, field_path: str) -> Any:
    """The field of a page or child, or the block of its stream, that a field path leads to."""
    name, *rest = field_path.split(".")
    target = model._meta.get_field(name)
    if isinstance(target, StreamField):
        block: Any = target.stream_block
        for part in rest:
            block = block.child_block if part == "item" else block.child_blocks[part]
        return block
    if isinstance(target, ForeignObjectRel):
        return field_or_block(target.related_model, ".".join(rest))
    return target


def bound(model: Any, field_path: str) -> int | None:
    """How many characters a field or block takes; None for any number."""
    target = field_or_block(model, field_path)
    return getattr(getattr(target, "field", None) if isinstance(target, Block) else target, "max_length", None)


def check_field(model: Any, field_path: str, text: str) -> None:
    """Asks the field or block that a text belongs to whether it takes it. Raises ValidationError.

    wagtail-localize checks page fields only when it publishes, and fields of children never.
    """
    target = field_or_block(model, field_path)
    if isinstance(target, Block):
        target.clean(text)
        return
    target.run_validators(text)
    if target.max_length is not None and len(text) > target.max_length:
        raise ValidationError(_("It is longer than %(limit)d characters.") % {"limit": target.max_length})
