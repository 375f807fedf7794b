"""Suggestions for one text in the editor: what was translated before, and its terms; taken without JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import Translation

from cms.localization.memory.remembering import note
from cms.localization.sending.translating import translate_page
from cms.localization.texts.rows import Row
from cms.users.models import User
from tests import factories
from tests.cms.localization.conftest import House, plant_edition, row_of, staff
from tests.cms.localization.test_memory import committed, locale, plant_french
from tests.cms.localization.test_terms import term
from tests.tree import fresh

pytestmark = pytest.mark.django_db

__all__ = ["committed"]  # a fixture


@pytest.fixture
def opened(house: House, editor: User, committed: Callable[[], Any]) -> Translation:
    """Another document like the house's, which is there in English and French, opened into French."""
    with committed():
        plant_french(house)
        note([house.document.uid])
    other = factories.OfficialDocumentFactory(process=house.document.process, symbol="KP/2018/9")
    translate_page(plant_edition(fresh(house.processes["en"]), other), [locale("fr")], editor)
    found: Translation = Translation.objects.select_related("source", "target_locale").get(source__object_id=other.uid)
    return found


def address(translation: Translation, row: Row) -> str:
    return reverse("localization:suggestions", args=[translation.pk, row.key])


def test_what_was_translated_before_and_the_terms_are_shown(
    client: Client, house: House, translator: User, opened: Translation, django_assert_max_num_queries: Any
) -> None:
    term(house.document.process, en="group", fr=["Groupe", "groupement"])
    client.force_login(translator)
    row = row_of(opened, "The ①Group")
    client.get(address(opened, row))
    with django_assert_max_num_queries(35):
        page = client.get(address(opened, row)).content.decode()
    for words in ("100&nbsp;%", "KP/2017/1", "Anne Dupont", "Le ①Groupe❶ a pris note②", "groupement"):
        assert words in page


def test_a_suggestion_is_taken_as_a_draft(client: Client, translator: User, opened: Translation) -> None:
    client.force_login(translator)
    row = row_of(opened, "To meet")
    assert (
        address(opened, row) in client.get(reverse("localization:edit_translation", args=[opened.pk])).content.decode()
    )
    assert 'name="text" value="Se réunir."' in client.get(address(opened, row)).content.decode()
    saved = client.post(
        reverse("localization:save_segment", args=[opened.pk, row.key]),
        {"version": row.version, "next": row.key, "text": "Se réunir.", "action": "save"},
    )
    assert saved.status_code == 302
    assert row_of(opened, "To meet").target == "Se réunir."
    assert not row_of(opened, "To meet").finished


def test_only_those_who_may_translate_see_suggestions(
    client: Client, house: House, translator: User, opened: Translation
) -> None:
    row = row_of(opened, "To meet")
    for user in (None, staff((house.tree.homes["es"], ("change_page",)))):
        if user:
            client.force_login(user)
        assert client.get(address(opened, row)).status_code in {302, 403}
    client.force_login(translator)
    for key in ("x", "0-0", "9" * 40 + "-1"):
        assert client.get(reverse("localization:suggestions", args=[opened.pk, key])).status_code == 404
    assert client.post(address(opened, row)).status_code == 405
