"""Eight people save the same text at once: one is kept, seven are told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from wagtail_localize.models import StringTranslation, Translation

from cms.localization.rows import load
from cms.localization.saving import Saved, Typed, fingerprint, save_texts
from tests.cms.localization.conftest import row_of

WRITERS = 8


def race(translation: Translation, opened: str, word: str) -> list[Saved]:
    """All writers read, wait for each other, and write."""
    barrier = Barrier(WRITERS)
    key = row_of(translation, "Report").key

    def write(number: int) -> Saved:
        try:
            rows = load(translation)
            barrier.wait(timeout=120)
            return save_texts(translation, rows, {key: Typed(f"{word} {number}", fingerprint(opened))}, None)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(write, range(WRITERS)))


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_one_of_many_writers_wins(french: Translation) -> None:
    opened = ""
    for word in ("Rapport", "Compte rendu"):
        reports = race(french, opened, word)
        assert sorted(report.count for report in reports) == [0] * (WRITERS - 1) + [1]
        assert sum(len(report.refused) for report in reports) == WRITERS - 1
        opened = f"{word} {next(number for number, report in enumerate(reports) if report.count)}"
        assert StringTranslation.objects.get().data == opened
