"""How the templates of search show what was looked for."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString

from search.engines.base import Piece

register = template.Library()


@register.filter
def marked(pieces: Iterable[Piece]) -> SafeString:
    """Print shown text with what was looked for in `<mark>`, all of it escaped."""
    printed = (f"<mark>{escape(text)}</mark>" if is_match else escape(text) for text, is_match in pieces)
    return SafeString("".join(printed))
