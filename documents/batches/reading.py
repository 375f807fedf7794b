"""Reading the files of an import, in the worker."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from documents.batches.facts import facts_as_json
from documents.describing import PICTURE_WIDTH
from documents.importing.comparing import outline_of
from documents.importing.contained import picture_contained, read_contained
from documents.importing.filing import Facts, facts_of
from documents.importing.model import DocumentReading
from documents.importing.reading import Refused
from documents.models import ImportBatch, ImportItem

logger = logging.getLogger(__name__)
State = ImportItem.State


def read_waiting(batch: ImportBatch) -> int:
    """Reads the files of the batch that wait, one after the other, and opens it for review. Gives how many it read.

    Two workers on one batch share its files: each takes those that it has claimed.
    """
    done = 0
    for item in batch.items.filter(state=State.WAITING):
        if not batch.items.filter(pk=item.pk, state=State.WAITING).update(state=State.READING):
            continue
        try:
            read_item(item)
        except Exception:
            logger.exception("The file %s of %s could not be read", item.pk, batch)
            trouble = _("It could not be read: the program failed, and its log says why.")
            batch.items.filter(pk=item.pk).update(state=State.REFUSED, reason=trouble, included=False)
        batch.advance()
        done += 1
    if not batch.items.filter(state__in=[State.WAITING, State.READING]).exists():
        ImportBatch.objects.filter(pk=batch.pk, state=batch.State.READING).update(state=batch.State.REVIEW)
    return done


def read_item(item: ImportItem) -> None:
    """Reads one file. What cannot be read is refused, save a format that readers can open: that is filed by hand."""
    process = item.batch.process
    with local_copy(item) as path:
        try:
            reading = read_contained(path)
        except Refused as refusal:
            item.reason = refusal.reason
            item.included = False
            item.state = State.REFUSED if item.format == "txt" else State.READY
            item.facts = facts_as_json(Facts(process=process))
        else:
            item.reading = {**reading.as_json(), "outline": outline_of(reading).as_json()}
            item.facts = facts_as_json(facts_of(reading, process))
            item.state = State.READY
        if item.format == "pdf":
            with suppress(Refused):
                picture = picture_contained(path, PICTURE_WIDTH)
                item.picture.save("picture.webp", ContentFile(picture), save=False)
    item.save()


def read_again(item: ImportItem) -> DocumentReading:
    """What is read in an item's file. Raises Refused."""
    with local_copy(item) as path:
        return replace(read_contained(path), file_name=item.name)


@contextmanager
def local_copy(item: ImportItem) -> Iterator[Path]:
    """A copy of an item's file on this machine, under a name of ours, as long as the block lasts."""
    with TemporaryDirectory(prefix="plenary-import-") as folder:
        path = Path(folder) / f"file.{item.format}"
        with item.file.open("rb") as stored, path.open("wb") as copy:
            for chunk in stored.chunks():
                copy.write(chunk)
        yield path
