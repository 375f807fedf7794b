"""The checks in the workplace: shown at the text, asked once, and no error goes public."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail_localize.models import Translation

from cms.localization.glossary.terms import found_in, names_in
from cms.localization.models import SegmentReview, Term, TermName
from cms.localization.proofreading import findings_in
from cms.localization.texts.rows import Row, load
from cms.processes.models import Process
from cms.users.models import User
from tests import factories
from tests.cms.localization.conftest import House, address_of, hand_in, row_of, save, target, translate_all

pytestmark = pytest.mark.django_db

LOST_NOTE = "FR Le ①Groupe❶ a pris note du document ③CTOC/COP/2020/3❸ & s’est ajourné."
RIGHT = "FR Le ①Groupe❶ a pris note② du document ③CTOC/COP/2020/3❸ & s’est ajourné."


def page_of(client: Client, translation: Translation, query: str = "") -> str:
    address = reverse("localization:edit_translation", args=[translation.pk])
    return client.get(f"{address}{query}").content.decode()


def term(process: Process | None, english: str, **french: str) -> Term:
    made: Term = Term.objects.create(process=process)
    TermName.objects.create(term=made, language="en", text=english)
    for use, text in french.items():
        TermName.objects.create(term=made, language="fr", text=text, use=use)
    return made


def findings(translation: Translation, row: Row, text: str) -> list[str]:
    (found,) = findings_in(translation, [(row, text)], target(translation))
    return [finding.sentence for finding in found]


def test_what_is_found_is_shown_at_the_text_and_can_be_listed(
    client: Client, translator: User, french: Translation
) -> None:
    client.force_login(translator)
    translate_all(client, french)
    assert "translation-finding--" not in page_of(client, french)
    save(client, french, LOST_NOTE, "The")
    row = row_of(french, "The")
    page = page_of(client, french, "?show=findings")
    assert "Missing from the translation: ②" in page
    assert f'id="text-{row.key}"' in page
    assert page.count("<textarea") == 1
    assert "With errors or warnings (1)" in page


def test_an_error_stops_review_and_publishing_with_a_link_to_its_text(client: Client, french: Translation) -> None:
    client.force_login(factories.UserFactory(is_superuser=True))
    translate_all(client, french)
    save(client, french, LOST_NOTE, "The")
    for action in ("submit", "publish"):
        page = hand_in(client, french, action, follow=True).content.decode()
        assert "1 text has an error." in page
        assert f'#text-{row_of(french, "The").key}"' in page
        assert not target(french).live
        assert not target(french).workflow_in_progress
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{bulk}?id={target(french).pk}&next=/admin/", {"include_descendants": "on"})
    assert not target(french).live
    save(client, french, RIGHT, "The")
    hand_in(client, french, "publish")
    assert target(french).live


def test_a_warning_is_asked_once(client: Client, french: Translation) -> None:
    client.force_login(factories.UserFactory(is_superuser=True))
    translate_all(client, french)
    save(client, french, "FR Se réunir", "To meet")
    page = hand_in(client, french, "publish", follow=True).content.decode()
    assert "1 text has a warning." in page
    assert not target(french).live
    assert 'name="accepted" value="punctuation:./"' in page
    save(client, french, "FR Se réunir", "To meet", action="accept", accepted="punctuation:./")
    page = page_of(client, french)
    assert 'name="accepted"' not in page
    assert "Right so:" in page
    assert row_of(french, "To meet").state == "confirmed"
    # A later correction is not asked for the same again, and for something else it is.
    save(client, french, "FR Se réunir ailleurs", "To meet")
    assert 'name="accepted"' not in page_of(client, french)
    save(client, french, "FR Se réunir en 2020", "To meet")
    assert 'name="accepted" value="number:/2020"' in page_of(client, french)
    save(client, french, "FR Se réunir ailleurs", "To meet")
    hand_in(client, french, "publish")
    assert target(french).live


def test_all_warnings_can_be_said_to_be_right_when_it_is_handed_in(client: Client, french: Translation) -> None:
    client.force_login(factories.UserFactory(is_superuser=True))
    translate_all(client, french)
    save(client, french, "FR Se réunir", "To meet")
    client.post(reverse("localization:hand_in", args=[french.pk]), {"action": "publish", "accept": "on"})
    assert target(french).live
    assert SegmentReview.objects.exclude(accepted=[]).get().accepted == ["punctuation:./"]


def test_only_warnings_that_were_shown_are_accepted(client: Client, translator: User, french: Translation) -> None:
    client.force_login(translator)
    save(client, french, "Se réunir en 2020", "To meet", action="accept", accepted="punctuation:./")
    assert SegmentReview.objects.get().accepted == ["punctuation:./"]
    save(client, french, "Se réunir en 2020", "To meet", action="accept", accepted="invented:" * 99)
    assert SegmentReview.objects.get().accepted == ["punctuation:./"]


def test_an_error_cannot_be_accepted(client: Client, translator: User, french: Translation) -> None:
    client.force_login(translator)
    save(client, french, LOST_NOTE, "The", action="accept", accepted="code:②")
    assert SegmentReview.objects.get().accepted == []
    assert "translation-finding--error" in page_of(client, french)


def test_a_script_gets_the_findings_as_they_are_shown(client: Client, translator: User, french: Translation) -> None:
    client.force_login(translator)
    row = row_of(french, "To meet")
    data = {"text": "Se réunir", "version": "0", "action": "save"}
    told = client.post(address_of(french, row), data, headers={"accept": "application/json"}).json()
    assert "It is right so" in told["findings"]
    data |= {"version": str(told["version"]), "action": "accept", "accepted": "punctuation:./"}
    told = client.post(address_of(french, row), data, headers={"accept": "application/json"}).json()
    assert "It is right so" not in told["findings"]
    assert told["state"] == "confirmed"


def test_the_terms_are_those_of_the_page_s_process_and_the_general_ones(house: House, french: Translation) -> None:
    term(None, "Group", preferred="Groupe", forbidden="Bande")
    term(house.document.process, "meet", preferred="siéger")
    term(factories.ProcessFactory(code="other"), "adjourned", preferred="levé")
    group = row_of(french, "The")
    assert findings(french, group, RIGHT) == []
    assert findings(french, group, RIGHT.replace("Groupe", "Comité")) == ["“Group” is officially: Groupe"]
    assert findings(french, group, RIGHT.replace("Groupe", "bande")) == [
        "“bande” is not to be used for “Group”: Groupe".replace("bande", "Bande")
    ]
    assert findings(french, row_of(french, "To meet"), "Se réunir.") == ["“meet” is officially: siéger"]


def test_terms_for_the_checks_are_those_of_the_suggestions(house: House, french: Translation) -> None:
    process = house.document.process
    term(None, "working group", preferred="groupe de travail", admitted="GT", forbidden="équipe")
    term(process, "working group", preferred="comité")
    term(process, "group", preferred="groupe")
    texts = ["The working groups met.", "A group of working people", "Nothing of it"]
    asked = names_in(texts, "en", "fr", target(french))
    assert asked == found_in(texts, "en", "fr", process)
    assert [[one.official for one in found] for found in asked] == [[["comité"]], [["groupe"]], []]


def test_the_checks_of_all_texts_cost_one_query(client: Client, french: Translation) -> None:
    term(None, "Group", preferred="Groupe")
    client.force_login(factories.UserFactory(is_superuser=True))
    translate_all(client, french)
    rows = load(french)
    page = target(french)
    findings_in(french, [(rows[0], "x")], page)  # what is kept of the symbols' tables
    with CaptureQueriesContext(connection) as asked:
        findings_in(french, [(row, row.target) for row in rows], page)
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("start", "length", "found"),
    [("Report", 256, ["It is longer than 255 characters."]), ("Report", 255, []), ("To meet", 2000, [])],
    ids=["title", "title that fits", "rich text"],
)
def test_the_bound_of_a_field_is_known(french: Translation, start: str, length: int, found: list[str]) -> None:
    row = row_of(french, start)
    ending = "." if start == "To meet" else ""
    assert findings(french, row, "é" * (length - len(ending)) + ending) == found


def test_a_heading_s_bound_is_that_of_its_block(french: Translation) -> None:
    assert findings(french, row_of(french, "Introduction"), "é" * 1001) == ["It is longer than 1000 characters."]
