"""The base of every record: a fact kept once, whatever the language."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import models, transaction
from wagtail.models import LockableMixin, RevisionMixin


class Record(LockableMixin, RevisionMixin, models.Model):
    """A fact kept once. ``uid`` is the translation key of the pages that present it in the languages.

    Records have a history and can be locked, and have no drafts: a draft of facts would undo what an import wrote
    meanwhile (DESIGN decision 3).
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves the record; subclasses derive their stored keys in :meth:`derive` first, also for programs.

        What listens to the save, such as the note that search must look again, is saved with it or not at all.
        """
        self.derive()
        with transaction.atomic():
            super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        self.derive()

    @classmethod
    def deletion_notes(cls, records: Sequence[Any]) -> list[str]:
        """Sentences on what deleting these records means beyond what points at them in the database."""
        return []

    def derive(self) -> None:
        """Fills fields that follow from others. Called before validation and before every save."""
