"""Comments on a text: written, counted in the editor, marked as done and taken up again."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail_localize.models import Translation

from cms.localization.models import SegmentComment
from cms.localization.texts.rows import Row, load
from cms.users.models import User
from documents.models import ReportPage
from tests.cms.localization.conftest import House, row_of, staff, target

pytestmark = pytest.mark.django_db


def page_of(translation: Translation, row: Row) -> str:
    return reverse("localization:suggestions", args=[translation.pk, row.key])


def comment(client: Client, translation: Translation, row: Row, text: str) -> Any:
    return client.post(reverse("localization:add_comment", args=[translation.pk, row.key]), {"comment": text})


def settle(client: Client, translation: Translation, row: Row, action: str) -> Any:
    (found,) = SegmentComment.objects.all()
    return client.post(
        reverse("localization:settle_comment", args=[translation.pk, row.key, found.pk]), {"action": action}
    )


def test_a_comment_is_shown_at_its_text_until_it_is_done(
    client: Client, translator: User, publisher: User, french: Translation
) -> None:
    row = row_of(french, "To meet")
    editor = reverse("localization:edit_translation", args=[french.pk])
    client.force_login(publisher)
    answer = comment(client, french, row, "Is this <b>official</b>?\r\nI doubt it.")
    assert answer["Location"] == f"{page_of(french, row)}#comments"
    client.force_login(translator)
    page = client.get(page_of(french, row)).content.decode()
    assert "Is this &lt;b&gt;official&lt;/b&gt;?<br>I doubt it." in page
    assert publisher.get_username() in page
    assert f'{page_of(french, row)}#comments">1 comment' in client.get(editor).content.decode()
    shown = client.get(f"{editor}?show=commented").content.decode()
    assert [entry.source.text for entry in load(french) if f'id="text-{entry.key}"' in shown] == ["To meet."]

    settle(client, french, row, "done")
    assert SegmentComment.objects.get().resolved_by == translator
    assert "1 comment" not in client.get(editor).content.decode()
    settle(client, french, row, "reopen")
    assert SegmentComment.objects.get().resolved_at is None
    assert "1 comment" in client.get(editor).content.decode()


@pytest.mark.parametrize(
    ("text", "sentence"), [("  \r\n", "Write what is to be said"), ("x" * 2001, "2000")], ids=["empty", "long"]
)
def test_a_comment_that_is_refused_stays_in_its_box(
    client: Client, translator: User, french: Translation, text: str, sentence: str
) -> None:
    client.force_login(translator)
    answer = comment(client, french, row_of(french, "To meet"), text)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert text.strip() in answer.content.decode()
    assert not SegmentComment.objects.exists()


def test_comments_can_be_made_while_the_page_is_locked(
    client: Client, publisher: User, translator: User, french: Translation
) -> None:
    ReportPage.objects.filter(pk=target(french).pk).update(locked=True, locked_by=publisher)
    client.force_login(translator)
    assert comment(client, french, row_of(french, "To meet"), "When?").status_code == 302
    assert SegmentComment.objects.get().text == "When?"


def test_nobody_comments_on_a_language_that_is_not_theirs(
    client: Client, house: House, translator: User, french: Translation
) -> None:
    row = row_of(french, "To meet")
    client.force_login(translator)
    comment(client, french, row, "When?")
    client.force_login(staff((house.tree.homes["es"], ("change_page",))))
    for answer in (comment(client, french, row, "x"), settle(client, french, row, "done")):
        assert answer["Location"] == reverse("wagtailadmin_home")  # Wagtail's way to say no
    assert SegmentComment.objects.get().resolved_at is None


def test_a_comment_of_another_translation_is_not_touched(
    client: Client, translator: User, french: Translation, open_translation: Any
) -> None:
    spanish = open_translation("es")
    row = row_of(spanish, "To meet")
    SegmentComment.objects.create(translation=spanish, context=row.segment.context, text="¿Cuándo?")
    client.force_login(translator)
    assert settle(client, french, row, "done").status_code == 404
    assert comment(client, french, replace(row, key="0-0"), "x").status_code == 404
    assert SegmentComment.objects.get().resolved_at is None


def test_the_editor_counts_all_comments_in_one_query(client: Client, translator: User, french: Translation) -> None:
    client.force_login(translator)
    address = reverse("localization:edit_translation", args=[french.pk])
    client.get(address)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    before = queries()
    for row in load(french):
        for number in range(3):
            SegmentComment.objects.create(translation=french, context=row.segment.context, text=str(number))
    assert queries() == before
