"""Keeping the last troubles with the index, so that the administration can show them."""

from django.db.models import F
from django.utils import timezone

from search.models import IndexTrouble

MOST = 20
LONGEST = 300


def note_trouble(text: str) -> None:
    """Keeps a trouble, or counts it once more if it is known; of more than twenty the oldest go."""
    text = text[:LONGEST]
    if IndexTrouble.objects.filter(text=text).update(times=F("times") + 1, last_at=timezone.now()):
        return
    IndexTrouble.objects.create(text=text)
    old = list(IndexTrouble.objects.values_list("pk", flat=True)[MOST : 2 * MOST])
    IndexTrouble.objects.filter(pk__in=old).delete()
