"""Importing from the shell: tables of metadata, reports, dry runs, and going on after a kill."""

import csv
import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry, ReferenceIndex

from cms.meetings.models import Session
from documents.models import DocumentFile, LanguageVersion, OfficialDocument, ReportPage
from tests import factories
from tests.documents.importing.mastheads import ENGLISH, RUSSIAN
from tests.documents.importing.pdf_files import SCAN, pages
from tests.tree import Tree, plant_body, plant_process, plant_session

SYMBOL = "CTOC/COP/2032/7"


@pytest.fixture
def session(tree: Tree) -> Session:
    return plant(tree)


def plant(tree: Tree) -> Session:
    """The conference's twelfth session, with pages, and two items on its agenda."""
    process = factories.ProcessFactory(code="untoc", symbol_heads=["CTOC/COP"])
    body = factories.WorkingGroupFactory(process=process, code="cop", symbol_head="CTOC/COP")
    session = factories.SessionFactory(
        working_group=body, number=12, code="12", starts_on=date(2032, 3, 8), ends_on=date(2032, 3, 12)
    )
    for number in ("3", "4 (b)"):
        factories.AgendaItemFactory(session=session, number=number)
    plant_session(plant_body(plant_process(tree, process), body), session)
    return session


def write_table(folder: Path, *rows: dict[str, str]) -> Path:
    path = folder / "table.csv"
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    return path


def run(*arguments: Any, **options: Any) -> int:
    """Runs the command and gives its exit status."""
    try:
        call_command("import_documents", *arguments, **options)
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def read_report(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["file"]: row for row in csv.DictReader(file)}


def test_a_row_wins_over_what_is_read(session: Session, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH.text)
    table = write_table(
        tmp_path,
        {
            "file": "a.txt",
            "symbol": "CTOC/COP/2032/8",
            "language": "fr",
            "title": "Un titre",
            "date": "2031-12-24",
            "kind": "Working paper",
            "session": "cop/12",
            "agenda_items": "4 (b)",
            "distribution": "restricted",
            "access": "participants",
            "released": "2032-01-02",
        },
    )
    assert run(metadata=table) == 0
    version = LanguageVersion.objects.get()
    document = version.document
    assert (document.symbol, document.date, document.kind) == ("CTOC/COP/2032/8", date(2031, 12, 24), "working_paper")
    assert (document.distribution, document.access, document.session) == ("restricted", "participants", session)
    assert [item.number for item in document.agenda_items.all()] == ["4 (b)"]
    assert (version.language, version.title, version.state) == ("fr", "Un titre", "released")
    assert version.released_at == datetime(2032, 1, 2, tzinfo=UTC)


