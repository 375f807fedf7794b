"""The review of an import: what was read, what stands in the way, and what officers correct in it."""

import datetime
from collections.abc import Iterable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from cms.meetings.models import Session
from documents.models import ImportBatch, ImportItem, LanguageVersion, OfficialDocument
from tests import factories
from tests.documents.importing.mastheads import ENGLISH, FRENCH, RUSSIAN
from tests.documents.importing.pdf_files import SCAN, pages
from tests.documents.imports_admin.steps import (
    LIST,
    SYMBOL,
    act,
    address,
    file_all,
    pdf,
    put_in,
    row_fields,
    states,
    text_file,
)

pytestmark = pytest.mark.django_db


def test_what_is_corrected_in_the_review_is_what_is_filed(
    officer: Client, session: Session, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    batch = put_in(officer, session, [text_file(ENGLISH), text_file(FRENCH)])
    english, french = batch.items.order_by("pk")
    act(
        officer,
        batch,
        "save",
        **{f"item__{english.pk}__title": "Another title", f"item__{english.pk}__symbol": "CTOC/COP/2032/8"},
    )
    fields = row_fields(officer, batch)
    fields.pop(f"item-{french.pk}-included")
    with django_capture_on_commit_callbacks(execute=True):
        officer.post(address(batch), {**fields, "action": "create"})
    version = LanguageVersion.objects.get()
    assert (version.title, version.document.symbol) == ("Another title", "CTOC/COP/2032/8")
    assert states(batch) == {"en.txt": "created", "fr.txt": "ready"}


def test_a_wrong_row_is_said_by_field_and_the_others_are_saved(officer: Client, session: Session) -> None:
    batch = put_in(officer, session, [text_file(ENGLISH), text_file(FRENCH)])
    english, french = batch.items.order_by("pk")
    changes = {
        f"item__{english.pk}__date": "the first of May",
        f"item__{english.pk}__agenda_items": "17",
        f"item__{english.pk}__title": "A title that is not lost",
        f"item__{french.pk}__title": "Un autre titre",
    }
    response = act(officer, batch, "create", **changes)
    html = response.content.decode()
    assert "This session has no agenda item 17." in html
    assert "Enter a valid date." in html
    assert "A title that is not lost" in html
    french.refresh_from_db()
    assert french.facts["title"] == "Un autre titre"
    batch.refresh_from_db()
    assert batch.state == "review"
    assert not OfficialDocument.objects.exists()


def test_conflicts_are_shown_before_anything_is_filed(officer: Client, session: Session) -> None:
    there = factories.OfficialDocumentFactory(symbol=SYMBOL, process=session.process)
    version = factories.LanguageVersionFactory(document=there, language="en", state="held")
    factories.DocumentFileFactory(version=version)
    factories.OfficialDocumentFactory(symbol="CTOC/COP/2032/9")
    files = [
        text_file(ENGLISH, "CTOC_COP_2032_6.txt"),
        text_file(FRENCH, "body.txt", **{"CTOC/COP/2032/7": "CTOC/XYZ/2032/7"}),
        text_file(RUSSIAN, "foreign.txt", **{"CTOC/COP/2032/7": "CTOC/COP/2032/9"}),
    ]
    batch = put_in(officer, session, files)
    html = BeautifulSoup(officer.get(address(batch)).content, "html.parser").text
    assert "There is another text with this symbol and language" in html
    assert "The file's name says CTOC/COP/2032/6." in html
    assert "No body of this process has symbols that begin like this." in html
    assert "CTOC/COP/2032/9 belongs to another process." in html


def test_a_conflict_is_not_hidden_among_differences_between_languages(officer: Client, session: Session) -> None:
    there = factories.OfficialDocumentFactory(symbol=SYMBOL, process=session.process, date=datetime.date(1999, 1, 1))
    version = factories.LanguageVersionFactory(document=there, language="en", state="held")
    factories.DocumentFileFactory(version=version)
    batch = put_in(officer, session, [text_file(ENGLISH)])

    html = BeautifulSoup(officer.get(address(batch)).content, "html.parser").text
    assert "There is another text with this symbol and language" in html
    assert "this file" not in html


def test_languages_that_do_not_match_are_named(officer: Client, session: Session) -> None:
    text = FRENCH.text.replace("1er février 2032", "2 février 2032")
    french = SimpleUploadedFile("fr.txt", text.encode())
    batch = put_in(officer, session, [text_file(ENGLISH), french])
    html = BeautifulSoup(officer.get(address(batch)).content, "html.parser").text
    assert "English has the date 1 February 2032, French 2 February 2032." in html


def count(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_a_long_review_and_a_long_list_take_no_more_queries(officer: Client, session: Session) -> None:
    batch = put_in(officer, session, [text_file(ENGLISH), text_file(FRENCH)])
    fill(batch, range(10))
    few = count(officer, address(batch)), count(officer, reverse(LIST))
    fill(batch, range(10, 200))
    assert (count(officer, address(batch)), count(officer, reverse(LIST))) == few
    assert max(few) <= 25, few


def fill(batch: ImportBatch, numbers: Iterable[int]) -> None:
    """Adds files whose documents are there, every fourth of them filed; and further imports."""
    model = batch.items.earliest("pk")
    for number in numbers:
        symbol = f"CTOC/COP/2032/{number + 100}"
        there = factories.OfficialDocumentFactory(symbol=symbol, process=batch.process)
        ImportItem.objects.create(
            batch=batch,
            name=f"{number}.txt",
            state="created" if number % 4 == 0 else "ready",
            document=there,
            version=factories.LanguageVersionFactory(document=there, state="held"),
            format="txt",
            reading=model.reading,
            facts={**model.facts, "symbol": symbol},
        )
        ImportBatch.objects.create(process=batch.process)


def test_pages_of_which_nothing_was_read_are_named_in_the_review(officer: Client, session: Session) -> None:
    lines = [
        "UNITED NATIONS",
        SYMBOL,
        *[f"{n}. The Conference took note of the report of the body." for n in (1, 2, 3)],
    ]
    text = [(72.0, 72.0 + 20 * place, line, 11.0, "F1") for place, line in enumerate(lines)]
    broken = [(72.0, 72.0, "".join(chr(ord(letter) - 29) for letter in "It took note. " * 9), 9.0, "F4")]
    batch = put_in(officer, session, [SimpleUploadedFile("mixed.pdf", pages([text, SCAN, SCAN, text, SCAN, broken]))])
    html = officer.get(address(batch)).content.decode()
    assert "Pages that are pictures without text, of which nothing was read: 2-3, 5." in html
    assert "Pages of which nothing was read, since their fonts do not say which letters they show: 6." in html


def test_a_row_may_say_otherwise_who_may_read(
    officer: Client, session: Session, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    other = text_file(ENGLISH, "other.txt", **{"CTOC/COP/2032/7": "CTOC/COP/2032/8"})
    batch = put_in(officer, session, [text_file(ENGLISH), other])
    ImportBatch.objects.filter(pk=batch.pk).update(access="participants")
    older = batch.items.get(name="en.txt")
    older.facts.pop("access")  # as rows were kept before this could be said
    older.save()
    assert "As the import: Participants" in officer.get(address(batch)).content.decode()
    act(officer, batch, "save", **{f"item__{batch.items.get(name='other.txt').pk}__access": "staff"})
    file_all(officer, batch, django_capture_on_commit_callbacks)
    found = dict(OfficialDocument.objects.values_list("symbol", "access"))
    assert found == {SYMBOL: "participants", "CTOC/COP/2032/8": "staff"}


def test_who_may_read_a_document_that_is_there_is_not_changed_and_said(officer: Client, session: Session) -> None:
    factories.OfficialDocumentFactory(symbol=SYMBOL, process=session.process, access="staff")
    new = [text_file(printed, **{"CTOC/COP/2032/7": "CTOC/COP/2032/8"}) for printed in (FRENCH, RUSSIAN)]
    batch = put_in(officer, session, [text_file(ENGLISH), *new])
    act(officer, batch, "save", **{f"item__{batch.items.get(name='fr.txt').pk}__access": "staff"})
    html = BeautifulSoup(officer.get(address(batch)).content, "html.parser").text
    assert f"{SYMBOL} is there with the access “Staff”, which stays." in html
    assert "“ru.txt” is the same document with another access" in html


def test_two_officers_with_one_review_lose_nothing_of_each_other(officer: Client, session: Session) -> None:
    batch = put_in(officer, session, [text_file(ENGLISH), text_file(FRENCH)])
    english, french = (f"item-{item.pk}-title" for item in batch.items.order_by("pk"))
    first = {**row_fields(officer, batch), "action": "save"}
    officer.post(address(batch), {**first, english: "A title that the first one gave"})
    second = {**first, english: "A title that the second one gave", french: "Un autre titre"}
    answer = officer.post(address(batch), second)
    html = BeautifulSoup(answer.content, "html.parser")
    assert "Somebody else has changed this row since you opened it." in html.text
    assert "Title: A title that the first one gave" in html.text
    assert "A title that the second one gave" in html.text
    assert [item.facts["title"] for item in batch.items.order_by("pk")] == [
        "A title that the first one gave",
        "Un autre titre",
    ]
    marks = {str(field["name"]): str(field["value"]) for field in html.select("input[name$=-seen]")}
    officer.post(address(batch), {**second, **marks})
    assert batch.items.get(name="en.txt").facts["title"] == "A title that the second one gave"


def test_what_was_typed_in_a_row_that_was_filed_meanwhile_is_said_to_be_lost(
    officer: Client, session: Session, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    batch = put_in(officer, session, [text_file(ENGLISH), text_file(FRENCH)])
    fields = row_fields(officer, batch)
    fields.pop(f"item-{batch.items.get(name='fr.txt').pk}-included")
    file_all_of(officer, batch, {**fields, "action": "create"}, django_capture_on_commit_callbacks)
    fields[f"item-{batch.items.get(name='fr.txt').pk}-title"] = "Un autre titre"
    answer = officer.post(address(batch), {**fields, "action": "save"}, follow=True)
    assert "1 row is no longer to be reviewed" in answer.content.decode()
    assert batch.items.get(name="fr.txt").facts["title"] == "Un autre titre"


def file_all_of(client: Client, batch: ImportBatch, posted: Any, capture: DjangoCaptureOnCommitCallbacks) -> None:
    with capture(execute=True):
        client.post(address(batch), posted)


def test_a_row_is_saved_although_it_has_moved_to_another_page(
    officer: Client, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("documents.batches.review.PER_PAGE", 1)
    batch = put_in(officer, session, [text_file(ENGLISH), text_file(FRENCH)])
    second = batch.items.get(name="fr.txt")
    batch.items.filter(name="en.txt").update(state="created")
    fields = {f"item-{second.pk}-title": "Un autre titre", f"item-{second.pk}-kind": "note", "action": "save"}
    officer.post(f"{address(batch)}?p=2", fields)
    second.refresh_from_db()
    assert second.facts["title"] == "Un autre titre"


def test_files_that_cannot_be_filed_as_they_are_are_listed_first(officer: Client, session: Session) -> None:
    batch = put_in(officer, session, [text_file(ENGLISH), SimpleUploadedFile("scan.pdf", pdf())])
    page = BeautifulSoup(officer.get(address(batch)).content, "html.parser")
    [link] = page.select(".import-remarks a")
    assert link.text == "scan.pdf"
    assert page.select_one(str(link["href"])) is not None


def test_languages_are_compared_with_one_other_only(officer: Client, session: Session) -> None:
    """The original's text, or the first one's: what differs from it would be said of every pair otherwise."""
    second = next(line for line in FRENCH.text.split("\n") if line.strip().startswith("2."))
    french = SimpleUploadedFile("fr.txt", FRENCH.text.replace(second, "").encode())
    batch = put_in(officer, session, [text_file(ENGLISH), french, text_file(RUSSIAN)])
    for item in batch.items.all():
        item.facts["original_language"] = ""
        item.save()
    page = BeautifulSoup(officer.get(address(batch)).content, "html.parser")
    lines = [line.text for line in page.select("form li") if "missing" in line.text]
    assert lines == ["Paragraphs of English missing in French: 2."]
