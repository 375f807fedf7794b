"""An officer's import: a batch of files that are read, reviewed, and made into documents together."""

import uuid
from pathlib import PurePath
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.visibility import Access
from cms.processes.models import Process
from documents.models.documents import OfficialDocument
from documents.models.versions import DocumentFile, LanguageVersion, document_storage

# What one upload may hold: a form row for each, all saved at once.
MOST_FILES = 500


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    def with_counts(self) -> Self:
        """With the number of files, and of those that are open, made into something, and refused."""
        made = Q(items__state__in=[ImportItem.State.CREATED, ImportItem.State.ADDED])
        return self.annotate(
            files=Count("items"),
            open=Count("items", filter=Q(items__state__in=ImportItem.OPEN)),
            made=Count("items", filter=made),
            refused=Count("items", filter=Q(items__state=ImportItem.State.REFUSED)),
        )


class ImportBatch(models.Model):
    """Files that somebody put in together, for one process."""

    class State(models.TextChoices):
        READING = "reading", _("Being read")
        REVIEW = "review", _("To be reviewed")
        CREATING = "creating", _("Being filed")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")

    # States in which the worker is busy with it.
    AT_WORK = (State.READING, State.CREATING, State.UNDOING)

    process = models.ForeignKey(Process, verbose_name=_("process"), on_delete=models.CASCADE, related_name="+")
    access = models.CharField(_("access"), max_length=15, choices=Access.choices, default=Access.PUBLIC)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("date"), default=timezone.now, db_index=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.READING)
    # Who asked for what the worker is busy with, when it began, and when it last got on: what hangs can be begun again.
    worked_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    begun_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now)
    # Of the files that this work is about, how many are done.
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return str(_("Import {number}").format(number=self.pk))

    @property
    def is_at_work(self) -> bool:
        """Whether the worker is busy with it, or should be."""
        return self.state in self.AT_WORK

    def advance(self) -> None:
        """Counts one more file as done. One query."""
        ImportBatch.objects.filter(pk=self.pk).update(done=F("done") + 1, moved_at=timezone.now())

    def seconds_left(self) -> float | None:
        """Seconds that the rest will take at the pace so far; None where that cannot be told."""
        if not self.done:
            return None
        return (self.moved_at - self.begun_at).total_seconds() / self.done * max(self.total - self.done, 0)


def item_path(instance: "ImportItem", filename: str) -> str:
    """An unguessable place in the documents' storage, apart from the files of documents."""
    return f"imports/{uuid.uuid4().hex}{PurePath(filename).suffix.lower()[:8]}"


class ImportItem(models.Model):
    """One file of an import, what was read in it, and what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        READING = "reading", _("Being read")
        READY = "ready", _("To be reviewed")
        REFUSED = "refused", _("Refused")
        CONFLICT = "conflict", _("Conflict")
        CREATED = "created", _("Created")
        ADDED = "added", _("Added")
        UNDONE = "undone", _("Undone")

    # States in which the officer may still correct and file it.
    OPEN = (State.READY, State.CONFLICT)
    MADE = (State.CREATED, State.ADDED)

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="items")
    name = models.CharField(_("file"), max_length=255)
    file = models.FileField(storage=document_storage, upload_to=item_path, max_length=255, blank=True)
    # The first page, as a small WebP picture for the review; empty where the format gives none.
    picture = models.FileField(storage=document_storage, upload_to=item_path, max_length=255, blank=True)
    format = models.CharField(max_length=8, choices=DocumentFile.Format.choices, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    included = models.BooleanField(default=True)
    # `DocumentReading.as_json`, and "outline"; empty where it could not be read.
    reading: Any = models.JSONField(default=dict, blank=True)
    # What will be filed, as `documents.batches.facts` writes it: what was read, and what the officer corrected.
    facts: Any = models.JSONField(default=dict, blank=True)
    # Why it was refused, could not be read, is in conflict, or was left when the import was undone.
    reason = models.TextField(blank=True)
    document = models.ForeignKey(OfficialDocument, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    version = models.ForeignKey(LanguageVersion, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # What filing it made, as `documents.batches.creating` writes it, so that it can be undone.
    made: Any = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("imported file")
        verbose_name_plural = _("imported files")
        ordering = ["batch", "pk"]
        indexes = [models.Index(fields=["batch", "state"], name="import_item_state")]

    def __str__(self) -> str:
        return self.name

    def stored(self) -> list[str]:
        """The names under which storage holds its file and its picture."""
        return [str(file.name) for file in (self.file, self.picture) if file]
