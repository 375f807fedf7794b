"""The snapshot: the same rows as wagtail-localize's own, in few queries, and rows that stay when others come."""

import copy
import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail_factories import ImageFactory
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    StringSegment,
    TemplateSegment,
    TranslationContext,
    TranslationSource,
)

from cms.localization.models import SourceChange
from cms.localization.sending.sources import snapshot
from cms.localization.texts.naming import named
from cms.users.models import User
from documents.models import ReportPage
from tests import factories
from tests.cms.localization.conftest import BODY, House
from tests.tree import fresh, plant_session

pytestmark = pytest.mark.django_db


def rows(source: TranslationSource) -> dict[str, list[Any]]:
    """All segments of a source, as what they say and not as rows, links named as they are here."""
    place = ("context__path", "context__field_path", "order")
    strings = StringSegment.objects.filter(source=source).order_by("order").values_list(*place, "string__data", "attrs")
    return {
        "strings": [(*where, *named(data, json.loads(attrs) or {})) for *where, data, attrs in strings],
        "templates": list(
            TemplateSegment.objects.filter(source=source)
            .order_by("order")
            .values_list(*place, "template__template", "template__string_count", "template__uuid")
        ),
        "related": list(RelatedObjectSegment.objects.filter(source=source).values_list(*place, "object_id")),
        "overridable": list(
            OverridableSegment.objects.filter(source=source).order_by("order").values_list(*place, "data_json")
        ),
    }


def with_everything(house: House) -> ReportPage:
    """The report with links out, pictures, captions and repeated texts."""
    picture = {"image": ImageFactory().pk, "alt_text": "People at a table", "decorative": False}
    image: Any = {"type": "figure", "id": "f1", "value": {"anchor": "f", "image": picture, "caption": "The hall"}}
    link = '<p>See <a href="https://example.org/a">there</a>.</p><p>Twice.</p><p>Twice.</p>'
    house.report.body = [
        *BODY,
        image,
        {"type": "plain", "id": "q1", "value": {"anchor": "q", "text": link}},
        {"type": "annex", "id": "a1", "value": {"label": "Annex I", "anchor": "annex-1", "title": "Programme"}},
    ]
    house.report.save()
    return ReportPage.objects.get(pk=house.report.pk)


def test_the_rows_are_those_of_wagtail_localize(house: House) -> None:
    page = with_everything(house)
    stock, _created = TranslationSource.get_or_create_from_instance(page)
    wanted = rows(stock)
    StringSegment.objects.all().delete()
    TemplateSegment.objects.all().delete()
    OverridableSegment.objects.all().delete()
    stock.delete()
    TranslationContext.objects.all().delete()
    ours = snapshot(page)
    assert rows(ours) == wanted
    assert wanted["strings"]
    assert wanted["templates"]
    assert wanted["overridable"]


def test_children_too(house: House) -> None:
    session = factories.SessionFactory(working_group__process=house.document.process)
    page = plant_session({"en": fresh(house.processes["en"])}, session)["en"]
    factories.AgendaTitleFactory(page=page, title="Opening", annotation="<p>By <b>the Chair</b>.</p>")
    stock, _created = TranslationSource.get_or_create_from_instance(page)
    wanted = rows(stock)
    stock.delete()
    TranslationContext.objects.all().delete()
    assert rows(snapshot(fresh(page))) == wanted


def test_a_second_snapshot_of_the_same_text_changes_no_row(house: House) -> None:
    page = with_everything(house)
    before = list(StringSegment.objects.filter(source=snapshot(page)).order_by("pk").values())
    source = snapshot(page)
    assert list(StringSegment.objects.filter(source=source).order_by("pk").values()) == before
    assert not SourceChange.objects.exists()


def test_what_took_the_place_of_what_is_noted(house: House, editor: User) -> None:
    snapshot(house.report)
    body: list[Any] = copy.deepcopy(BODY)
    body[0]["value"]["text"] = "Opening"
    del body[2]
    house.report.body = body
    house.report.save()
    snapshot(fresh(house.report), editor)
    (change,) = SourceChange.objects.all()
    assert (change.before.data, change.after.data, change.user) == ("Introduction", "Opening", editor)


def test_of_several_texts_at_one_place_the_most_alike_is_the_earlier_version(house: House) -> None:
    def body(*paragraphs: str) -> list[Any]:
        text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        return [{"type": "plain", "id": "q1", "value": {"anchor": "q", "text": text}}]

    house.report.body = body("The plenary meeting adopted its agenda.", "It elected a chair.")
    house.report.save()
    snapshot(fresh(house.report))
    house.report.body = body(
        "A wholly new beginning: 1995!", "It elected the chair.", "The plenary adopted its agenda."
    )
    house.report.save()
    snapshot(fresh(house.report))
    assert {(change.before.data, change.after.data) for change in SourceChange.objects.all()} == {
        ("It elected a chair.", "It elected the chair."),
        ("The plenary meeting adopted its agenda.", "The plenary adopted its agenda."),
    }


def test_a_paragraph_put_in_moves_the_others_and_keeps_their_rows(house: House) -> None:
    source = snapshot(house.report)
    before = dict(StringSegment.objects.filter(source=source).values_list("context__path", "pk"))
    body = copy.deepcopy(BODY)
    body.insert(0, {"type": "plain", "id": "new", "value": {"anchor": "n", "text": "<p>New.</p>"}})
    house.report.body = body
    house.report.save()
    snapshot(fresh(house.report))
    after = StringSegment.objects.filter(source=source).order_by("order")
    assert dict(after.exclude(context__path="body.new.text").values_list("context__path", "pk")) == before
    assert list(after.values_list("context__path", flat=True))[:2] == ["title", "body.new.text"]


def test_a_paragraph_taken_out_is_gone(house: House) -> None:
    source = snapshot(house.report)
    house.report.body = BODY[:1]
    house.report.save()
    snapshot(fresh(house.report))
    assert not StringSegment.objects.filter(source=source, context__path="body.p1.text").exists()


@pytest.mark.parametrize("paragraphs", [10, 300])
def test_the_number_of_queries_does_not_grow_with_the_text(house: House, paragraphs: int) -> None:
    house.report.body = [
        {"type": "paragraph", "id": f"p{n}", "value": {"label": str(n), "anchor": str(n), "text": f"<p>Item {n}.</p>"}}
        for n in range(paragraphs)
    ]
    house.report.save()
    page = fresh(house.report)
    with CaptureQueriesContext(connection) as queries:
        snapshot(page)
    assert len(queries) <= 40, "\n".join(query["sql"][:120] for query in queries)
