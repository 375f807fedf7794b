"""What the workplace asks of the database for a document of 300 paragraphs, and how large its pages are."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import Translation

from cms.localization.rows import load
from cms.localization.translating import translate_page
from cms.users.models import User
from tests import factories
from tests.cms.localization.conftest import House, address_of
from tests.tree import plant_report

pytestmark = pytest.mark.django_db

PARAGRAPHS = 300
MOST_TO_OPEN = 30
MOST_TO_SAVE = 16
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
