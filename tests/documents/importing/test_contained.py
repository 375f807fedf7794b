"""Files are read in children with limits: a hostile one ends in a plain sentence and leaves nothing behind."""

import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from documents.importing import contained, wire
from documents.importing.contained import Limits, picture_contained, read_contained, read_many
from documents.importing.model import DocumentReading, Masthead
from documents.importing.parse import read_document
from documents.importing.refusal import Refused
from tests.documents.importing.pdf_files import DAMAGED, HOSTILE, ODD, pages
from tests.documents.importing.pdf_locked import locked

TIGHT = Limits(memory=512 * 1024 * 1024, cpu=20, wall=60)


def _servers() -> list[psutil.Process]:
    return [one for one in psutil.Process().children() if "contained_server" in " ".join(one.cmdline())]


def _server() -> psutil.Process:
    (server,) = _servers()
    return server


def _children() -> list[psutil.Process]:
    return [child for server in _servers() for child in server.children(recursive=True)]


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """After each test the server has no child; a child that was answered ends at once, but not in no time."""
    yield
    deadline = time.monotonic() + 60
    while (
        left := [child for one in _servers() for child in one.children(recursive=True)]
    ) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert left == []


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A sound file."""
    path = tmp_path / "report.pdf"
    lines = ["UNITED NATIONS", "A/79/716", "Report of the Secretary-General", "1. The Committee took note of it."]
    path.write_bytes(pages([[(72, 72 + 20 * place, line, 11, "F1") for place, line in enumerate(lines)]]))
    return path


def _text(path: Path, content: str) -> Path:
    path.write_text(content)
    return path


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_read_or_refused(name: str, tmp_path: Path, report: Path) -> None:
    path = tmp_path / "hostile.pdf"
    path.write_bytes(HOSTILE[name]())
    outcome: DocumentReading | str
    try:
        outcome = read_contained(path, TIGHT)
    except Refused as refusal:
        outcome = refusal.reason
    assert isinstance(outcome, DocumentReading) or (outcome.endswith(".") and "\n" not in outcome)
    assert read_contained(report).masthead.symbols == ("A/79/716",)


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_says_what_is_wrong(name: str, tmp_path: Path) -> None:
    make, reason = DAMAGED[name]
    path = tmp_path / "damaged.pdf"
    path.write_bytes(make())
    with pytest.raises(Refused, match=reason):
        read_contained(path)


@pytest.mark.parametrize("name", ODD)
def test_an_odd_file_is_read_and_nothing_in_it_runs(name: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.pdf"
    path.write_bytes(ODD[name]())
    assert "took note of the report" in read_contained(path).text


def test_a_file_under_a_password_is_read_only_where_everybody_may_open_it(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    path.write_bytes(locked(b"", b"owner"))
    assert "took note of the report" in read_contained(path).text
    path.write_bytes(locked(b"user", b"owner"))
    with pytest.raises(Refused, match="protected by a password"):
        read_contained(path)
    with pytest.raises(Refused, match="cannot be shown"):
        picture_contained(path, 300)


def test_files_with_wrong_bits_are_read_or_refused(report: Path, tmp_path: Path) -> None:
    chance = random.Random(1)
    good = report.read_bytes()
    for number in range(20):
        damaged = bytearray(good)
        for _ in range(20):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        (tmp_path / f"{number:02}.pdf").write_bytes(bytes(damaged))
    outcomes = [outcome for _, outcome in read_many(sorted(tmp_path.glob("[0-9]*.pdf")))]
    assert len(outcomes) == 20
    assert all(isinstance(one, DocumentReading) or one.reason.endswith(".") for one in outcomes)


def test_a_picture_of_a_page_that_never_ends_is_refused_and_its_text_is_read(tmp_path: Path) -> None:
    path = tmp_path / "strokes.pdf"
    path.write_bytes(HOSTILE["a million and a half strokes"]())
    with pytest.raises(Refused, match="takes too long"):
        picture_contained(path, 800, Limits(cpu=60, wall=2))
    assert "took note" in read_contained(path).text


def test_a_first_page_gives_a_picture_whatever_its_size(report: Path, tmp_path: Path) -> None:
    assert picture_contained(report, 300)[8:12] == b"WEBP"
    huge = tmp_path / "huge.pdf"
    huge.write_bytes(HOSTILE["a page of two million points"]())
    assert picture_contained(huge, 300)[8:12] == b"WEBP"
    with pytest.raises(Refused, match="Only PDF"):
        picture_contained(_text(tmp_path / "text.txt", "The Committee took note."), 300)


def test_a_child_reads_what_this_process_would(report: Path, tmp_path: Path) -> None:
    here, there = read_document(report), read_contained(report)
    assert here == there
    assert here.masthead.sources == there.masthead.sources != {}
    text = _text(tmp_path / "report.txt", "A/79/716\n\nReport\n\n1. The Committee took note of decision 3/4.\n" * 3)
    assert read_contained(text) == read_document(text)
    with pytest.raises(Refused, match="cannot be opened"):
        read_contained(tmp_path / "none.pdf")


def test_many_files_come_in_order_and_one_refused_file_stops_no_other(report: Path, tmp_path: Path) -> None:
    paths = [report, _text(tmp_path / "empty.txt", ""), tmp_path / "none.txt", *[report] * 9]
    outcomes = list(read_many(paths, workers=3))
    assert [path for path, _ in outcomes] == paths
    assert [isinstance(outcome, Refused) for _, outcome in outcomes] == [False, True, True] + [False] * 9


def test_a_killed_server_is_started_again(report: Path) -> None:
    read_contained(report)
    server = _server()
    server.send_signal(signal.SIGKILL)
    server.wait(60) if server.is_running() else None
    assert read_contained(report).masthead.symbols == ("A/79/716",)
    assert _server().pid != server.pid


def test_a_forked_process_has_a_server_of_its_own(report: Path) -> None:
    read_contained(report)
    ours = _server().pid
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            status = 0 if read_contained(report).masthead.symbols and _server().pid != ours else 2
            contained._server.stop()
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert _server().pid == ours


def test_an_answer_that_is_no_reading_is_refused() -> None:
    reading = DocumentReading("a.txt", "0", "en", Masthead(), (), (), (), 0, "text")
    assert wire.load(DocumentReading, wire.dump(reading)) == reading
    for answer in (b"", b"[]", b"[1]", b"{}", wire.dump(reading).replace(b'"en"', b"7")):
        with pytest.raises(ValueError, match=r"wanted|reading|Expecting|argument"):
            wire.load(DocumentReading, answer)
