"""Files are taken in as what they are, or refused in words that an editor understands."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from pytest_django import Settings

from documents.uploads import check_upload

WORD = b'<Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'


def package(**parts: bytes) -> bytes:
    """A zip file with the parts; __ in a name stands for a slash, and the table of contents is called contents."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for name, text in parts.items():
            made.writestr("[Content_Types].xml" if name == "contents" else name.replace("__", "/"), text)
    return content.getvalue()


def check(content: bytes, wanted: str) -> None:
    check_upload(io.BytesIO(content), len(content), wanted)


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b"%PDF-1.7\n...", "pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "doc"),
        ("Доклад".encode(), "txt"),
        ("Доклад".encode("utf-16"), "txt"),
        (package(contents=WORD), "docx"),
        (package(mimetype=b"application/vnd.oasis.opendocument.text"), "odt"),
        (b"{\\rtf1 A paper}", "rtf"),
    ],
    ids=["pdf", "old word", "text in UTF-8", "text in UTF-16", "word", "odt", "rtf"],
)
def test_honest_files_are_taken(content: bytes, wanted: str) -> None:
    file = io.BytesIO(content)
    check_upload(file, len(content), wanted)
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b"<html>%PDF-1.7", "pdf"),
        (b"MZ\x90\x00\x03", "txt"),
        (b"%PDF-1.7", "docx"),
        (package(contents=WORD), "pdf"),
        (package(contents=WORD, word__vbaProject=b"x"), "docx"),
        (package(contents=b"application/vnd.ms-word.document.macroEnabled.main+xml"), "docx"),
        (package(contents=WORD)[:60], "docx"),
        (b"PK\x03\x04" + b"\xff" * 200, "docx"),
        (package(other=b"nothing"), "odt"),
    ],
    ids=[
        "html as pdf",
        "program as text",
        "pdf as word",
        "word as pdf",
        "word with macros",
        "word of the macro type",
        "cut short",
        "broken package",
        "package of something else",
    ],
)
def test_other_files_are_refused_by_their_format(content: bytes, wanted: str) -> None:
    with pytest.raises(ValidationError, match=wanted.upper()):
        check(content, wanted)


def test_empty_and_huge_files_are_refused(settings: Settings) -> None:
    with pytest.raises(ValidationError, match="empty"):
        check(b"", "pdf")
    settings.IMPORT_MAX_BYTES = 10
    with pytest.raises(ValidationError, match="larger"):
        check(b"%PDF-1.7 and more", "pdf")
