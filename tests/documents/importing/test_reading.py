"""Bytes become text, or are refused with one plain sentence."""

import hashlib
import os
from pathlib import Path

import pytest

from documents.importing.plain_text import decode
from documents.importing.reading import MAX_BYTES, Refused, read_source

RUSSIAN = "Конференция Сторон приняла к сведению доклад секретариата о работе, проделанной в течение года.\n" * 5
ARABIC = "أحاط مؤتمر الأطراف علما بتقرير الأمانة عن العمل المنجز خلال السنة الماضية.\n" * 5
FRENCH = "La Conférence a pris note du rapport présenté par le secrétariat à la première réunion.\n" * 5
CHINESE = "缔约方大会表示注意到秘书处关于本年度工作的报告，并决定继续审议这一问题。\n" * 5


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "utf-8-sig"),
        (RUSSIAN, "utf-16"),
        (RUSSIAN, "utf-16-le"),
        (CHINESE, "utf-16-be"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "iso8859-5"),
        (RUSSIAN, "cp866"),
        (ARABIC, "iso8859-6"),
        (ARABIC, "cp1256"),
        (FRENCH, "cp1252"),
        (CHINESE, "gb18030"),
    ],
)
def test_reads_encodings(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).lstrip("\ufeff") == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\r\n\f", "empty"),
        (bytes(range(256)) * 40, "binary"),
        (b"\xff\xfeT\xd8", "says it is UTF-16"),
        (b"0123 4567 89 +++ --- ### 1", "no text"),
        (b"<!DOCTYPE html><html><body>The report</body></html>", "web page"),
        (b"<html>\n<head><title>x</title></head></html>", "web page"),
        (b"<p>Report</p><div>text</div>" * 40, "web page"),
        (b"The document you asked for does not exist in this system. Please contact support.", "error page"),
        (b"404 Not Found. The requested page is missing on this server.", "error page"),
        (bytes([0x81, 0x8D, 0x8F, 0x90, 0x9D]) * 40 + b" words in no known encoding", "encoding"),
    ],
)
def test_refuses(data: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason) as refusal:
        decode(data)
    assert refusal.value.reason.endswith((".", "!"))
    assert "\n" not in refusal.value.reason


def test_a_long_document_may_speak_of_pages_that_do_not_exist() -> None:
    text = "The Committee noted that the page does not exist any more. " * 60
    assert decode(text.encode()) == text


def test_a_file_gives_its_text_and_hash(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(RUSSIAN.encode("cp1251"))
    source, digest = read_source(path)
    assert (source.text, digest) == (RUSSIAN, hashlib.sha256(RUSSIAN.encode("cp1251")).hexdigest())


def test_what_is_no_ordinary_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Refused, match="no ordinary file"):
        read_source(tmp_path / "pipe")
    with pytest.raises(Refused, match="folder"):
        read_source(tmp_path)


def test_a_missing_and_a_huge_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be opened"):
        read_source(tmp_path / "none.txt")
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(Refused, match="100 MB"):
        read_source(huge)
