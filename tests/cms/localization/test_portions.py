"""However long a document is, no page of the editor is larger than a megabyte; a usual one is shown whole."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail_localize.models import StringTranslation, Translation

from cms.localization.texts.rows import load
from cms.users.models import User
from tests.cms.localization.conftest import House, save, staff
from tests.cms.localization.long_report import lengthen
from tests.cms.localization.test_costs import MOST_BYTES, MOST_TO_OPEN

pytestmark = pytest.mark.django_db

WORDS = {
    "Report of the Plenary": "تقرير الجلسة العامة",
    "Heading": "العنوان",
    "Note": "الحاشية",
    "The": "أحاط",
    "Group": "الفريق",
    " noted": " علما",
    "report number": "بالتقرير رقم",
    ", and asked the secretariat to publish it": "، وطلب إلى الأمانة أن تعممه على المشاركين جميعا في أقرب وقت ممكن",
}


def in_arabic(data: str) -> str:
    for english, arabic in WORDS.items():
        data = data.replace(english, arabic)
    return data


@pytest.fixture
def arabist(house: House) -> User:
    return staff((house.tree.homes["ar"], ("add_page", "change_page")))


def translated(house: House, open_translation: Callable[[str], Translation], more: str = "") -> Translation:
    """A report of 300 paragraphs, translated into Arabic, with more words behind each text."""
    house.report = lengthen(house.report)
    translation = open_translation("ar")
    StringTranslation.objects.bulk_create(
        StringTranslation(
            translation_of=row.segment.string,
            context=row.segment.context,
            locale=translation.target_locale,
            data=in_arabic(row.segment.string.data) + more,
        )
        for row in load(translation)
    )
    return translation


def test_a_report_of_300_paragraphs_and_their_notes_is_one_page(
    client: Client, house: House, arabist: User, open_translation: Callable[[str], Translation]
) -> None:
    translation = translated(house, open_translation)
    client.force_login(arabist)
    address = reverse("localization:edit_translation", args=[translation.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address)
    assert len(queries) <= MOST_TO_OPEN, "\n".join(query["sql"][:170] for query in queries)
    assert page.content.count(b"<textarea") == 416
    assert len(page.content) < MOST_BYTES


def test_a_longer_one_comes_in_parts(
    client: Client, house: House, arabist: User, open_translation: Callable[[str], Translation]
) -> None:
    translation = translated(house, open_translation, "وطلب إلى الأمانة أن تعممه. " * 20)
    client.force_login(arabist)
    address = reverse("localization:edit_translation", args=[translation.pk])
    seen: list[str] = []
    for number in (1, 2):
        answer = client.get(f"{address}?p={number}")
        assert 500_000 * (number == 1) < len(answer.content) < MOST_BYTES
        page = BeautifulSoup(answer.content, "html.parser")
        assert [link["href"] for link in page.select("nav a[aria-current=page]")] == [f"?p={number}"] * 2
        seen += [str(form["id"]) for form in page.select("form.translation-text")]
    assert seen == [f"text-{row.key}" for row in load(translation)]
    # An address of a text leads to its part.
    last = seen[-1].removeprefix("text-")
    assert f'id="text-{last}"' in client.get(f"{address}?text={last}").content.decode()
    # A text that is not saved is shown with its part, and a saved one leads on within it.
    refused = save(client, translation, "x" * 200_000, "Note 297", p="2")
    assert refused.status_code == 422
    assert b"x" * 200_000 in refused.content
    saved = save(client, translation, "حاشية", "Note 297", p="2")
    assert "?p=2#text-" in saved["Location"]
    assert client.get(f"{address}?p=%D9%A1").status_code == client.get(f"{address}?p=99").status_code == 200
