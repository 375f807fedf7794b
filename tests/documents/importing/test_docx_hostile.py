"""Hostile and damaged Word files end in one plain sentence, soon, and read nothing from outside."""

import io
import resource
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from documents.importing.docx import package
from documents.importing.docx.text import read_docx
from documents.importing.formats import sniff
from documents.importing.plain_text import decode
from documents.importing.reading import read_source
from documents.importing.refusal import Refused
from tests.documents.importing.docx_files import DECLARATION, WordFile, packed, paragraph

DOCUMENT = "word/document.xml"
TEXT = "The Conference of the Parties took note of the report."
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


def parts(**changed: str) -> dict[str, str]:
    """The parts of an honest file; `document` and the like replace one by what is given."""
    made = {name: DECLARATION + content for name, content in WordFile().add(TEXT).parts().items()}
    return {**made, **{f"word/{name}.xml": content for name, content in changed.items()}}


def document(inner: str = "", declaration: str = "") -> str:
    """An honest document part with something before its text, or a declaration at its top."""
    honest = parts()[DOCUMENT].removeprefix(DECLARATION)
    return DECLARATION + declaration + honest.replace("<w:body>", "<w:body>" + inner)


def with_part(name: str, content: str | bytes) -> bytes:
    made: dict[str, bytes] = {one: text.encode() for one, text in parts().items()}
    made[name] = content if isinstance(content, bytes) else content.encode()
    return packed(made)


def bomb() -> bytes:
    """A document part of a hundred megabytes that packs into a few hundred kilobytes."""
    honest = parts()[DOCUMENT]
    before, after = honest.split("<w:body>")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
        for name, content in parts().items():
            if name != DOCUMENT:
                made.writestr(name, content)
        with made.open(DOCUMENT, "w", force_zip64=True) as stream:
            stream.write((before + "<w:body>").encode())
            chunk = paragraph("a" * 1000).encode() * 1000
            for _ in range(100):
                stream.write(chunk)
            stream.write(after.encode())
    return file.getvalue()


def lying_bomb() -> bytes:
    """The same, saying in its directory that it is small."""
    data = bytearray(bomb())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as made:
        size = made.getinfo(DOCUMENT).file_size
    return bytes(data).replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))


