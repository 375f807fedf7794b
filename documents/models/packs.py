"""A pack of documents that is made in the background, because it is large."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cms.meetings.models import Session
from documents.models.versions import document_storage


class DocumentPackQuerySet(models.QuerySet["DocumentPack"]):
    def kept(self) -> Self:
        """Those that can still be fetched, or will be."""
        return self.filter(expires_at__gt=timezone.now())

    def open_to(self, user_id: int | None) -> Self:
        """Those that anybody may have, and the user's own. What is in them passes the gate besides."""
        return self.filter(Q(asked_by=None) | Q(asked_by=user_id))


class DocumentPack(models.Model):
    """Files of a session's documents that somebody asked for together; a link to it is good for some days."""

    class State(models.TextChoices):
        WAITING = "waiting"
        MAKING = "making"
        READY = "ready"
        FAILED = "failed"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="+")
    # `PackIndex` (documents.packs.contents): the title as the asker saw it, the language of the index page.
    index: Any = models.JSONField(default=dict, blank=True)
    # Nobody where all of it is public: such a pack is for everybody. Any other is for whoever asked, and nobody else.
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    # Primary keys of `DocumentFile`, and what stands for their contents together (documents.packs.contents.key_of).
    files: Any = models.JSONField(default=list, blank=True)
    key = models.CharField(max_length=64, db_index=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    # Bytes of the files in it.
    size = models.PositiveBigIntegerField(default=0)
    content = models.FileField(storage=document_storage, max_length=255, blank=True)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    moved_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)

    objects = DocumentPackQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.session} ({len(self.files)})"