def test_a_file_that_cannot_be_read_is_kept_under_its_row(session: Session, tmp_path: Path) -> None:
    """An older archive is full of scans."""
    (tmp_path / "scan.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    row = {"file": "scan.doc", "symbol": "CTOC/COP/1999/1", "language": "en", "title": "An old report"}
    report = tmp_path / "report.csv"
    assert run(metadata=write_table(tmp_path, row), report=report) == 0
    file = DocumentFile.objects.get()
    assert (file.format, file.version.title, file.version.document.symbol) == ("doc", "An old report", row["symbol"])
    assert not ReportPage.objects.exists()
    assert "Kept as a file only." in read_report(report)["scan.doc"]["reason"]


def test_pages_of_which_nothing_was_read_are_in_the_report(session: Session, tmp_path: Path) -> None:
    text = [(72.0, 72.0 + 20 * n, f"{n}. The Conference took note of the report.", 11.0, "F1") for n in range(1, 5)]
    (tmp_path / "mixed.pdf").write_bytes(pages([text, SCAN, text, SCAN]))
    row = {"file": "mixed.pdf", "symbol": "CTOC/COP/1999/1", "language": "en", "title": "An old report"}
    report = tmp_path / "report.csv"
    assert run(metadata=write_table(tmp_path, row), report=report) == 0
    assert read_report(report)["mixed.pdf"]["reason"] == "Pages that are pictures without text: 2, 4."


def test_one_file_may_hold_two_languages_where_the_table_says_so(session: Session, tmp_path: Path) -> None:
    (tmp_path / "both.txt").write_text(ENGLISH.text)
    table = write_table(tmp_path, {"file": "both.txt", "language": "en"}, {"file": "both.txt", "language": "fr"})
    assert run(metadata=table) == 0
    assert run(metadata=table) == 0
    assert sorted(LanguageVersion.objects.values_list("language", flat=True)) == ["en", "fr"]
    assert DocumentFile.objects.count() == 2


def test_bad_rows_are_refused_by_column_and_the_others_filed(session: Session, tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text(ENGLISH.text)
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "a.txt").write_text(ENGLISH.text)
    (folder / "=b.txt").write_text(RUSSIAN.text)
    bad = {
        "date": "1 July 2020",
        "language": "Klingon",
        "kind": "poem",
        "process": "nowhere",
        "session": "cop/99",
        "released": "soon",
        "agenda_items": "all",
        "access": "friends",
    }
    rows = [{"file": "a.txt", name: value} for name, value in bad.items()]
    table = write_table(folder, *rows, {"file": "../outside.txt"}, {"file": "none.txt"}, {"file": "=b.txt"})
    report = tmp_path / "report.csv"
    assert run(metadata=table, report=report) == 1
    with report.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert [line["result"] for line in lines] == ["refused"] * (len(bad) + 2) + ["created"]
    for line, name in zip(lines, bad, strict=False):
        assert f"Column “{name}”" in line["reason"]
    assert "must lie in the table's own folder" in lines[len(bad)]["reason"]
    assert lines[-1]["file"] == "'=b.txt"  # no spreadsheet takes it for a formula
    assert LanguageVersion.objects.get().language == "ru"


def test_a_dry_run_with_a_table_and_a_report_saves_nothing(session: Session, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH.text)
    report = tmp_path / "report.csv"
    assert run(metadata=write_table(tmp_path, {"file": "a.txt"}), report=report, dry_run=True) == 0
    assert read_report(report)["a.txt"]["result"] == "created"
    assert not OfficialDocument.objects.exists()


def test_a_row_with_a_comma_too_many_is_refused(session: Session, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH.text)
    table = tmp_path / "table.csv"
    table.write_text("file,title,date\na.txt,Water, clean,2020-07-01\n,Sea,\n")
    report = tmp_path / "report.csv"
    assert run(metadata=table, report=report) == 1
    reasons = [row["reason"] for row in read_report(report).values()]
    assert "more cells than the table has columns: “2020-07-01”" in reasons[0]
    assert reasons[1] == "The row names no file."
    assert not OfficialDocument.objects.exists()


def test_the_history_names_whoever_imports_from_the_shell(session: Session, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH.text)
    with pytest.raises(CommandError, match='no account "nobody"'):
        call_command("import_documents", tmp_path, user="nobody")
    officer = factories.UserFactory()
    assert run(tmp_path, user=officer.get_username()) == 0
    version = LanguageVersion.objects.get()
    logged = ModelLogEntry.objects.filter(object_id=str(version.pk), content_type__model="languageversion")
    assert {entry.action: entry.user for entry in logged} == {
        "wagtail.create": officer,
        "documents.import": officer,
        "documents.add_file": officer,
    }
    assert DocumentFile.objects.get().added_by == officer


def test_files_only_makes_no_pages(session: Session, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH.text)
    assert run(tmp_path, files_only=True) == 0
    assert DocumentFile.objects.count() == 1
    assert not ReportPage.objects.exists()


def test_what_is_wrong_with_the_call_is_said_in_one_line(session: Session, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH.text)
    table = write_table(tmp_path, {"file": "a.txt", "colour": "red"})
    calls: list[tuple[list[Path], dict[str, Any], str]] = [
        ([], {}, "Name files or folders"),
        ([tmp_path], {"metadata": table}, "Name files or folders"),
        ([], {"metadata": table}, "colour"),
        ([], {"metadata": tmp_path / "none.csv"}, "cannot be read"),
        ([tmp_path], {"report": tmp_path / "none" / "report.csv"}, "report cannot be written"),
    ]
    for arguments, options, words in calls:
        with pytest.raises(CommandError, match=words):
            call_command("import_documents", *arguments, **options)
    assert not OfficialDocument.objects.exists()


def write_many(folder: Path, numbers: range) -> None:
    folder.mkdir(exist_ok=True)
    for number in numbers:
        text = ENGLISH.text.replace("CTOC/COP/2032/7", f"CTOC/COP/2032/{number}")
        (folder / f"{number:04}.txt").write_text(text)


def test_a_file_costs_no_more_queries_when_there_are_many(session: Session, tmp_path: Path) -> None:
    """And what is there already costs none of its own."""

    def queries(folder: Path) -> int:
        with CaptureQueriesContext(connection) as captured:
            run(folder)
        return len(captured)

    write_many(tmp_path / "first", range(100, 110))
    write_many(tmp_path / "more", range(200, 240))
    write_many(tmp_path / "last", range(300, 310))
    queries(tmp_path / "first")
    again = queries(tmp_path / "first")
    queries(tmp_path / "more")
    assert queries(tmp_path / "more") == again
    assert again <= 15
    few = queries(tmp_path / "last")
    write_many(tmp_path / "very last", range(400, 410))
    assert queries(tmp_path / "very last") <= few


IMPORTER = """
import sys
import django
from django.conf import settings

settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.STORAGES["documents"]["OPTIONS"]["location"] = sys.argv[2]
django.setup()

from django.core.files.storage import storages
from django.core.management import call_command

call_command("import_documents", sys.argv[3], "--report", sys.argv[4])
"""


@pytest.mark.django_db(transaction=True)
def test_a_killed_import_goes_on_where_it_was(tree: Tree, tmp_path: Path) -> None:
    """A real process, killed or stopped again and again: what was done is whole, nothing doubles."""
    plant(tree)
    write_many(tmp_path / "files", range(100, 160))
    report = tmp_path / "report.csv"
    # It makes some more before it is killed, and must not end.
    for further, by in ((3, signal.SIGKILL), (15, signal.SIGINT), (20, signal.SIGKILL)):
        before = OfficialDocument.objects.count()
        status, words = start_and_kill(tmp_path / "files", report, further, by)
        if by == signal.SIGINT:
            assert status == 130
            assert words.endswith("Stopped. Run it again to go on with the rest.\n")
        done = OfficialDocument.objects.count()
        assert before + further <= done < 60
        assert LanguageVersion.objects.count() == ReportPage.objects.count() == DocumentFile.objects.count() == done
    assert run(tmp_path / "files", report=report) == 0
    results = Counter(row["result"] for row in read_report(report).values())
    assert results == {"skipped": done, "created": 60 - done}
    assert OfficialDocument.objects.count() == LanguageVersion.objects.count() == ReportPage.objects.count() == 60
    assert all(file.file.storage.exists(file.file.name) for file in DocumentFile.objects.all())
    pages = [str(pk) for pk in ReportPage.objects.values_list("pk", flat=True)]
    assert ReferenceIndex.objects.filter(object_id__in=pages).values("object_id").distinct().count() == 60


def start_and_kill(folder: Path, report: Path, files: int, by: int) -> tuple[int, str]:
    """Starts the command in a process of its own and ends it when it has made so many documents.

    Gives its exit status and what it printed after that.
    """
    location = storages["documents"].path("")
    process = subprocess.Popen(
        [sys.executable, "-u", "-c", IMPORTER, str(connection.settings_dict["NAME"]), location, folder, report],
        cwd=django_settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.test"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    made = 0
    while made < files:
        line = process.stdout.readline()
        assert line
        made += ": created" in line
    process.send_signal(by)
    words = process.stdout.read()
    process.stdout.close()
    return process.wait(), words


def test_a_dry_run_tells_what_earlier_files_of_it_would_make(session: Session, tmp_path: Path) -> None:
    """And so says the same as the run in earnest."""
    folder = tmp_path / "files"
    folder.mkdir()
    for name, text in (
        ("1 first.txt", ENGLISH.text),
        ("2 other language.txt", RUSSIAN.text),
        ("3 other text.txt", ENGLISH.text + "\nOne more line.\n"),
        ("4 same content.txt", ENGLISH.text),
    ):
        (folder / name).write_text(text)
    (folder / "5 without symbol.txt").write_text(ENGLISH.text.replace(SYMBOL, "").replace("CTOC", ""))
    scan = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    (folder / "6 other format.doc").write_bytes(scan)
    table = write_table(
        folder,
        *({"file": path.name, "process": "untoc"} for path in sorted(folder.glob("*.txt"))),
        {"file": "6 other format.doc", "symbol": SYMBOL, "language": "en", "title": "The same"},
    )
    rehearsed, done = tmp_path / "rehearsed.csv", tmp_path / "done.csv"
    assert run(metadata=table, report=rehearsed, dry_run=True) == 1
    assert not OfficialDocument.objects.exists()
    assert run(metadata=table, report=done) == 1
    assert read_report(rehearsed) == read_report(done)
    assert [row["result"] for row in read_report(rehearsed).values()] == [
        "created",
        "added",
        "conflict",
        "skipped",
        "created",
        "added",
    ]


def test_a_run_writes_the_indexes_that_a_killed_one_had_not_come_to(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where others have made documents in the meantime: the administration finds and counts them all."""
    write_many(tmp_path / "files", range(100, 103))
    with monkeypatch.context() as killed:
        killed.setattr("cms.core.publishing._write_indexes", lambda model, objects: None)
        run(tmp_path / "files")
    lost = list(ReportPage.objects.order_by("pk"))
    later = tmp_path / "later"
    write_many(later, range(300, 303))
    monkeypatch.setattr("documents.management.commands.import_documents.BATCH", 3)
    run(later)
    (tmp_path / "none").mkdir()
    run(tmp_path / "none")
    kept = set(ReferenceIndex.objects.values_list("base_content_type__model", "object_id"))
    for page in lost:
        assert ("page", str(page.pk)) in kept
        assert ("officialdocument", str(page.document_id)) in kept
        assert [found.pk for found in ReportPage.objects.search(f"{page.title}").results()[:50]].count(page.pk) == 1
