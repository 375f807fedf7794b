"""Tables are translated cell by cell."""

from collections.abc import Callable
from typing import Any

import pytest
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationContext

from cms.localization.sending.drafts import build
from cms.localization.sending.refreshing import refresh
from cms.localization.sending.sources import snapshot
from documents.models import ReportPage
from tests.cms.localization.conftest import House
from tests.tree import fresh

pytestmark = pytest.mark.django_db

COLUMNS = [{"type": "text", "heading": "Body"}, {"type": "rich", "heading": "Decision"}]
ROWS = [
    ["Plenary", '<p>It noted<a linktype="footnote" id="fn1">1</a> it.</p><p>It rose.</p>'],
    ["", ""],
    ["Plenary", "<p>It <b>met</b>.</p>"],
]


def table(rows: list[list[str]], caption: str = "") -> list[dict[str, Any]]:
    """A body with one table."""
    value = {"columns": COLUMNS, "rows": [{"values": row} for row in rows], "caption": caption}
    return [{"type": "table", "id": "t1", "value": {"anchor": "t", "caption": "Meetings", "table": value}}]


def with_table(house: House, rows: list[list[str]] = ROWS, caption: str = "") -> ReportPage:
    house.report.body = table(rows, caption)
    house.report.save()
    return fresh(house.report)


def test_every_cell_heading_and_caption_is_a_text(house: House) -> None:
    source = snapshot(with_table(house, caption="Of 2020"))
    found = StringSegment.objects.filter(source=source, context__path__startswith="body.").order_by("order")
    assert list(found.values_list("context__path", "context__field_path", "string__data")) == [
        ("body.t1.caption", "body.table.caption", "Meetings"),
        ("body.t1.table.caption", "body.table.table.text", "Of 2020"),
        ("body.t1.table.heading", "body.table.table.text", "Body"),
        ("body.t1.table.heading", "body.table.table.text", "Decision"),
        ("body.t1.table.1", "body.table.table.text", "Plenary"),
        ("body.t1.table.2", "body.table.table.rich", 'It noted<a id="fn1">1</a> it.'),
        ("body.t1.table.2", "body.table.table.rich", "It rose."),
        ("body.t1.table.1", "body.table.table.text", "Plenary"),
        ("body.t1.table.2", "body.table.table.rich", "It <b>met</b>."),
    ]


def translate(translation: Translation, path: str, source: str, data: str) -> None:
    """Stores a translation of one text."""
    segment = StringSegment.objects.filter(
        source=translation.source, context__path=path, string__data=source
    ).select_related("context", "string")[0]
    StringTranslation.objects.create(
        translation_of=segment.string, context=segment.context, locale=translation.target_locale, data=data
    )


def test_the_translated_table_has_each_text_in_its_cell(
    house: House, open_translation: Callable[[str], Translation]
) -> None:
    house.report = with_table(house, caption="Of 2020")
    french = open_translation("fr")
    for path, source, data in (
        ("caption", "Meetings", "Réunions"),
        ("table.caption", "Of 2020", "De 2020"),
        ("table.heading", "Decision", "Décision"),
        ("table.1", "Plenary", "Plénière"),
        ("table.2", 'It noted<a id="fn1">1</a> it.', 'Elle en a pris note<a id="fn1">1</a>.'),
        ("table.2", "It <b>met</b>.", "Elle s'est <b>réunie</b>."),
    ):
        translate(french, f"body.t1.{path}", source, data)
    value = build(french).body[0].value
    made = value["table"]
    assert (value["caption"], made.caption) == ("Réunions", "De 2020")
    assert [column["heading"] for column in made.columns] == ["Body", "Décision"]
    cells = [[str(getattr(cell, "source", cell)) for cell in row["values"]] for row in made.row_data]
    assert cells == [
        [
            "Plénière",
            '<p>Elle en a pris note<a id="fn1" linktype="footnote">1</a>.</p><p>It rose.</p>',
        ],
        ["", ""],
        ["Plénière", "<p>Elle s'est <b>réunie</b>.</p>"],
    ]
    # The source's own table is as it was.
    assert fresh(house.report).body[0].value["table"].caption == "Of 2020"


def test_a_row_put_in_keeps_the_translations_of_the_others(
    house: House, open_translation: Callable[[str], Translation]
) -> None:
    house.report = with_table(house)
    french = open_translation("fr")
    translate(french, "body.t1.table.2", "It <b>met</b>.", "Elle s'est <b>réunie</b>.")
    with_table(house, [["Bureau", "<p>New.</p>"], *ROWS])
    refresh(fresh(house.report), None)
    rows = build(Translation.objects.get(pk=french.pk)).body[0].value["table"].row_data
    assert str(rows[3]["values"][1].source) == "<p>Elle s'est <b>réunie</b>.</p>"


def test_a_column_put_in_keeps_them_too(house: House, open_translation: Callable[[str], Translation]) -> None:
    house.report = with_table(house)
    french = open_translation("fr")
    translate(french, "body.t1.table.2", "It <b>met</b>.", "Elle s'est <b>réunie</b>.")
    page = fresh(house.report)
    page.body = table([])
    page.body[0].value["table"] = (
        page.body[0]
        .block.child_blocks["table"]
        .to_python(
            {
                "columns": [{"type": "text", "heading": "Year"}, *COLUMNS],
                "rows": [{"values": ["2020", *row]} for row in ROWS],
            }
        )
    )
    page.save()
    refresh(fresh(page), None)
    rows = build(Translation.objects.get(pk=french.pk)).body[0].value["table"].row_data
    assert str(rows[2]["values"][2].source) == "<p>Elle s'est <b>réunie</b>.</p>"
    assert TranslationContext.objects.filter(object_id=french.source.object_id, path="body.t1.table.3").exists()


def test_an_empty_table_has_nothing_to_translate(house: House, open_translation: Callable[[str], Translation]) -> None:
    house.report.body = [{"type": "table", "id": "t1", "value": {"anchor": "t", "caption": "", "table": None}}]
    house.report.save()
    house.report = fresh(house.report)
    assert list(build(open_translation("fr")).body[0].value["table"].rows) == []
