"""The texts of files: read once in the background, kept with their file, never those of another one."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents import file_texts
from documents.file_texts import read_file_text, read_text, unread
from documents.models import DocumentFile, FileText
from tests import factories
from tests.documents.importing.docx_files import WordFile
from tests.documents.importing.pdf_files import HOSTILE, SCAN, pages
from tests.records import admin_url

pytestmark = pytest.mark.django_db

SENTENCE = "The parties took note of the zebra, and of the report of the secretariat."
PDF = pages([[(72, 72, SENTENCE, 11, "F1")], [(72, 72, "The second page is about giraffes alone.", 11, "F1")]])


def new_file(content: bytes = PDF, form: str = "pdf") -> DocumentFile:
    file: DocumentFile = factories.DocumentFileFactory(format=form, file=ContentFile(content, name=f"x.{form}"))
    return file


def test_a_new_file_is_read_in_the_background(django_capture_on_commit_callbacks: Callable[..., Any]) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        file = new_file()
    assert file.text.pages == [SENTENCE, "The second page is about giraffes alone."]
    assert (file.text.sha256, file.text.problem) == (file.sha256, "")

    assert read_file_text.call(file.pk) == "nothing to do"


def test_word_is_read_and_text_and_tables_are_not(django_capture_on_commit_callbacks: Callable[..., Any]) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        word = new_file(WordFile().add("On the zebra.").data(), "docx")
        new_file(b"On the zebra.", "txt")
    assert [text.file_id for text in FileText.objects.all()] == [word.pk]
    assert word.text.pages == ["On the zebra."]
    assert list(unread()) == []


def test_new_content_takes_the_place_of_the_old_text(django_capture_on_commit_callbacks: Callable[..., Any]) -> None:
    file = new_file()
    read_text(file)
    file.file = ContentFile(pages([[(72, 72, "Another text, about giraffes alone.", 11, "F1")]]), name="y.pdf")
    with django_capture_on_commit_callbacks(execute=True):
        file.save()
    assert FileText.objects.get().pages == ["Another text, about giraffes alone."]
    assert FileText.objects.get().sha256 == file.sha256


def test_nothing_is_kept_of_a_file_that_was_replaced_or_deleted_meanwhile() -> None:
    replaced, deleted = new_file(), new_file(PDF + b"\n")
    old = DocumentFile.objects.get(pk=replaced.pk)
    replaced.file = ContentFile(PDF + b"\n\n", name="y.pdf")
    replaced.save()
    replaced_text = read_text(replaced)
    old.file.storage.save(old.file.name, ContentFile(PDF))
    read_text(old)
    DocumentFile.objects.filter(pk=deleted.pk).delete()
    read_text(deleted)

    assert replaced_text == ""
    assert [text.sha256 for text in FileText.objects.all()] == [replaced.sha256]


@pytest.mark.parametrize(
    ("content", "reason"),
    [(pages([SCAN]), "scan"), (b"%PDF-1.7", "damaged"), (HOSTILE[next(iter(HOSTILE))](), "")],
    ids=["scan", "damaged", "hostile"],
)
def test_a_file_without_text_says_why_and_is_not_read_again(
    content: bytes, reason: str, admin_client: Client, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        file = new_file(content)
    assert reason in file.text.problem
    assert file.text.pages == []
    assert not unread().exists()
    assert list(unread(with_failed=True)) == [file]

    page = admin_client.get(admin_url(file, "edit")).content.decode()
    assert "No text is searched" in page
    assert file.text.problem.replace("'", "&#x27;") in page


def test_the_form_of_a_file_says_what_search_knows_of_it(admin_client: Client) -> None:
    file = new_file(pages([[(72, 72, SENTENCE, 11, "F1"), (72, 90, SENTENCE, 11, "F1")], SCAN, SCAN]))
    assert "will be read in a moment" in admin_client.get(admin_url(file, "edit")).content.decode()
    read_text(file)
    page = admin_client.get(admin_url(file, "edit")).content.decode()
    assert "The text is searched." in page
    assert "letters they show: 2-3" in page


def test_no_more_is_kept_than_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_texts, "MOST_CHARACTERS", len(SENTENCE) + 10)
    file = new_file()
    read_text(file)
    assert file.text.pages == [SENTENCE, "The second"]
    assert file.text.is_cut
    assert file.text.characters == len(SENTENCE) + 10


def test_older_files_are_read_by_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    file, scan = new_file(), new_file(pages([SCAN]))
    call_command("read_file_texts")
    assert "1 read, 1 without text." in capsys.readouterr().out
    assert file.text.pages[0] == SENTENCE

    call_command("read_file_texts")
    assert "0 read, 0 without text." in capsys.readouterr().out
    call_command("read_file_texts", failed=True)
    told = capsys.readouterr().out
    assert "0 read, 1 without text." in told
    assert f"File {scan.pk}: " in told


def test_a_file_lost_from_storage_is_named_and_read_once_it_is_back(capsys: pytest.CaptureFixture[str]) -> None:
    file = new_file()
    file.file.storage.delete(file.file.name)
    call_command("read_file_texts")
    assert "not in storage" in capsys.readouterr().out
    file.file.storage.save(file.file.name, ContentFile(PDF))
    call_command("read_file_texts")
    assert file.text.pages[0] == SENTENCE


def test_lists_and_forms_do_not_load_texts(admin_client: Client) -> None:
    file = new_file()
    read_text(file)
    for address in (reverse("wagtailsnippets_documents_documentfile:list"), admin_url(file, "edit")):
        with CaptureQueriesContext(connection) as captured:
            assert admin_client.get(address).status_code == 200
        assert not [query["sql"] for query in captured if '"documents_filetext"."pages"' in query["sql"]]
