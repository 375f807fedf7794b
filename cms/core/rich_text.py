"""Rich text of many small fields, with its links resolved together."""

from collections.abc import Sequence

from django.utils.safestring import SafeString
from wagtail.rich_text import expand_db_html

# Stands between the texts while they are one; no editor's text holds this control character.
BOUNDARY = "\x1f"


def expand_together(texts: Sequence[str]) -> list[SafeString]:
    """The HTML of rich texts, with the links of all of them looked up at once: as many queries for fifty as for one."""
    joined = BOUNDARY.join(text.replace(BOUNDARY, "") for text in texts)
    # Safe: rich text was sanitised when it was stored.
    return [SafeString(text) for text in expand_db_html(joined).split(BOUNDARY)]
