"""Taking in the files that somebody drops: each is checked and kept, or refused in words while the others are kept."""

import hashlib
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _

from documents.models import ImportBatch, ImportItem
from documents.uploads import format_of

LONGEST_NAME = 255


def receive(batch: ImportBatch, files: list[Any]) -> list[ImportItem]:
    """Keeps uploaded files in the batch, which waits to be read. Of one content the first file is kept.

    Nothing of a file is parsed here. Files that are refused stay in the batch by name, with the reason.
    """
    seen: dict[str, str] = {}
    items = []
    for upload in files:
        item = ImportItem(batch=batch, name=_shown_name(upload.name), size=upload.size)
        try:
            item.format = format_of(upload.file, upload.size, item.name)
        except ValidationError as error:
            item.state, item.reason = ImportItem.State.REFUSED, " ".join(error.messages)
        else:
            item.sha256 = _sha256(upload)
            if first := seen.get(item.sha256):
                item.state = ImportItem.State.REFUSED
                item.reason = _("It has the same content as “%(file)s”.") % {"file": first}
            else:
                seen[item.sha256] = item.name
                item.file.save(f"file.{item.format}", File(upload.file), save=False)
        item.included = item.state != ImportItem.State.REFUSED
        item.save()
        items.append(item)
    return items


def _shown_name(name: str) -> str:
    """A file's name as the list shows it: one line, without what directs the layout, of a bearable length."""
    plain = "".join(character for character in name if character.isprintable()).strip()
    return plain[-LONGEST_NAME:] or "?"


def _sha256(upload: Any) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.file.seek(0)
    return digest.hexdigest()
