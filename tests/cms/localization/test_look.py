"""The editor shows a text as its document does: headings, numbers, tables, pictures, notes."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from bs4.element import Tag
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import Translation

from cms.localization.sending.translating import translate_page
from cms.users.models import User
from home.models import StandardPage
from tests.cms.localization.conftest import House, row_of, save
from tests.cms.localization.full_report import COLUMNS, fill
from tests.cms.localization.test_costs import MOST_BYTES, MOST_TO_OPEN

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(house: House, open_translation: Callable[[str], Translation]) -> Translation:
    """An edition with every kind of text, open in French."""
    house.report = fill(house.report)
    return open_translation("fr")


def opened(client: Client, translation: Translation, query: str = "") -> BeautifulSoup:
    page = client.get(reverse("localization:edit_translation", args=[translation.pk]) + query)
    assert page.status_code == 200
    return BeautifulSoup(page.content, "html.parser")


def text_of(page: BeautifulSoup, translation: Translation, start: str) -> Tag:
    """The form of the text whose source begins so."""
    found = page.find(id=f"text-{row_of(translation, start).key}")
    assert isinstance(found, Tag)
    return found


def within(text: Tag, selector: str) -> Tag:
    """The first such element of a text, which must be there."""
    found = text.select_one(selector)
    assert found is not None, selector
    return found


def test_each_text_looks_as_in_its_document(client: Client, translator: User, full: Translation) -> None:
    client.force_login(translator)
    page = opened(client, full)
    looks = [
        (text["data-look"], text.get("data-level"), within(text, "textarea")["aria-label"])
        for text in page.select("form.translation-text")
        if text["data-look"] != "cell"
    ]
    assert looks == [
        ("field", None, "Title: French"),
        ("field", None, "Description for search engines: French"),
        ("heading", "2", "Heading I: French"),
        ("numbered", None, "Numbered paragraph 1: French"),
        ("item", "1", "Lettered item (a): French"),
        ("item", "2", "Lettered item (i): French"),
        ("heading", "3", "Heading A: French"),
        ("caption", None, "Table: Caption: French"),
        ("alternative", None, "Figure: Alt text: French"),
        ("caption", None, "Figure: Caption: French"),
        ("clause", None, "Preambular clause: French"),
        ("clause", None, "Operative clause 2: French"),
        ("quotation", None, "Quotation: French"),
        ("annex", None, "Annex Annex I: French"),
        ("plain", None, "Plain text: French"),
        ("note", None, "Footnote 1: French"),
        ("note", None, "Footnote 2: French"),
    ]
    groups = [heading.text for heading in page.select(".translation-group")]
    assert groups == ["About the page", "Text of the page", "Footnotes"]
    assert [img["alt"] for img in page.select(".translation-text img")] == ["", ""]


def test_a_table_is_a_grid_of_boxes(client: Client, translator: User, full: Translation) -> None:
    client.force_login(translator)
    save(client, full, "Vienne", "Vienna", action="save")
    table = opened(client, full).select_one(".translation-table")
    assert table is not None
    assert table["aria-label"] == "Table: Meetings of the year"
    assert [within(cell, "p").text for cell in table.select("thead th")] == [
        f"Heading {n}" for n in range(1, COLUMNS + 1)
    ]
    rows = table.select("tbody tr")
    assert [len(row.select("td")) for row in rows] == [COLUMNS] * 3
    cell = rows[1].select("td")[2]
    assert within(cell, "p").text == "Geneva 3"
    assert within(cell, "textarea")["aria-label"] == "Table: column 3, row 2, Heading 3: French"
    # The same word in a column is translated once, in its first cell.
    again = rows[2].select_one("td")
    assert again is not None
    assert again.select_one("textarea") is None
    assert "Vienne" in again.text
    assert within(again, "a")["href"] == f"#text-{row_of(full, 'Vienna').key}"


def test_a_table_of_which_one_cell_is_asked_for_is_there_to_read(
    client: Client, translator: User, full: Translation
) -> None:
    client.force_login(translator)
    page = opened(client, full, "?q=geneva+3")
    assert len(page.select("textarea")) == 1
    assert len(page.select("tbody td")) == 3 * COLUMNS
    assert "Vienna 5" in page.select("tbody td")[4].text


def test_codes_say_what_they_are_and_a_mark_leads_to_its_note(
    client: Client, translator: User, full: Translation
) -> None:
    client.force_login(translator)
    text = text_of(opened(client, full), full, "The ①Group")
    assert [code.text for code in text.select(".translation-text__source .translation-code")] == list("①❶②③❸④❹⑤")
    assert [" ".join(sign.text.split()) for sign in text.select(".translation-codes li")] == [
        "①…❶ italic",
        "② footnote mark 1",
        "③…❸ document link CTOC/COP/2020/3",
        "④…❹ link https://example.org/report",
        "⑤ footnote mark 2",
    ]
    assert within(text, ".translation-codes a")["href"] == f"#text-{row_of(full, 'Note 1').key}"


def test_it_costs_no_more_for_a_wide_table(client: Client, translator: User, full: Translation) -> None:
    client.force_login(translator)
    opened(client, full)
    with CaptureQueriesContext(connection) as queries:
        page = opened(client, full)
    assert len(queries) <= MOST_TO_OPEN, "\n".join(query["sql"][:170] for query in queries)
    assert len(str(page)) < MOST_BYTES


def test_lines_of_a_rich_text_look_like_themselves(
    client: Client, house: House, editor: User, translator: User
) -> None:
    body = "<h2>Visiting</h2><p>On weekdays.</p><ul><li>By tram<ul><li>Line 1</li></ul></li></ul>"
    page = StandardPage(title="Visits", body=[{"type": "text", "value": body}])
    house.processes["en"].add_child(instance=page)
    page.save_revision().publish()
    translate_page(page, [Locale.objects.get(language_code="fr")], editor)
    translation = Translation.objects.get(source__object_id=page.translation_key)
    client.force_login(translator)
    found = opened(client, translation).select("form.translation-text")
    assert [(text["data-look"], text.get("data-level"), within(text, "p").text) for text in found] == [
        ("field", None, "Visits"),
        ("heading", "2", "Visiting"),
        ("plain", None, "On weekdays."),
        ("item", "1", "By tram"),
        ("item", "2", "Line 1"),
    ]
