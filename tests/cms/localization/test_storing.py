"""Many texts written at once, by several people at once: each text is one person's, and nobody waits for ever."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from wagtail_localize.models import StringTranslation, Translation

from cms.localization.models import SegmentChange, SegmentReview
from cms.localization.texts.rows import load
from cms.localization.texts.saving import Conflict, Typed, save_text
from cms.localization.texts.storing import Change, store
from tests.cms.localization.conftest import House

WRITERS = 6


def race(translation: Translation, word: str) -> list[set[str]]:
    """All read the page, wait for each other and write all of it, half of them text by text. Gives what each wrote."""
    barrier = Barrier(WRITERS)

    def write(number: int) -> set[str]:
        try:
            rows = load(translation)
            barrier.wait(timeout=120)
            if number % 2:
                changes = [Change(row, f"{word} {number}", "draft") for row in rows if not row.source.codes]
                return {change.row.key for change in changes} - store(translation, changes, None)
            done = set()
            for row in rows:
                if row.source.codes:
                    continue
                try:
                    save_text(translation, Typed(row.key, f"{word} {number}", row.version), None)
                except Conflict:
                    continue
                done.add(row.key)
            return done
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(write, range(WRITERS)))


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_each_text_is_written_by_one(house: House, french: Translation) -> None:
    texts = [row for row in load(french) if not row.source.codes]
    for version, word in enumerate(("premier", "second"), start=1):
        written = race(french, word)
        for row in texts:
            writers = [number for number, keys in enumerate(written) if row.key in keys]
            assert len(writers) == 1
            text = StringTranslation.objects.get(context=row.segment.context)
            assert text.data == f"{word} {writers[0]}"
            assert text.review.version == version
        assert SegmentChange.objects.count() == version * len(texts)
    # Texts that were written by other means have no version yet: the first who writes them makes it.
    SegmentReview.objects.all().delete()
    written = race(french, "third")
    assert sorted(key for keys in written for key in keys) == sorted(row.key for row in texts)
