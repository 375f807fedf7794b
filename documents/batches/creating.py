"""Filing what an officer has reviewed, in the worker: drafts, further languages, further formats."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.storage import Storage
from django.db import transaction
from django.utils.translation import gettext as _

from documents.batches.facts import facts_of_item
from documents.batches.marks import mark_of, plain_value, relations_of
from documents.batches.reading import read_again
from documents.batches.rights import may_import
from documents.describing import give_picture
from documents.forms import may_release
from documents.importing.builder import ConflictError, Filed, NotPlacedError, SourceFile, file_document, twin_of
from documents.importing.filing import document_with
from documents.importing.reading import Refused
from documents.models import ImportBatch, ImportItem

logger = logging.getLogger(__name__)
State = ImportItem.State


def create_included(batch: ImportBatch) -> int:
    """Files what is to be filed of the batch, then opens the review of what is left. Gives how many it filed."""
    done = 0
    for item in _included(batch):
        try:
            done += create_item(item, batch.worked_for)
        except Exception:
            logger.exception("The file %s of %s could not be filed", item.pk, batch)
            trouble = _("It could not be filed: the program failed, and its log says why.")
            to_create(batch).filter(pk=item.pk).update(reason=trouble, included=False)
        batch.advance()
    ImportBatch.objects.filter(pk=batch.pk, state=batch.State.CREATING).update(state=batch.State.REVIEW)
    return done


def to_create(batch: ImportBatch) -> Any:
    """The files of the batch that will be filed."""
    return batch.items.filter(state__in=ImportItem.OPEN, included=True)


def _included(batch: ImportBatch) -> Iterator[ImportItem]:
    """One after the other, as they are when their turn comes: with the facts last saved."""
    for pk in list(to_create(batch).values_list("pk", flat=True)):
        if item := to_create(batch).select_related("batch__process").filter(pk=pk).first():
            yield item


def create_item(item: ImportItem, user: Any) -> bool:
    """Files one item, or notes why not. The item and what is made of it are saved together."""
    trouble, state = "", State.CONFLICT
    try:
        reading = read_again(item) if item.reading else None
    except Refused as refusal:
        trouble, state = refusal.reason, State.READY
    except FileNotFoundError:
        trouble, state = _("Its file is no longer there. Put it in again."), State.REFUSED
    if not trouble and (user is None or not may_import(user, item.batch.process)):
        trouble = _("Whoever filed it may no longer add documents to this process.")
    if not trouble and not item.facts["title"].strip():
        trouble, state = _("Give its title."), State.READY
    if not trouble and (twin := twin_of(item.sha256)):
        trouble = _("The same content is there already: %(version)s.") % {"version": twin.version}
    if not trouble:
        with item.file.open("rb") as stored:
            source = SourceFile(item.name, item.format, item.sha256, stored.read())
        try:
            _file(item, source, reading, user)
        except (NotPlacedError, ConflictError) as error:
            trouble = str(error)
        except ValidationError as error:
            trouble, state = " ".join(error.messages), State.READY
    if trouble:
        ImportItem.objects.filter(pk=item.pk, state__in=ImportItem.OPEN).update(
            state=state, reason=trouble, included=False
        )
    return not trouble


def _file(item: ImportItem, source: SourceFile, reading: Any, user: Any) -> None:
    """Files the item and notes what was made, together; its own copy of the file goes when all is saved."""
    facts = facts_of_item(item)
    known = document_with(facts.symbol)
    with transaction.atomic():
        current = ImportItem.objects.select_for_update().get(pk=item.pk)
        if current.state not in ImportItem.OPEN:
            return  # another worker was quicker
        into_released = known is not None and may_release(user, known)
        filed = file_document(facts, source, reading, user, into_released=into_released)
        if filed.file and item.picture:  # made for the review, and not made again
            with suppress(FileNotFoundError), item.picture.open("rb") as picture:
                give_picture(filed.file, picture.read())
        item.state = State.CREATED if filed.new_document else State.ADDED
        item.reason, item.document, item.version, item.made = "", filed.document, filed.version, what_was_made(filed)
        storage, stored = item.file.storage, item.stored()
        item.file = item.picture = ""
        item.save()
        transaction.on_commit(lambda: delete_stored(storage, stored))


def delete_stored(storage: Storage, names: Iterable[str]) -> None:
    """Deletes files from storage; one that is gone already is no matter."""
    for name in names:
        storage.delete(name)


def what_was_made(filed: Filed) -> dict[str, Any]:
    """What filing made, with the marks by which undoing sees whether somebody has changed it since."""
    return {
        "document": filed.new_document,
        "version": filed.new_version,
        "before": {name: plain_value(value) for name, value in filed.before.items()},
        "file": filed.file.pk if filed.file else None,
        "page": filed.page.pk if filed.page else None,
        "relations": list(relations_of(filed.document).values_list("pk", flat=True)),
        "marks": {
            "document": mark_of(filed.document),
            "version": mark_of(filed.version),
            "file": mark_of(filed.file) if filed.file else "",
            "page": mark_of(filed.page) if filed.page else "",
        },
    }
