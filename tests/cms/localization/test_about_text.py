"""What the page of one text tells: its history, what stood there before, and how it reads in the other languages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import Translation

from cms.core.visibility import Access
from cms.localization.memory.remembering import note
from cms.localization.models import SourceChange
from cms.users.models import User
from documents.models import LanguageVersion, OfficialDocument
from tests import factories
from tests.cms.localization.conftest import House, row_of, save, staff
from tests.cms.localization.test_memory import committed, plant_french

pytestmark = pytest.mark.django_db

__all__ = ["committed"]  # a fixture


def page_of(client: Client, translation: Translation, start: str) -> str:
    row = row_of(translation, start)
    return client.get(reverse("localization:suggestions", args=[translation.pk, row.key])).content.decode()


def test_the_history_tells_who_changed_what(
    client: Client, house: House, translator: User, french: Translation
) -> None:
    client.force_login(translator)
    save(client, french, "Se réunir à Genève.", "To meet", action="save")
    colleague = staff((house.tree.homes["fr"], ("change_page",)))
    colleague.first_name, colleague.last_name = "Anne", "Dupont"
    colleague.save()
    client.force_login(colleague)
    save(client, french, "Se réunir à Vienne.", "To meet")
    save(client, french, "Introduction", "Introduction")
    page = page_of(client, french, "To meet")
    history = page[page.index('class="text-history"') :]
    assert history.index("Anne Dupont") < history.index(translator.get_username())
    assert "Se réunir à <del>Genève</del><ins>Vienne</ins>." in history
    assert "Confirmed" in history[: history.index(translator.get_username())]
    assert "Introduction" not in history


def change(house: House, text: str) -> None:
    """Changes the lettered item of the source and publishes it."""
    house.report.refresh_from_db()
    body = house.report.body
    body[2].value["text"].source = f"<p>{text}</p>"
    house.report.body = body
    house.report.save_revision(user=factories.UserFactory()).publish()


def test_what_stood_there_before_is_known_however_little_alike_it_is(
    client: Client, house: House, translator: User, french: Translation, committed: Callable[[], Any]
) -> None:
    client.force_login(translator)
    save(client, french, "Se réunir.", "To meet")
    with committed():
        change(house, "The next session takes place in Vienna in spring.")
    with committed():
        change(house, "Nothing was agreed upon.")
    assert SourceChange.objects.count() == 2
    row = row_of(french, "Nothing")
    assert (row.state, row.previous_target) == ("outdated", "Se réunir.")
    page = page_of(client, french, "Nothing")
    assert "Former translation" in page
    assert 'name="text" value="Se réunir."' in page

    # Once it is translated, what changed is still told, in both languages.
    save(client, french, "Se réunir à Vienne.", "Nothing")
    page = page_of(client, french, "Nothing")
    assert "<del>To</del><ins>Nothing</ins>" in page
    assert "Se réunir<ins> à Vienne</ins>." in page
    assert 'value="Se réunir."' not in page


def test_a_text_that_never_changed_has_no_former_one(client: Client, translator: User, french: Translation) -> None:
    client.force_login(translator)
    assert "Former translation" not in page_of(client, french, "To meet")


def test_other_languages_are_shown_to_those_who_work_on_them(
    client: Client, house: House, translator: User, french: Translation, open_translation: Callable[[str], Translation]
) -> None:
    arabic = open_translation("ar")
    both = staff(*[(house.tree.homes[code], ("change_page",)) for code in ("fr", "ar")])
    client.force_login(both)
    save(client, arabic, "الفريق ①أحاط❶ علما②", "The", action="save")
    page = page_of(client, french, "The")
    assert 'lang="ar" dir="rtl"' in page
    assert "الفريق" in page
    assert "Draft" in page[page.index("In the other languages") :]
    client.force_login(translator)
    assert "الفريق" not in page_of(client, french, "The")


def test_other_languages_are_shown_as_published_to_whoever_may_read_them(
    client: Client, house: House, open_translation: Callable[[str], Translation], committed: Callable[[], Any]
) -> None:
    with committed():
        plant_french(house)
        note([house.document.uid])
    LanguageVersion.objects.filter(document=house.document).update(state="released", origin="imported")
    spanish = open_translation("es")
    client.force_login(staff((house.tree.homes["es"], ("change_page",))))
    page = page_of(client, spanish, "To meet")
    assert "Se réunir." in page
    assert "Published" in page
    OfficialDocument.objects.filter(pk=house.document.pk).update(access=Access.STAFF)
    assert "Se réunir." not in page_of(client, spanish, "To meet")


def test_the_page_asks_a_bounded_number_of_queries(
    client: Client,
    house: House,
    open_translation: Callable[[str], Translation],
    django_assert_max_num_queries: Any,
) -> None:
    french, spanish, arabic = (open_translation(code) for code in ("fr", "es", "ar"))
    client.force_login(staff(*[(house.tree.homes[code], ("change_page",)) for code in ("fr", "es", "ar")]))
    for translation in (spanish, arabic):
        save(client, translation, "①x❶", "The", action="save")
    for text in ("①a❶", "①b❶", "①c❶"):
        save(client, french, text, "The")
    page_of(client, french, "The")
    with django_assert_max_num_queries(35):
        page_of(client, french, "The")