def encrypted() -> bytes:
    """A package whose parts say that they are locked."""
    data = bytearray(packed(parts()))
    place = -1
    while (place := data.find(b"PK\x01\x02", place + 1)) >= 0:
        data[place + 8] |= 1
    return bytes(data)


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb": (bomb, "unpacks to more"),
    "bomb-that-lies": (lying_bomb, "unpacks to more|damaged"),
    "many-parts": (lambda: packed({**parts(), **{f"x/{n}.xml": "a" for n in range(3000)}}), "unpacks to more"),
    "laughs": (
        lambda: packed(
            parts(
                document=document("<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", f'<!DOCTYPE x [<!ENTITY a0 "lol">{LAUGHS}]>')
            )
        ),
        "entities",
    ),
    "quadratic": (
        lambda: packed(
            parts(
                document=document("<w:p>" + "&a;" * 20_000 + "</w:p>", f'<!DOCTYPE x [<!ENTITY a "{"A" * 50_000}">]>')
            )
        ),
        "entities",
    ),
    "outside-entity": (
        lambda: packed(parts(document=document("&e;", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'))),
        "entities",
    ),
    "declaration-in-utf-16": (
        lambda: with_part(
            DOCUMENT,
            document("", "<!DOCTYPE x [<!ENTITY e 'x'>]>").replace("UTF-8", "UTF-16").encode("utf-16"),
        ),
        "entities",
    ),
    "declaration-in-styles": (lambda: with_part("word/styles.xml", "<!DOCTYPE x [<!ENTITY e 'x'>]><w/>"), "entities"),
    "deep-controls": (
        lambda: packed(
            parts(document=document("<w:sdt><w:sdtContent>" * 20_000 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 20_000))
        ),
        "nests",
    ),
    "deep-tables": (
        lambda: packed(
            parts(document=document("<w:tbl><w:tr><w:tc>" * 5_000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 5_000))
        ),
        "nests",
    ),
    "cut-in-half": (lambda: packed(parts())[: len(packed(parts())) // 2], "damaged"),
    "not-xml": (lambda: with_part(DOCUMENT, "no markup at all"), "damaged"),
    "unknown-encoding": (lambda: with_part(DOCUMENT, '<?xml version="1.0" encoding="none"?><w/>'), "damaged"),
    "no-body": (lambda: with_part(DOCUMENT, "<nothing/>"), "no text"),
    "locked": (encrypted, "password"),
    "macros": (lambda: with_part("word/vbaProject.bin", b"\xd0\xcf\x11\xe0"), "macros"),
    "embedded-text": (
        lambda: packed(parts(document=document('<w:altChunk r:id="rId9"/>'))),
        "embeds another file",
    ),
    "broken-packing": (
        lambda: packed(parts()).replace(b"<w:", b"<w:")[:300] + b"\x00" * 300 + packed(parts())[600:],
        "damaged",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused(name: str, tmp_path: Path) -> None:
    make, reason = HOSTILE[name]
    path = tmp_path / "report.docx"
    path.write_bytes(make())
    with pytest.raises(Refused, match=reason) as refusal:
        read_source(path)
    assert refusal.value.reason.endswith(".")
    assert "\n" not in refusal.value.reason


def test_a_bomb_is_told_by_its_directory_without_unpacking() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Refused):
        package.Package(bomb())
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150 * 1024  # KB


def test_tables_in_tables_cost_no_more_than_their_number() -> None:
    depth = 60
    inner = "<w:tbl><w:tr><w:tc><w:p/>" * depth + paragraph("deep") + "</w:tc></w:tr></w:tbl>" * depth
    assert "deep" in read_docx(packed(parts(document=document(inner)))).text
    two = ("<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc>" * depth) + paragraph("deep") + "</w:tc></w:tr></w:tbl>" * depth
    data = packed(parts(document=document(paragraph("x" * 300) + two)))
    assert any("deep" in cell.text for table in read_docx(data).tables for row in table.rows for cell in row)


def test_nothing_is_read_from_outside_the_package(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text('<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">SECRET</w:hdr>')
    made = WordFile(header=paragraph("Header")).add(TEXT).parts()
    links = made["word/_rels/document.xml.rels"]
    for target in (secret.as_uri(), "../../../../../.." + str(secret), "http://127.0.0.1:9/header.xml"):
        for mode in ('TargetMode="External"', ""):
            made["word/_rels/document.xml.rels"] = links.replace('Target="header.xml"', f'Target="{target}" {mode}')
            text = read_docx(packed(made)).text
            assert TEXT in text
            assert "SECRET" not in text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\x7fELF\x02", "a program"),
        (b"\x1f\x8b\x08", "a compressed file"),
        (b"junk" * 20 + b"%PDF-1.7", "before its PDF part"),
        (b"PK\x03\x04rest", "damaged"),
        (packed({"letter.txt": "text"}), "ZIP archive"),
        (packed({"[Content_Types].xml": "spreadsheetml.sheet.main+xml"}), "another program"),
        (packed({"[Content_Types].xml": "ms-word.document.macroEnabled.main+xml"}), "macros"),
        (packed({"mimetype": "application/vnd.oasis.opendocument.text", "Basic/x.xml": "x"}), "macros"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16le"), "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "_VBA_PROJECT".encode("utf-16le"), "macros"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Workbook", "not a Word document"),
    ],
    ids=[
        *("empty", "picture", "program", "compressed", "polyglot", "cut", "archive", "sheet", "macro-type"),
        *("odt-macros", "locked", "doc-macros", "old-sheet"),
    ],
)
def test_what_is_no_document_is_told_by_its_bytes(data: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        sniff(data)


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (packed(parts()), "docx"),
        (packed({"mimetype": "application/vnd.oasis.opendocument.text"}), "odt"),
        (b"%PDF-1.7", "pdf"),
        (b"{\\rtf1 text}", "rtf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16le"), "doc"),
        (b"plain words", "txt"),
    ],
)
def test_formats_are_told_by_their_bytes(data: bytes, form: str) -> None:
    assert sniff(data) == form


def test_a_web_page_called_a_word_file_is_a_web_page(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(b"<html><body><script>alert(1)</script></body></html>")
    with pytest.raises(Refused, match="web page"):
        read_source(path)


def test_a_word_file_is_no_plain_text() -> None:
    with pytest.raises(Refused, match="no plain text"):
        decode(packed(parts()))
