"""What the workplace asks of the database for a document of 300 paragraphs, and how large its pages are."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation

from cms.localization.models import SegmentComment, SegmentReview
from cms.localization.sending.drafts import save_draft
from cms.localization.sending.translating import translate_page
from cms.localization.texts.rows import load
from cms.users.models import User
from tests import factories, people
from tests.cms.localization.conftest import House, address_of
from tests.tree import plant_report

pytestmark = pytest.mark.django_db

PARAGRAPHS = 300
MOST_TO_OPEN = 30
MOST_TO_SAVE = 16
MOST_TO_REVIEW = 32
MOST_TO_DECIDE = 100
MOST_BYTES = 1_000_000


@pytest.fixture
def long(house: House, editor: User) -> Translation:
    """A document of 300 paragraphs, each with a footnote mark or a link, open in French."""
    document = factories.OfficialDocumentFactory(process=house.document.process, symbol="KP/2018/1")
    page = plant_report(house.processes["en"], document, title="Long report")
    page.body = [
        {
            "type": "paragraph",
            "id": f"b{number}",
            "value": {
                "label": str(number),
                "anchor": str(number),
                "text": f'<p>The Group noted in <i>words</i><a linktype="footnote" id="fn{number}">{number}</a> '
                f"in {number} that the participants had met and had considered what lay before them.</p>",
            },
        }
        for number in range(1, PARAGRAPHS + 1)
    ]
    page.save()
    page.save_revision().publish()
    (outcome,) = translate_page(page, [Locale.objects.get(language_code="fr")], editor)
    assert outcome.target is not None
    translation: Translation = Translation.objects.get(source__object_id=document.uid)
    return translation


def test_opening_and_saving(client: Client, translator: User, long: Translation) -> None:
    client.force_login(translator)
    address = reverse("localization:edit_translation", args=[long.pk])
    client.get(address)  # what the first request of a process fills
    with CaptureQueriesContext(connection) as opened:
        page = client.get(address)
    assert len(opened) <= MOST_TO_OPEN, "\n".join(query["sql"][:170] for query in opened)
    assert len(page.content) <= MOST_BYTES
    assert page.content.count(b"<textarea") == PARAGRAPHS + 1
    row = load(long)[10]
    for version, text in enumerate(["Le Groupe", "Le Groupe a noté"]):
        data = {"text": text, "version": str(version), "action": "confirm"}
        with CaptureQueriesContext(connection) as saved:
            answer = client.post(address_of(long, row), data, headers={"accept": "application/json"})
        assert answer.status_code == 200
        # The outermost SAVEPOINT stands for the transaction, whose begin and end are no queries on a site.
        asked = [query["sql"][:170] for query in saved if "SAVEPOINT" not in query["sql"]]
        assert len(asked) <= MOST_TO_SAVE, "\n".join(asked)


def test_reviewing(client: Client, translator: User, long: Translation) -> None:
    """A reviewer's page, with a comment on every text, asks no more for many texts than for few."""
    StringTranslation.objects.bulk_create(
        StringTranslation(
            translation_of_id=row.segment.string_id,
            context_id=row.segment.context_id,
            locale=long.target_locale,
            data=row.segment.string.data,
            last_translated_by=translator,
        )
        for row in load(long)
    )
    texts = StringTranslation.objects.select_related("context")
    SegmentReview.objects.bulk_create(SegmentReview(translation=text, state="confirmed") for text in texts)
    save_draft(long, translator)
    page = Page.objects.get(translation_key=long.source.object_id, locale=long.target_locale).specific
    page.get_workflow().start(page, translator)
    reviser = people.reviser_of("fr")
    SegmentComment.objects.bulk_create(
        SegmentComment(translation=long, context=text.context, text="Why?", author=reviser) for text in texts
    )
    client.force_login(reviser)
    address = reverse("localization:edit_translation", args=[long.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as opened:
        shown = client.get(address)
    assert f"{PARAGRAPHS + 1} texts so far." in shown.content.decode()
    assert len(opened) <= MOST_TO_REVIEW, "\n".join(query["sql"][:170] for query in opened)
    assert len(shown.content) <= MOST_BYTES
    with CaptureQueriesContext(connection) as decided:
        client.post(reverse("localization:review", args=[long.pk]), {"action": "send_back", "comment": ""})
    assert SegmentReview.objects.filter(state="draft").count() == PARAGRAPHS + 1
    assert len(decided) <= MOST_TO_DECIDE, "\n".join(query["sql"][:170] for query in decided)
