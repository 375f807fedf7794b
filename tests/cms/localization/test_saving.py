"""Eight people save the same text at once: one is kept, seven are told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from wagtail_localize.models import StringTranslation, Translation

from cms.localization.models import SegmentChange, SegmentReview
from cms.localization.texts.saving import Conflict, Refused, Typed, save_text
from cms.users.models import User
from tests.cms.localization.conftest import row_of, translate_by_machine

WRITERS = 8


def race(translation: Translation, version: int, word: str) -> list[str]:
    """All writers wait for each other and write. Gives what was saved, and the kept text as each loser was shown it."""
    barrier = Barrier(WRITERS)
    key = row_of(translation, "Report").key

    def write(number: int) -> str:
        try:
            barrier.wait(timeout=120)
            saved = save_text(translation, Typed(key, f"{word} {number}", version), None)
            return f"saved {saved.target}"
        except Conflict as conflict:
            return conflict.row.target
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(write, range(WRITERS)))


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_one_of_many_writers_wins(french: Translation) -> None:
    for version, word in enumerate(("Rapport", "Compte rendu")):
        told = race(french, version, word)
        (kept,) = [text for text in told if text.startswith("saved")]
        assert {text for text in told if text != kept} == {kept.removeprefix("saved ")}
        assert StringTranslation.objects.get().data == kept.removeprefix("saved ")
        assert SegmentReview.objects.get().version == version + 1
        assert SegmentChange.objects.count() == version + 1


@pytest.mark.django_db
def test_a_text_has_its_state_and_version_and_its_history_is_kept(french: Translation, translator: User) -> None:
    key = row_of(french, "Report").key
    first = save_text(french, Typed(key, "Rapport", 0), translator)
    assert (first.state, first.version) == ("draft", 1)
    second = save_text(french, Typed(key, "Rapport", 1, confirm=True), translator)
    assert (second.state, second.version) == ("confirmed", 2)
    save_text(french, Typed(key, "", 2), translator)
    row = row_of(french, "Report")
    assert (row.state, row.version, row.current) == ("missing", 0, None)
    history = SegmentChange.objects.of_text(french, row.segment.context_id)
    assert [(change.before, change.text, change.state, change.user) for change in history] == [
        ("Rapport", "", "", translator),
        ("Rapport", "Rapport", "confirmed", translator),
        ("", "Rapport", "draft", translator),
    ]


@pytest.mark.django_db
def test_saving_the_same_again_changes_nothing(french: Translation, translator: User) -> None:
    key = row_of(french, "Report").key
    save_text(french, Typed(key, "Rapport", 0, confirm=True), translator)
    again = save_text(french, Typed(key, "Rapport\r\n", 1, confirm=True), translator)
    assert again.version == 1
    # Sent once more, because the answer to the first was lost on its way.
    again = save_text(french, Typed(key, "Rapport", 0, confirm=True), translator)
    assert again.version == 1
    assert SegmentChange.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("version", [0, 2, 99])
def test_a_version_that_was_not_read_is_not_written_over(french: Translation, translator: User, version: int) -> None:
    key = row_of(french, "Report").key
    save_text(french, Typed(key, "Rapport", 0), translator)
    with pytest.raises(Conflict) as conflict:
        save_text(french, Typed(key, "Compte rendu", version), translator)
    assert (conflict.value.row.target, conflict.value.row.version) == ("Rapport", 1)


@pytest.mark.django_db
def test_a_text_written_by_other_means_gets_its_version_with_the_first_save(
    french: Translation, translator: User
) -> None:
    row = translate_by_machine(french, "Report", "Bericht")
    assert (row_of(french, "Report").state, row_of(french, "Report").version) == ("machine", 0)
    saved = save_text(french, Typed(row.key, "Bericht", 0, confirm=True), translator)
    assert (saved.state, saved.version) == ("confirmed", 1)
    assert StringTranslation.objects.get().translation_type == "manual"


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["1-999999", "x", "-", "1", "9" * 40 + "-1", "١-١", "1-1-1"])
def test_a_text_that_the_source_has_no_more_is_refused(french: Translation, translator: User, key: str) -> None:
    with pytest.raises(Refused, match="changed meanwhile"):
        save_text(french, Typed(key, "Rapport", 0), translator)
