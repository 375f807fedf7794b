"""What is known of files: who put them there, what they replaced, how many pages they have and how the first looks."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from cms.core.visibility import Access
from documents.addresses import document_url
from documents.describing import describe, describe_file
from documents.files import file_url, picture_url
from documents.models import DocumentFile, LanguageVersion, ReplacedFile
from tests import factories, people
from tests.documents.importing.pdf_files import HOSTILE, pages
from tests.records import World, admin_url, save_form
from tests.tree import Tree

pytestmark = pytest.mark.django_db

THREE_PAGES = pages([[(72, 72, f"Page {number}", 11, "F1")] for number in (1, 2, 3)])


def new_file(content: bytes = THREE_PAGES, **facts: Any) -> DocumentFile:
    """A released PDF file; facts of its document by name."""
    version = factories.LanguageVersionFactory(document=factories.OfficialDocumentFactory(**facts))
    file: DocumentFile = factories.DocumentFileFactory(
        version=version, format=DocumentFile.Format.PDF, file=ContentFile(content, name="x.pdf")
    )
    return file


def test_a_new_file_is_described_in_the_background(
    client: Client, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        file = new_file()
    file.refresh_from_db()
    assert file.pages == 3
    response = client.get(picture_url(file) or "")
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    with Image.open(io.BytesIO(response.getvalue())) as picture:
        assert abs(picture.width - 400) <= 1
        assert abs(picture.height - 566) <= 1


def test_the_picture_passes_the_same_gate_as_the_file(client: Client, tree: Tree) -> None:
    file = new_file(access=Access.PARTICIPANTS)
    assert describe(file)
    file.refresh_from_db()
    address = picture_url(file) or ""
    assert client.get(address).status_code == 302
    client.force_login(factories.UserFactory())
    assert client.get(address).status_code == 404
    LanguageVersion.objects.update(state=LanguageVersion.State.HELD)
    client.logout()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("content", [HOSTILE[name]() for name in list(HOSTILE)[:3]] + [b"%PDF-1.7"], ids=range(4))
def test_a_file_that_cannot_be_shown_has_no_picture_and_stays(client: Client, content: bytes) -> None:
    file = new_file(content)
    describe_file.call(file.pk)
    assert client.get(file_url(file)).status_code == 200


def test_older_files_are_described_by_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    file, broken = new_file(), new_file(b"%PDF-1.7")
    for _again in range(2):
        call_command("describe_files")
    file.refresh_from_db()
    broken.refresh_from_db()
    assert (file.pages, broken.pages) == (3, None)
    assert "1 without a picture" in capsys.readouterr().out


def test_a_replaced_file_is_kept_with_what_was_known_of_it(client: Client, world: World) -> None:
    file: DocumentFile = world.of(DocumentFile)
    before = DocumentFile.objects.get(pk=file.pk)
    editor = people.editor_of(world.process)
    client.force_login(editor)
    again = SimpleUploadedFile("again.txt", b"Another text.")
    assert save_form(client, admin_url(file, "edit"), file=again).status_code == 302
    file.refresh_from_db()
    assert file.added_by == editor
    assert file.size == 13
    (earlier,) = file.replaced.all()
    assert (earlier.sha256, earlier.size, earlier.added_at) == (before.sha256, before.size, before.added_at)
    page = client.get(admin_url(file, "edit")).content.decode()
    assert before.sha256 in page
    address = f"/files/{file.uid}/replaced/{earlier.pk}"
    assert address in page
    assert client.get(address).getvalue() == b"The text of a document.\n"
    for stranger in (factories.UserFactory(), None):
        client.logout()
        if stranger is not None:
            client.force_login(stranger)
        assert client.get(address).status_code == 404


def test_a_new_picture_takes_the_place_of_the_old_one(
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        file = new_file()
    file.refresh_from_db()
    old = Path(file.picture.path)
    with django_capture_on_commit_callbacks(execute=True):
        file.file = ContentFile(pages([[(72, 72, "Another", 11, "F1")]]), name="y.pdf")
        file.save()
    file.refresh_from_db()
    assert file.pages == 1
    assert not old.exists()
    with django_capture_on_commit_callbacks(execute=True):
        file.delete()
    assert not Path(file.picture.path).exists()


def test_the_page_of_a_document_tells_of_its_files(client: Client, tree: Tree) -> None:
    file = new_file(symbol="FILE/1")
    describe(file)
    file.refresh_from_db()
    file.file = ContentFile(THREE_PAGES + b"\n", name="y.pdf")
    file.save()
    describe(file)
    held = factories.LanguageVersionFactory(document=file.version.document, language="ru", state="held")
    secret = factories.DocumentFileFactory(version=held, file=ContentFile(b"secret", name="x.txt"))
    page = client.get(document_url(file.version.document, "en")).content.decode()
    file.refresh_from_db()
    assert file.sha256 in page
    assert "3 pages" in page
    assert picture_url(file) in page  # type: ignore[operator]
    assert ReplacedFile.objects.get().sha256 in page
    assert secret.sha256 not in page


def test_the_page_asks_no_more_for_many_files(client: Client, tree: Tree) -> None:
    document = new_file(symbol="FILE/1").version.document
    address = document_url(document, "en")
    counts = []
    for language in ("", "fr", "ru"):
        if language:
            version = factories.LanguageVersionFactory(document=document, language=language)
            for format_ in ("txt", "pdf"):
                factories.DocumentFileFactory(version=version, format=format_)
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        counts.append(len(captured))
    assert len(set(counts)) == 1
    assert counts[0] <= 25
