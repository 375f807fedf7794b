"""Files leave in parts, unchanged, or not at all, as readers of large files and their browsers ask for it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.http.response import HttpResponseBase
from django.test import Client

from documents.files import disposition, file_url
from documents.models import DocumentFile, OfficialDocument
from tests import factories

pytestmark = pytest.mark.django_db

CONTENT = bytes(range(256)) * 1024  # several pieces
SIZE = len(CONTENT)
ADDED = datetime(2020, 10, 12, 8, 30, tzinfo=UTC)


@pytest.fixture
def file() -> DocumentFile:
    """A released file of 256 KB."""
    document = factories.OfficialDocumentFactory(symbol="CTOC/COP/2020/3")
    version = factories.LanguageVersionFactory(document=document)
    file = factories.DocumentFileFactory(
        version=version, format=DocumentFile.Format.PDF, file=ContentFile(b"%PDF-" + CONTENT[5:], name="x.pdf")
    )
    DocumentFile.objects.update(added_at=ADDED)
    return DocumentFile.objects.get(pk=file.pk)


def body(response: Any) -> bytes:
    return bytes(response.getvalue())


def get(client: Client, file: DocumentFile, **headers: str) -> HttpResponseBase:
    response: HttpResponseBase = client.get(file_url(file), headers=headers)
    return response


def test_the_whole_file_says_that_parts_can_be_had(client: Client, file: DocumentFile) -> None:
    response = get(client, file)
    assert response.status_code == 200
    assert response["Accept-Ranges"] == "bytes"
    assert response["Content-Length"] == str(SIZE)
    assert response["ETag"] == f'"{file.sha256}"'
    assert response["Last-Modified"] == "Mon, 12 Oct 2020 08:30:00 GMT"
    assert body(response)[5:] == CONTENT[5:]


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-99", 0, 100),
        ("bytes=100-", 100, SIZE),
        ("bytes=-100", SIZE - 100, SIZE),
        ("bytes=70000-199999", 70_000, 200_000),
        (f"bytes=200-{SIZE + 5000}", 200, SIZE),
        (f"bytes=-{SIZE * 9}", 0, SIZE),
        (f"bytes={SIZE - 1}-{SIZE - 1}", SIZE - 1, SIZE),
    ],
    ids=["first", "from", "last", "over pieces", "beyond the end", "more than all", "one byte"],
)
def test_a_part_is_had_by_asking(client: Client, file: DocumentFile, asked: str, start: int, end: int) -> None:
    response = get(client, file, Range=asked)
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {start}-{end - 1}/{SIZE}"
    assert response["Content-Length"] == str(end - start)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert body(response) == (b"%PDF-" + CONTENT[5:])[start:end]


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", f"bytes={SIZE * 2}-{SIZE * 3}", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused_with_the_size(client: Client, file: DocumentFile, asked: str) -> None:
    response = get(client, file, Range=asked)
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{SIZE}"
    assert response.content == b""


@pytest.mark.parametrize(
    "asked",
    ["bytes=0-1,5-9", "bytes=" + ",".join(["0-"] * 5000), "bytes=9-5", "bytes=-", "pages=1-2", "bytes=a-b", "x"],
    ids=["two", "five thousand", "backwards", "empty", "other unit", "no numbers", "nonsense"],
)
def test_what_is_no_single_range_gets_the_whole_file(client: Client, file: DocumentFile, asked: str) -> None:
    response = get(client, file, Range=asked)
    assert response.status_code == 200
    assert len(body(response)) == SIZE


def test_whoever_has_it_is_told_that_nothing_changed(client: Client, file: DocumentFile) -> None:
    for header in (
        {"If-None-Match": f'"{file.sha256}"'},
        {"If-None-Match": f'"x", W/"{file.sha256}"'},
        {"If-Modified-Since": "Mon, 12 Oct 2020 08:30:00 GMT"},
    ):
        response = get(client, file, **header)
        assert response.status_code == 304
        assert response["ETag"] == f'"{file.sha256}"'
    assert get(client, file, **{"If-None-Match": '"another"'}).status_code == 200
    assert get(client, file, **{"If-Match": '"another"'}).status_code == 412


def test_a_part_of_another_content_is_the_whole_new_one(client: Client, file: DocumentFile) -> None:
    asked = {"Range": "bytes=0-9"}
    for same in (f'"{file.sha256}"', "Mon, 12 Oct 2020 08:30:00 GMT"):
        assert get(client, file, **asked, **{"If-Range": same}).status_code == 206
    for other in ('"another"', f'W/"{file.sha256}"', "Mon, 12 Oct 2020 08:29:59 GMT", "nonsense"):
        assert get(client, file, **asked, **{"If-Range": other}).status_code == 200


def test_head_tells_all_and_sends_nothing(client: Client, file: DocumentFile) -> None:
    response = client.head(file_url(file), headers={"Range": "bytes=0-9"})
    assert response.status_code == 200
    assert response["Content-Length"] == str(SIZE)
    assert response["Content-Type"] == "application/pdf"
    assert response["Accept-Ranges"] == "bytes"
    assert response.content == b""
    assert client.post(file_url(file)).status_code == 405


@pytest.mark.parametrize(
    ("symbol", "given"),
    [
        ("CTOC/COP/2020/3", 'attachment; filename="CTOC_COP_2020_3.en.txt"'),
        ("КП/2003", "attachment; filename=\"2003.en.txt\"; filename*=UTF-8''%D0%9A%D0%9F_2003.en.txt"),
        ("A\u202e/\u2066gnp", "attachment; filename=\"A_gnp.en.txt\"; filename*=UTF-8''A___gnp.en.txt"),
    ],
    ids=["ascii", "cyrillic", "signs that turn the line around"],
)
def test_a_name_in_other_letters_is_given_too(symbol: str, given: str) -> None:
    document: OfficialDocument = factories.OfficialDocumentFactory(symbol=symbol)
    file = factories.DocumentFileFactory(version=factories.LanguageVersionFactory(document=document))
    assert disposition(file) == given
