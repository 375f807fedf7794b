"""Records that every search depends on: how a process knows that what it remembers of them is still right."""

import secrets

from django.db import models

from cms.core.models import Record


class StampedRecord(Record):
    """A record with a number that is another one after each save.

    The sum of all numbers is another one after any change, deletions included, in whichever process it was made.
    """

    stamp = models.BigIntegerField(editable=False, default=0)

    class Meta:
        abstract = True

    def derive(self) -> None:
        super().derive()
        self.stamp = 1 + secrets.randbelow(2**31)
