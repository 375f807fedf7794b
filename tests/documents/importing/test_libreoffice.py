"""DOC, ODT and RTF: through LibreOffice where it is, refused with a plain sentence where it is not."""

import http.server
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest

from documents.importing import libreoffice
from documents.importing.parse import read_document
from documents.importing.reading import read_source
from documents.importing.refusal import Refused
from tests.documents.importing.docx_files import WordFile, paragraph, set_in_word, table
from tests.documents.importing.mastheads import ALL, ARABIC, ENGLISH, RUSSIAN, Printed

RTF = rb"{\rtf1\ansi{\fonttbl\f0 Times;}\f0 1.\tab The Conference of the Parties took note of the report.\par}"
FILTERS = {"doc": "doc:MS Word 97", "odt": "odt", "rtf": "rtf"}


@pytest.fixture
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")


@pytest.fixture
def visits() -> Iterator[list[str]]:
    """What is asked of a web server on this machine while a test runs: `visits[0]` is its address."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def handle_one_request(self) -> None:
            asked.append(self.rfile.readline(1000).decode())
            self.close_connection = True

        def log_message(self, *_args: Any) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        asked.append(f"http://127.0.0.1:{server.server_address[1]}")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield asked
        server.shutdown()


def saved_as(form: str, data: bytes, folder: Path) -> Path:
    """A Word file saved in another format by LibreOffice itself."""
    source = folder / "report.docx"
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    program = next(found for name in libreoffice.PROGRAMS if (found := shutil.which(name)))
    command = [program, "--headless", profile, "--convert-to", FILTERS[form], "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / f"report.{form}"


def test_without_libreoffice_the_sentence_says_what_to_do(tmp_path: Path, no_office: None) -> None:
    path = tmp_path / "report.rtf"
    path.write_bytes(RTF)
    with pytest.raises(Refused, match=r"^Files of this format cannot be read here\. Save it as DOCX or PDF\.$"):
        read_source(path)


def test_a_program_that_fails_quietly_is_believed_by_its_output_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiet = tmp_path / "soffice"
    quiet.write_text("#!/bin/sh\nexit 0\n")
    quiet.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(Refused, match="could not read the file"):
        libreoffice.convert(RTF, "rtf")


def test_a_program_that_hangs_is_ended_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "soffice"
    slow.write_text(f"#!/bin/sh\nsleep 987 & echo $! > {tmp_path}/child\nsleep 988\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(libreoffice, "WALL", 5.0)  # time to start them in
    with pytest.raises(Refused, match="takes too long"):
        libreoffice.convert(RTF, "rtf")
    child = int((tmp_path / "child").read_text())
    # It was told to end, and does as soon as the machine lets it.
    ended_by = time.monotonic() + 60
    while not is_over(child) and time.monotonic() < ended_by:
        time.sleep(0.1)
    assert is_over(child)


def is_over(pid: int) -> bool:
    """Whether a process has ended, if only its parent has not yet heard of it."""
    try:
        return bool(psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


def test_other_formats_are_not_converted(tmp_path: Path) -> None:
    for name, data in (("a.docx", set_in_word(ENGLISH)), ("a.txt", ENGLISH.text.encode()), ("none", b"")):
        path = tmp_path / name
        path.write_bytes(data)
        with libreoffice.converted(path) as copy:
            assert copy is None
    with libreoffice.converted(tmp_path / "missing.doc") as copy:
        assert copy is None


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    ("printed", "form"),
    [*((printed, "doc") for printed in ALL), (ARABIC, "odt"), (RUSSIAN, "rtf")],
    ids=[*(f"{printed.language}-doc" for printed in ALL), "ar-odt", "ru-rtf"],
)
def test_documents_read_as_their_word_files_do(printed: Printed, form: str, tmp_path: Path) -> None:
    path = saved_as(form, set_in_word(printed), tmp_path)
    word, other = read_document(tmp_path / "report.docx"), read_document(path)
    assert replace(other.masthead, sources={}) == replace(word.masthead, sources={})
    assert [(block.label, block.anchor, block.text) for block in other.blocks] == [
        (block.label, block.anchor, block.text) for block in word.blocks
    ]
    assert other.footnotes == word.footnotes


@pytest.mark.libreoffice
@pytest.mark.parametrize("form", ["doc", "odt", "rtf"])
def test_tables_and_lists_survive(form: str, tmp_path: Path) -> None:
    prose = "The Conference of the Parties took note of the report on the work done. " * 4
    file = WordFile().add(
        paragraph(prose, style="Numbered"),
        paragraph("first item;", numbering=(2, 1)),
        paragraph("second item.", numbering=(2, 1)),
        table(["Year", "Sum"], ["2030", "7"], ["2031", "8"], widths=(2000, 2000), header_rows=1),
        paragraph(prose, style="Numbered"),
    )
    blocks = read_document(saved_as(form, file.data(), tmp_path)).blocks
    assert [block.label for block in blocks] == ["1", "(a)", "(b)", "", "2"]
    assert blocks[3].table is not None
    assert blocks[3].table.rows == (("2030", "7"), ("2031", "8"))


@pytest.mark.libreoffice
def test_nothing_is_fetched_and_no_file_read(tmp_path: Path, visits: list[str]) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOPSECRET")
    links = "".join(
        rb"{\field{\*\fldinst %s \\d}{\fldrslt }}".replace(b"%s", word).decode()
        for word in (
            f'INCLUDEPICTURE "{visits[0]}/picture.png"'.encode(),
            f'INCLUDETEXT "{secret}"'.encode(),
            f'INCLUDETEXT "{visits[0]}/text"'.encode(),
        )
    )
    path = tmp_path / "links.rtf"
    path.write_bytes(RTF.replace(rb"\par}", b"\\par " + links.encode() + b"\\par}"))
    assert "TOPSECRET" not in read_source(path)[0].text
    assert visits[1:] == []


@pytest.mark.libreoffice
def test_rubbish_behind_honest_first_bytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "report.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16le") + b"\x00\xff" * 5000)
    with pytest.raises(Refused, match=r"Save it as DOCX or PDF|no text"):
        read_source(path)


@pytest.mark.libreoffice
@pytest.mark.shared
def test_real_old_files_keep_their_numbers_notes_and_tables(shared: Path) -> None:
    folder = shared / "files" / "docx"
    first = read_document(folder / "T-REC-A.8-200810-I__MSW-E.doc")
    numbers = [block.label for block in first.blocks if block.kind == "paragraph"]
    assert numbers[:12] == ["1.1", "1.2", "2.1", "3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.6.1", "3.6.2", "3.7"]
    assert [len(block.table.rows) for block in first.blocks if block.table] == [24]
    second = read_document(folder / "R-REC-BO.600-1-198607-I__MSW-E.doc")
    assert second.masthead.symbols == ("ITU-R BO.600-1",)
    assert [note.mark for note in second.footnotes] == ["*"]
    assert [len(block.table.headings) for block in second.blocks if block.table] == [3]
