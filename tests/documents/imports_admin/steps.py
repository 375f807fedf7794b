"""What an officer does in an import, as a browser would post it."""

from collections.abc import Iterable
from typing import Any

from bs4 import BeautifulSoup
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from cms.meetings.models import Session
from documents.models import ImportBatch
from tests.documents.importing.mastheads import Printed

NEW, LIST = "new_document_import", "document_imports"
SYMBOL = "CTOC/COP/2032/7"


def text_file(printed: Printed, name: str = "", **replaced: str) -> SimpleUploadedFile:
    text = printed.text
    for old, new in replaced.items():
        text = text.replace(old.replace("_", " "), new)
    return SimpleUploadedFile(name or f"{printed.language}.txt", text.encode())


def put_in(client: Client, session: Session, files: Iterable[SimpleUploadedFile]) -> ImportBatch:
    """Puts files in as the form does; they have been read when it returns, since tests work at once."""
    fields = {"process": session.process.pk, "access": "public", "uploads": list(files)}
    response = client.post(reverse(NEW), fields)
    assert response.status_code == 302, response.context["form"].errors
    batch = ImportBatch.objects.latest("pk")
    assert response.url == address(batch)
    return batch


def address(batch: ImportBatch) -> str:
    return reverse("document_import", args=[batch.pk])


def row_fields(client: Client, batch: ImportBatch) -> dict[str, Any]:
    """What a browser would post from the review as it stands."""
    page = BeautifulSoup(client.get(address(batch)).content, "html.parser")
    fields: dict[str, Any] = {}
    elements: Any = page.select("fieldset input, fieldset textarea, fieldset select")
    for element in elements:
        if element.get("type") == "checkbox":
            if element.has_attr("checked"):
                fields[element["name"]] = "on"
        elif element.name == "select":
            chosen = element.find("option", selected=True)
            fields[element["name"]] = chosen["value"] if chosen else ""
        else:
            fields[element["name"]] = element.get("value", "") if element.name == "input" else element.text.strip()
    return fields


def act(client: Client, batch: ImportBatch, action: str, **changes: str) -> Any:
    fields = row_fields(client, batch) | {name.replace("__", "-"): value for name, value in changes.items()}
    return client.post(address(batch), {**fields, "action": action})


def file_all(client: Client, batch: ImportBatch, capture: DjangoCaptureOnCommitCallbacks) -> None:
    with capture(execute=True):
        assert act(client, batch, "create").status_code == 302


def states(batch: ImportBatch) -> dict[str, str]:
    return dict(batch.items.values_list("name", "state"))


def stored_files() -> set[str]:
    storage = storages["documents"]
    return set(storage.listdir("imports")[1]) if storage.exists("imports") else set()


def pdf() -> bytes:
    """The smallest PDF file with a page; its text layer is empty, like a scan's."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 300]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    )
