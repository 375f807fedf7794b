"""Deleting documents, versions and files: what is said before, and what the history says after."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.log_actions import LogContext
from wagtail.models import ModelLogEntry

from documents.models import DocumentFile, LanguageVersion, OfficialDocument
from tests import factories, people
from tests.records import World, admin_url, form_fields
from tests.tree import plant_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client, world: World) -> Any:
    """Somebody who edits the world's process, logged in."""
    user = people.editor_of(world.process)
    client.force_login(user)
    return user


def told(client: Client, record: Any) -> str:
    """What the page says that asks whether to delete a record."""
    page = BeautifulSoup(client.get(admin_url(record, "delete")).content, "html.parser")
    return " ".join(page.select_one("main").text.split())


def test_a_document_says_what_goes_with_it_and_who_cites_it(client: Client, world: World, editor: Any) -> None:
    document = world.of(OfficialDocument)
    document.symbol = "CTOC/COP/2020/3"
    document.save()
    factories.OfficialDocumentFactory(symbol="CTOC/COP/2020/3/Corr.1")
    factories.CitationFactory(symbol=document.symbol)
    factories.CitationFactory(document=document, version=world.of(LanguageVersion))
    said = told(client, document)
    assert "Deleted with it:" in said
    for line in (
        "Citations: 1",
        "Document files: 1",
        "Other symbols: 1",
        "Language versions: 1",
        "Relations between documents: 1",
    ):
        assert line in said
    assert "1 document cites it." in said
    assert "Yes, delete" in said


def test_a_document_with_web_editions_is_not_deleted(client: Client, world: World, tree: Any, editor: Any) -> None:
    document = world.of(OfficialDocument)
    plant_report(tree.archives["en"], document)
    said = told(client, document)
    assert "It cannot be deleted as long as these need it." in said
    assert "Web editions: 1" in said
    assert "Yes, delete" not in said
    client.post(admin_url(document, "delete"))
    assert OfficialDocument.objects.filter(pk=document.pk).exists()


def test_a_version_says_that_its_web_edition_is_not_shown_any_more(
    client: Client, world: World, tree: Any, editor: Any
) -> None:
    version = world.of(LanguageVersion)
    plant_report(tree.archives["en"], version.document)
    said = told(client, version)
    assert "Document files: 1" in said
    assert "1 web edition stays in the tree of pages" in said


def test_deleting_several_says_the_same_and_is_in_the_history(client: Client, world: World, editor: Any) -> None:
    document = world.of(OfficialDocument)
    other = factories.OfficialDocumentFactory(process=world.process)
    address = reverse("wagtail_bulk_action", args=["documents", "officialdocument", "delete"])
    address = f"{address}?id={document.pk}&id={other.pk}&next=/admin/"
    page = BeautifulSoup(client.get(address).content, "html.parser")
    assert "Language versions: 1" in " ".join(page.text.split())
    client.post(address)
    assert not OfficialDocument.objects.filter(pk__in=[document.pk, other.pk]).exists()
    entries = ModelLogEntry.objects.filter(action="wagtail.delete", user=editor)
    assert {entry.label for entry in entries} == {document.symbol, other.symbol}


def test_the_page_costs_the_same_queries_however_much_depends(
    client: Client, world: World, editor: Any, django_assert_max_num_queries: Any
) -> None:
    document = world.of(OfficialDocument)
    for number in range(40):
        factories.CitationFactory(document=document, symbol=f"CITED/{number}")
        factories.DocumentRelationFactory(target=document)
    with django_assert_max_num_queries(45):
        client.get(admin_url(document, "delete"))


# History


def history_of(version: LanguageVersion) -> list[tuple[str, Any]]:
    """What the history of a version says, the oldest first, and who did it."""
    entries = ModelLogEntry.objects.for_instance(version).filter(action__startswith="documents.")
    return [(entry.message, entry.user) for entry in entries.order_by("timestamp", "pk")]


def test_files_added_replaced_and_deleted_are_in_the_history_with_the_person(world: World, editor: Any) -> None:
    version = factories.LanguageVersionFactory(document=world.of(OfficialDocument), language="fr", state="held")
    with LogContext(user=editor):
        file = DocumentFile(version=version, format="txt", file=ContentFile(b"The first text.\n", name="a.txt"))
        file.save()
        before = file.sha256
        file = DocumentFile.objects.get(pk=file.pk)
        file.save()
        file.file = ContentFile(b"The second text.\n", name="b.txt")
        file.save()
        file.delete()
    assert history_of(version) == [
        (f"Added the TXT file ({before[:12]}…)", editor),
        (f"Replaced the TXT file ({before[:12]}… by {file.sha256[:12]}…)", editor),
        (f"Deleted the TXT file ({file.sha256[:12]}…)", editor),
    ]


def test_the_form_of_a_version_writes_the_history_of_its_files(client: Client, world: World, editor: Any) -> None:
    version = factories.LanguageVersionFactory(document=world.of(OfficialDocument), language="fr", state="held")
    address = admin_url(version, "edit")
    fields = form_fields(client, address) | {
        "files-TOTAL_FORMS": "1",
        "files-0-id": "",
        "files-0-format": "txt",
        "files-0-file": SimpleUploadedFile("text.txt", b"The text of a document.\n"),
        "files-0-ORDER": "1",
        "files-0-DELETE": "",
    }
    assert client.post(address, fields).status_code == 302
    ((message, user),) = history_of(version)
    assert message.startswith("Added the TXT file")
    assert user == editor
    assert message in client.get(admin_url(version, "history")).content.decode()


def test_a_document_that_goes_with_all_its_parts_leaves_one_line(client: Client, world: World, editor: Any) -> None:
    document = world.of(OfficialDocument)
    ModelLogEntry.objects.all().delete()
    assert client.post(admin_url(document, "delete")).status_code == 302
    assert [entry.action for entry in ModelLogEntry.objects.all()] == ["wagtail.delete"]
